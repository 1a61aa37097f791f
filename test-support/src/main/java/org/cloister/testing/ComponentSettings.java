package org.cloister.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Component properties: instances of their annotation, and what is declared of them to ONOS. */
public final class ComponentSettings {

    private static final Map<Class<?>, String> TYPES = Map.of(int.class, "INTEGER", boolean.class, "BOOLEAN");

    private ComponentSettings() {
    }

    /** Returns the defaults, with some values changed. */
    public static <A> A of(Class<A> annotation, Map<String, Object> changed) {
        return annotation.cast(Proxy.newProxyInstance(annotation.getClassLoader(), new Class<?>[] {annotation},
                (proxy, method, arguments) -> changed.getOrDefault(method.getName(), method.getDefaultValue())));
    }

    /** Returns the defaults. */
    public static <A> A defaults(Class<A> annotation) {
        return of(annotation, Map.of());
    }

    /** Returns {@code name → TYPE|default} as the component's annotation has it. */
    public static Map<String, String> inCode(Class<?> annotation) {
        Map<String, String> properties = new TreeMap<>();
        for (Method method : annotation.getDeclaredMethods()) {
            properties.put(method.getName(), TYPES.get(method.getReturnType()) + "|" + method.getDefaultValue());
        }
        return properties;
    }

    /** Returns {@code name → TYPE|default} as the component's {@code .cfgdef} has it, which is where ONOS looks. */
    public static Map<String, String> declared(Class<?> component) throws IOException {
        try (InputStream file = component.getResourceAsStream(component.getSimpleName() + ".cfgdef");
                BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\\|", 4))
                    .collect(Collectors.toMap(f -> f[0], f -> f[1] + "|" + f[2], (a, b) -> a, TreeMap::new));
        }
    }
}
