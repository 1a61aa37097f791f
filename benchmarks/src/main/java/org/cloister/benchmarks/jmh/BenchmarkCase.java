package org.cloister.benchmarks.jmh;

import org.openjdk.jmh.runner.BenchmarkListEntry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One benchmark with one value for each of its parameters: one row of the report. */
final class BenchmarkCase {

    private static final String FABRIC = "fabric";
    private static final String ENGINE = "engine";
    private static final String SUFFIX = "Benchmark";

    private final String className;
    private final String method;
    private final Map<String, String> parameters;

    /** Parameters are told apart by their names; their order is that of the names. */
    BenchmarkCase(String className, String method, Map<String, String> parameters) {
        this.className = className;
        this.method = method;
        this.parameters = new TreeMap<>(parameters);
    }

    /** Returns a case for each combination of values, the last parameter's changing fastest. */
    static List<BenchmarkCase> of(String className, String method, Map<String, String[]> values) {
        List<Map<String, String>> combinations = List.of(Map.of());
        for (Map.Entry<String, String[]> parameter : new TreeMap<>(values).entrySet()) {
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> shorter : combinations) {
                for (String value : parameter.getValue()) {
                    Map<String, String> one = new LinkedHashMap<>(shorter);
                    one.put(parameter.getKey(), value);
                    longer.add(one);
                }
            }
            combinations = longer;
        }
        return combinations.stream().map(each -> new BenchmarkCase(className, method, each))
                .collect(Collectors.toList());
    }

    static List<BenchmarkCase> of(BenchmarkListEntry entry) {
        String full = entry.getUsername();
        int dot = full.lastIndexOf('.');
        return of(full.substring(0, dot), full.substring(dot + 1), entry.getParams().orElse(Map.of()));
    }

    /** Returns the name that JMH knows the benchmark by. */
    String fullName() {
        return className + "." + method;
    }

    /** Returns the value of each parameter. */
    Map<String, String> parameters() {
        return parameters;
    }

    /** Returns what is timed: the class's name without its end. */
    String what() {
        String simple = className.substring(className.lastIndexOf('.') + 1);
        String what = simple.endsWith(SUFFIX) ? simple.substring(0, simple.length() - SUFFIX.length()) : simple;
        return what.toLowerCase(Locale.ROOT);
    }

    /** Returns the fabric; a dash if the benchmark has none. */
    String fabric() {
        return parameters.getOrDefault(FABRIC, "-");
    }

    /** Returns whose engine decides. */
    String engine() {
        return parameters.getOrDefault(ENGINE, "cloister");
    }

    /** Returns the class of decision: the method and all other parameters. */
    String decisionClass() {
        List<String> parts = new ArrayList<>(List.of(method));
        parameters.forEach((name, value) -> {
            if (!name.equals(FABRIC) && !name.equals(ENGINE)) {
                parts.add(value);
            }
        });
        return String.join(" ", parts);
    }

    /** Returns whether only full runs have it. */
    boolean isFullOnly() {
        try {
            Class<?> found = Class.forName(className);
            return Stream.concat(Stream.of(found), Arrays.stream(found.getMethods())
                            .filter(each -> each.getName().equals(method)))
                    .flatMap(each -> Arrays.stream(each.getAnnotationsByType(FullOnly.class)))
                    .anyMatch(only -> Pattern.compile(only.value()).matcher(toString()).find());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("JMH lists " + className + ", which is not there", e);
        }
    }

    @Override
    public String toString() {
        return what() + " " + fabric() + " " + engine() + " " + decisionClass();
    }
}
