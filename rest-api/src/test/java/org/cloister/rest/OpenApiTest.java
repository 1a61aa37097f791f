package org.cloister.rest;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import org.cloister.driver.ocs.session.CircuitStatus;
import org.cloister.driver.ocs.session.PortStatus;
import org.cloister.isolation.api.Bandwidth;
import org.cloister.isolation.api.Drain;
import org.cloister.isolation.api.FabricView;
import org.cloister.isolation.api.Json;
import org.cloister.isolation.api.Lease;
import org.cloister.isolation.api.Member;
import org.cloister.isolation.api.Pattern;
import org.cloister.isolation.api.PatternType;
import org.cloister.isolation.api.Placement;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.Renewal;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.api.Verification;
import org.cloister.ocs.api.OpticalView;
import org.cloister.ocs.api.SeenCircuit;
import org.cloister.ocs.api.SeenPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

import javax.ws.rs.HttpMethod;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** The OpenAPI document and the code are twins: neither has what the other lacks. */
class OpenApiTest {

    /** What the schemas of bodies and answers describe; those that these are made of follow from them. */
    private static final Map<String, Class<?>> BODIES = Map.ofEntries(
            entry("Fabric", FabricView.class), entry("Page", SlicePage.class), entry("Slice", Slice.class),
            entry("Spec", SliceSpec.class), entry("Drains", DrainList.class), entry("Drain", Drain.class),
            entry("ProbeResult", ProbeResult.class), entry("Problem", ProblemDocument.class),
            entry("LeaseRequest", LeaseRequest.class), entry("Lease", Lease.class), entry("LiveSet", LiveSet.class),
            entry("Renewal", Renewal.class), entry("Candidates", Candidates.class),
            entry("Plans", PlansDocument.class), entry("Verification", Verification.class),
            entry("OpticalSwitches", OpticalSwitchList.class), entry("OpticalSwitch", OpticalView.SwitchView.class),
            entry("OpticalCircuits", CircuitPage.class), entry("OpticalCircuit", SeenCircuit.class),
            entry("CircuitPlan", SeenPlan.class), entry("NoFields", NoFields.class));

    private static final Map<String, Class<?>> REQUESTS = Map.of("Spec", SliceSpec.class, "Member", Member.class,
            "Pattern", Pattern.class, "Bandwidth", Bandwidth.class, "Placement", Placement.class,
            "LeaseRequest", LeaseRequest.class, "LiveSet", LiveSet.class, "Candidates", Candidates.class,
            "NoFields", NoFields.class);

    /** What only HTTP knows, beside the problems of the services. */
    private static final Map<String, Set<String>> HTTP_PROBLEMS = Map.of("401", Set.of("unauthenticated"),
            "403", Set.of("forbidden"), "405", Set.of("method-not-allowed"), "406", Set.of("not-acceptable"),
            "415", Set.of("unsupported-media-type"), "500", Set.of("internal-error"));

    private final ApiDocument document = ApiDocument.served();

    @Test
    void bothFormsSayTheSameAndNothingIsEmpty() throws Exception {
        JsonNode yaml = Json.mapper().valueToTree(new Yaml().load(
                new String(OpenApiResource.bytes("cloister-v1.yaml"), StandardCharsets.UTF_8)));
        assertThat(document.root()).isEqualTo(yaml);
        assertThat(document.root().get("openapi").textValue()).startsWith("3.1.");
        assertThat(document.root().toString()).doesNotContain(":null");
    }

    @Test
    void pathsAreThoseOfTheResources() {
        Set<String> coded = resourceMethods().stream().map(OpenApiTest::operation)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> written = document.operations().stream().map(ApiDocument.Operation::toString)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(written).isEqualTo(coded);
    }

    @Test
    void pathParametersAreThoseOfTheMethods() {
        Map<String, Set<String>> coded = resourceMethods().stream().collect(Collectors.toMap(OpenApiTest::operation,
                method -> Stream.of(method.getParameters()).filter(each -> each.isAnnotationPresent(PathParam.class))
                        .map(each -> each.getAnnotation(PathParam.class).value()).collect(Collectors.toSet())));
        document.operations().forEach(operation -> assertThat(names(operation, "path")).as("%s", operation)
                .isEqualTo(coded.get(operation.toString())));
    }

    @Test
    void schemasAreThoseOfTheValues() {
        SchemaTwins twins = new SchemaTwins(document);
        Set<String> bodies = new HashSet<>();
        document.operations().forEach(operation -> Stream.concat(operation.body().stream(),
                operation.responses().keySet().stream().flatMap(status -> operation.answer(status).stream()))
                .flatMap(OpenApiTest::alternatives).filter(schema -> schema.has("$ref")).forEach(schema -> {
                    String name = schema.get("$ref").textValue().replaceFirst(".*/", "");
                    assertThat(BODIES).as("%s", operation).containsKey(name);
                    bodies.add(name);
                    twins.compare(schema, BODIES.get(name));
                }));
        assertThat(twins.differences()).isEmpty();
        assertThat(bodies).isEqualTo(BODIES.keySet());
        Set<String> ofParameters = document.operations().stream()
                .flatMap(operation -> Stream.of("path", "query").flatMap(in -> operation.parameters(in).stream()))
                .map(each -> each.at("/schema/$ref").asText().replaceFirst(".*/", ""))
                .filter(name -> !name.isEmpty()).collect(Collectors.toSet());
        assertThat(document.schemas().keySet()).isSubsetOf(union(twins.compared(), ofParameters));
    }

    private static Stream<JsonNode> alternatives(JsonNode schema) {
        return schema.has("oneOf") ? ApiDocument.elements(schema.get("oneOf")).stream() : Stream.of(schema);
    }

    static Stream<Map.Entry<String, Class<?>>> requests() {
        return REQUESTS.entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("requests")
    void requiredFieldsAreThoseThatAreMissed(Map.Entry<String, Class<?>> request) throws Exception {
        Set<String> written = ApiDocument.elements(document.schemas().get(request.getKey()).path("required")).stream()
                .map(JsonNode::textValue).collect(Collectors.toSet());
        JsonMappingException missed = catchThrowableOfType(JsonMappingException.class,
                () -> Json.mapper().readValue("{}", request.getValue()));
        Set<String> coded = missed == null ? Set.of() : MappingErrors.of(missed, Json.mapper().createObjectNode())
                .stream().map(error -> error.pointer().substring(1)).collect(Collectors.toSet());
        assertThat(written).isEqualTo(coded);
        assertThat(document.schemas().get(request.getKey()).path("additionalProperties").asText()).isEqualTo("false");
    }

    @Test
    void patternTypesAreWordsThoughTheValueTakesAnyText() {
        assertThat(ApiDocument.elements(document.root().at("/components/schemas/Pattern/properties/type/enum")))
                .extracting(JsonNode::textValue)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(PatternType.values()).map(String::valueOf)
                        .collect(Collectors.toList()));
    }

    @Test
    void statesOfCircuitsAndPortsAreThoseThatSwitchesTell() {
        Set<String> states = Arrays.stream(CircuitStatus.values()).map(Enum::name).collect(Collectors.toSet());
        states.add(SeenCircuit.State.PLANNED.name());
        assertThat(ApiDocument.elements(document.root().at("/components/schemas/CircuitState/enum")))
                .extracting(JsonNode::textValue).containsExactlyInAnyOrderElementsOf(states);
        for (String shown : List.of("OpticalCircuit", "FabricCircuit")) {
            assertThat(document.root().at("/components/schemas/" + shown + "/properties/state/$ref").asText())
                    .as(shown).isEqualTo("#/components/schemas/CircuitState");
        }
        assertThat(document.root().at("/components/schemas/Fabric/properties/circuits/items/$ref").asText())
                .isEqualTo("#/components/schemas/FabricCircuit");
        assertThat(SeenCircuit.State.values()).extracting(Enum::name).containsExactlyInAnyOrderElementsOf(states);
        assertThat(ApiDocument.elements(document.root().at("/components/schemas/OpticalPort/properties/status/enum")))
                .extracting(JsonNode::textValue).containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(PortStatus.values()).map(Enum::name).collect(Collectors.toList()));
    }

    @Test
    void problemsAreListedUnderTheirStatus() {
        Map<String, Set<String>> coded = Arrays.stream(ProblemType.values()).collect(Collectors.groupingBy(
                type -> String.valueOf(type.status()), Collectors.mapping(ProblemType::code, Collectors.toSet())));
        HTTP_PROBLEMS.forEach((status, codes) -> coded.merge(status, codes, OpenApiTest::union));
        Map<String, Set<String>> written = ApiDocument.fields(document.root().at(
                "/components/schemas/Problem/properties/type/x-codes")).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> ApiDocument.elements(each.getValue()).stream()
                        .map(JsonNode::textValue).collect(Collectors.toSet())));
        assertThat(written).isEqualTo(coded);
    }

    @Test
    void statusesFollowFromWhatAnOperationTakes() {
        for (ApiDocument.Operation operation : document.operations()) {
            Set<String> statuses = operation.responses().keySet();
            assertThat(statuses).as("%s", operation).contains("400", "406", "500");
            Set<String> login = Set.of("401", "403");
            assertThat(statuses.containsAll(login)).as("%s", operation).isEqualTo(!operation.open());
            assertThat(statuses.containsAll(Set.of("413", "415"))).as("%s", operation)
                    .isEqualTo(operation.body().isPresent());
            statuses.stream().filter(status -> status.compareTo("400") >= 0).forEach(status ->
                    assertThat(operation.answer(status).map(JsonNode::toString)).as("%s %s", operation, status)
                            .hasValueSatisfying(schema -> assertThat(schema).endsWith("/Problem\"}")));
        }
    }

    @Test
    void onlyTheProbesNeedNoLogin() {
        assertThat(document.operations().stream().filter(ApiDocument.Operation::open)
                .map(operation -> operation.path().substring(1)).collect(Collectors.toSet()))
                .isEqualTo(ProbesResource.PATHS);
    }

    private static List<Method> resourceMethods() {
        return new CloisterApplication().getClasses().stream().filter(type -> type.isAnnotationPresent(Path.class))
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> verb(method).isPresent()).collect(Collectors.toList());
    }

    private static Optional<String> verb(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(each -> each.annotationType().getAnnotation(HttpMethod.class))
                .filter(Objects::nonNull).map(HttpMethod::value).findFirst();
    }

    private static String operation(Method method) {
        return verb(method).orElseThrow() + " " + path(method);
    }

    private static String path(Method method) {
        Path path = method.getAnnotation(Path.class);
        String whole = "/" + method.getDeclaringClass().getAnnotation(Path.class).value() + "/"
                + (path == null ? "" : path.value().replaceAll(": \\.\\+}", "}"));
        return whole.replaceAll("/+", "/").replaceAll("/$", "");
    }

    private static Set<String> names(ApiDocument.Operation operation, String in) {
        return operation.parameters(in).stream().map(each -> each.get("name").textValue())
                .collect(Collectors.toSet());
    }

    private static <T> Set<T> union(Set<T> one, Set<T> other) {
        return Stream.concat(one.stream(), other.stream()).collect(Collectors.toSet());
    }
}
