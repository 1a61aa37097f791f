package org.cloister.rest;

import com.fasterxml.jackson.databind.JsonNode;
import org.cloister.isolation.api.Json;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cloister.rest.BadRequestsTest.assertProblem;

/** The OpenAPI document as the application serves it, and what only answers tell of the parameters. */
class OpenApiServedTest extends RestTest {

    private static final Pattern KNOWN = Pattern.compile(".*known here are \\[(.*)]");

    @Test
    void everyRoleReadsBothForms() throws Exception {
        for (String user : new String[] {"reader", "slurm", "boss", "onos"}) {
            HttpResponse<String> yaml = get(user, "openapi.yaml");
            assertThat(yaml.statusCode()).isEqualTo(200);
            assertThat(yaml.headers().firstValue("Content-Type")).contains("application/yaml");
            HttpResponse<String> json = get(user, "openapi.json");
            assertThat(json.headers().firstValue("Content-Type")).contains("application/json");
            JsonNode tree = Json.mapper().valueToTree(new Yaml().load(yaml.body()));
            assertThat(json(json)).isEqualTo(tree);
            assertThat(json(json).at("/info/title").textValue()).isEqualTo("Cloister");
        }
        assertProblem(get("", "openapi.yaml"), 401, "unauthenticated");
        assertProblem(get("guest", "openapi.json"), 403, "forbidden");
        assertProblem(send(as("reader", "openapi.yaml").header("Accept", "text/html")), 406, "not-acceptable");
    }

    /** Every operation refuses parameters that it does not know, and says which it does. */
    @Test
    void queryParametersAreThoseOfTheResources() throws Exception {
        for (ApiDocument.Operation operation : ApiDocument.served().operations()) {
            Set<String> written = operation.parameters("query").stream().map(each -> each.get("name").textValue())
                    .collect(Collectors.toCollection(TreeSet::new));
            String path = operation.path().substring(1).replaceAll("\\{.*?}", "a");
            HttpResponse<String> refused = send(as("boss", path + "?nonsense=1")
                    .header("Content-Type", "application/json")
                    .method(operation.method(), operation.body().isPresent()
                            ? HttpRequest.BodyPublishers.ofString("{}") : HttpRequest.BodyPublishers.noBody()));
            assertProblem(refused, 400, "invalid-request");
            Matcher known = KNOWN.matcher(json(refused).get("detail").textValue());
            assertThat(known.matches()).as("%s: %s", operation, refused.body()).isTrue();
            Set<String> coded = Arrays.stream(known.group(1).split(", ")).filter(name -> !name.isEmpty())
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(written).as("%s", operation).isEqualTo(coded);
        }
    }
}
