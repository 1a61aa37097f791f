package org.cloister.features;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

import javax.xml.parsers.DocumentBuilderFactory;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** The archive as ONOS's own reader takes it. */
class OarTest {

    private static final String FEATURES = "m2/org/cloister/cloister-features/1.0.0/cloister-features-1.0.0-features.xml";

    private final Archive oar = Archive.oar();

    @Test
    void descriptorNamesTheFeatureThatIsInside() throws Exception {
        Element app = xml("app.xml").getDocumentElement();
        assertThat(app.getAttribute("name")).isEqualTo("org.cloister");
        assertThat(app.getAttribute("version")).isEqualTo("1.0.0");
        assertThat(app.getAttribute("features")).isEqualTo("cloister");
        assertThat(app.getAttribute("featuresRepo")).isEqualTo("mvn:org.cloister/cloister-features/1.0.0/xml/features");
        assertThat(oar.entries()).containsKey(FEATURES);
    }

    @Test
    void featuresAreThoseThatKarafReadsFromItsRepository() {
        assertThat(oar.entries().get("features.xml")).isEqualTo(oar.entries().get(FEATURES));
    }

    @Test
    void featureHasExactlyTheBundlesInside() throws Exception {
        Document features = xml("features.xml");
        assertThat(features.getDocumentElement().getNamespaceURI()).endsWith("/v1.2.0");
        NodeList bundles = features.getElementsByTagNameNS("*", "bundle");
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < bundles.getLength(); i++) {
            String[] name = bundles.item(i).getTextContent().replace("mvn:", "").split("/");
            paths.add("m2/" + name[0].replace('.', '/') + "/" + name[1] + "/" + name[2] + "/" + name[1] + "-" + name[2]
                    + ".jar");
        }
        assertThat(paths).containsExactlyInAnyOrderElementsOf(
                oar.entries().keySet().stream().filter(path -> path.endsWith(".jar")).collect(Collectors.toList()));
    }

    private Document xml(String path) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(oar.entries().get(path)));
    }
}
