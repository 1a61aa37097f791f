package org.cloister.rest;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

import javax.xml.parsers.DocumentBuilderFactory;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cloister.rest.BadRequestsTest.assertProblem;

/** What everybody may ask: whether this is there, and whether slices can be asked for. */
class ProbesTest extends RestTest {

    @Test
    void healthNeedsNothing() throws Exception {
        started = false;
        HttpResponse<String> response = get("", "health");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"status\":\"pass\"}");
    }

    @Test
    void readySaysWhatIsMissing() throws Exception {
        assertThat(get("", "ready").statusCode()).isEqualTo(200);
        missing = List.of("the store does not answer", "no node decides on slices");
        HttpResponse<String> response = get("", "ready");
        assertProblem(response, 503, "not-ready");
        assertThat(json(response).get("detail").textValue())
                .isEqualTo("the store does not answer; no node decides on slices");
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        started = false;
        assertProblem(get("", "ready"), 503, "not-ready");
    }

    @Test
    void nothingElseIsOpenAndNothingMayBeWrittenThere() throws Exception {
        for (String path : ProbesResource.PATHS) {
            assertProblem(put("", path, "{}"), 401, "unauthenticated");
            assertProblem(get("", path + "/"), 401, "unauthenticated");
            assertProblem(get("", path + "/slices"), 401, "unauthenticated");
            assertThat(get("guest", path).statusCode()).isEqualTo(200);
        }
    }

    /** The container would ask for a login before the filter is asked. */
    @Test
    void containerOpensTheSamePaths() throws Exception {
        NodeList constraints = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(Path.of("src/main/webapp/WEB-INF/web.xml").toFile()).getElementsByTagName("security-constraint");
        Set<String> open = new TreeSet<>();
        for (int i = 0; i < constraints.getLength(); i++) {
            Element constraint = (Element) constraints.item(i);
            NodeList patterns = constraint.getElementsByTagName("url-pattern");
            for (int j = 0; j < patterns.getLength(); j++) {
                if (constraint.getElementsByTagName("auth-constraint").getLength() == 0) {
                    open.add(patterns.item(j).getTextContent().substring(1));
                }
            }
        }
        assertThat(open).isEqualTo(ProbesResource.PATHS);
    }
}
