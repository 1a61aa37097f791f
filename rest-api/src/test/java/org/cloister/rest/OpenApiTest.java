package org.cloister.rest;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Bandwidth;
import org.cloister.isolation.api.Condition;
import org.cloister.isolation.api.FabricView;
import org.cloister.isolation.api.Guarantee;
import org.cloister.isolation.api.Json;
import org.cloister.isolation.api.Member;
import org.cloister.isolation.api.Pattern;
import org.cloister.isolation.api.PatternType;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.api.SliceState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

import javax.ws.rs.HttpMethod;
import javax.ws.rs.Path;
import java.io.IOException;
import java.io.Reader;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** The OpenAPI document and the code are twins: neither has what the other lacks. */
class OpenApiTest {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete");

    private final Map<String, Object> document = read();

    @Test
    void pathsAreThoseOfTheResources() {
        Set<String> written = new TreeSet<>();
        at("paths").forEach((path, item) -> map(item).keySet().stream().filter(METHODS::contains)
                .forEach(method -> written.add(method + " " + path)));
        Set<String> coded = new TreeSet<>();
        Stream.of(FabricResource.class, SlicesResource.class, LaterResource.class).forEach(resource ->
                Arrays.stream(resource.getDeclaredMethods()).forEach(method -> methods(method).forEach(verb ->
                        coded.add(verb + " " + path(resource, method)))));
        assertThat(written).isEqualTo(coded);
    }

    static Stream<Arguments> types() {
        return Stream.of(
                arguments("Spec", SliceSpec.class), arguments("Member", Member.class),
                arguments("Pattern", Pattern.class), arguments("Bandwidth", Bandwidth.class),
                arguments("Slice", Slice.class), arguments("Condition", Condition.class),
                arguments("Allocation", Allocation.class),
                arguments("AllocatedMember", Allocation.AllocatedMember.class),
                arguments("ReservedLink", Allocation.ReservedLink.class),
                arguments("Circuit", Allocation.AllocatedCircuit.class), arguments("Page", SlicePage.class),
                arguments("Fabric", FabricView.class), arguments("Switch", FabricView.SwitchView.class),
                arguments("Host", FabricView.HostView.class), arguments("Link", FabricView.LinkView.class),
                arguments("FabricProblem", FabricView.FabricProblem.class),
                arguments("Problem", ProblemDocument.class), arguments("FieldError", Problem.FieldError.class),
                arguments("Shortage", Problem.Shortage.class));
    }

    @ParameterizedTest
    @MethodSource("types")
    void fieldsAreThoseOfTheValues(String schema, Class<?> type) throws Exception {
        JavaType written = Json.mapper().constructType(Class.forName(type.getPackageName() + ".Immutable"
                + type.getSimpleName()));
        Set<String> coded = Json.mapper().getSerializationConfig().introspect(written).findProperties().stream()
                .filter(BeanPropertyDefinition::couldSerialize).map(BeanPropertyDefinition::getName).collect(Collectors.toCollection(TreeSet::new));
        assertThat(new TreeSet<>(at("components", "schemas", schema, "properties").keySet())).isEqualTo(coded);
    }

    @Test
    void wordsAreThoseOfTheConstants() {
        assertThat(words("State")).isEqualTo(coded(SliceState.values()));
        assertThat(words("Pattern", "properties", "type")).isEqualTo(coded(PatternType.values()));
        assertThat(words("Allocation", "properties", "guarantee")).isEqualTo(coded(Guarantee.values()));
        assertThat(words("Bandwidth", "properties", "mode")).isEqualTo(coded(Bandwidth.Mode.values()));
    }

    @Test
    void problemsOfTheServicesAreListedUnderTheirStatus() {
        Map<String, Object> codes = at("components", "schemas", "Problem", "properties", "type", "x-codes");
        for (ProblemType type : ProblemType.values()) {
            assertThat((List<?>) codes.get(String.valueOf(type.status()))).as("%s", type).asList()
                    .contains(type.code());
        }
    }

    private static List<String> methods(Method method) {
        return Arrays.stream(method.getAnnotations()).map(Annotation::annotationType)
                .filter(type -> type.isAnnotationPresent(HttpMethod.class))
                .map(type -> type.getSimpleName().toLowerCase(Locale.ROOT)).collect(Collectors.toList());
    }

    /** What a path template leaves open after a name is not told: it is refused all the same. */
    private static String path(Class<?> resource, Method method) {
        Path path = method.getAnnotation(Path.class);
        String whole = "/" + resource.getAnnotation(Path.class).value() + "/"
                + (path == null ? "" : path.value().replaceAll("\\{rest:.*}", ""));
        return whole.replaceAll("/+", "/").replaceAll("/$", "");
    }

    private Set<String> words(String... path) {
        String[] whole = Stream.concat(Stream.of("components", "schemas"), Arrays.stream(path)).toArray(String[]::new);
        return ((List<?>) at(whole).get("enum")).stream().map(String::valueOf)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> coded(Object... constants) {
        return Arrays.stream(constants).map(each -> Json.mapper().valueToTree(each).asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Map<String, Object> at(String... path) {
        Map<String, Object> found = document;
        for (String name : path) {
            found = map(found.get(name));
        }
        return found;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    private static Map<String, Object> read() {
        try (Reader reader = Files.newBufferedReader(Paths.get("src/main/openapi/cloister-v1.yaml"))) {
            return new Yaml().load(reader);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
