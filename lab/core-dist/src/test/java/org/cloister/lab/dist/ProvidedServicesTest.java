package org.cloister.lab.dist;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

import javax.xml.parsers.DocumentBuilderFactory;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the published stores, of an older version than the API, offer the core: each component's class is held against
 * the interfaces that it is registered under.
 */
class ProvidedServicesTest {

    private static final Path BUNDLE = Path.of(System.getProperty("cloister.unpackedBundle"));

    @Test
    void onlyTwoMethodsOfTheNewerInterfacesAreMissing() throws Exception {
        Set<String> missing = new TreeSet<>();
        for (Component component : components()) {
            for (String service : component.services) {
                missing.addAll(missing(load(component.implementation), load(service)));
            }
        }
        // purges of one application's entries on one device; neither is in ONOS 2.7.0 either, and nobody may call them
        assertThat(missing).containsExactly(
                "FlowRuleStore.purgeFlowRules(DeviceId, ApplicationId)",
                "GroupStore.purgeGroupEntries(DeviceId, ApplicationId)");
    }

    @Test
    void theOlderMeterStoreIsNoComponent() throws Exception {
        assertThat(components()).hasSize(34);
        assertThat(components()).noneMatch(c -> c.services.contains("org.onosproject.net.meter.MeterStore"));
    }

    @Test
    void theHeaderNamesNoFileThatIsNotThere() throws IOException {
        try (var in = Files.newInputStream(BUNDLE.resolve("META-INF/MANIFEST.MF"))) {
            assertThat(new Manifest(in).getMainAttributes().getValue("Service-Component")).isEqualTo("OSGI-INF/*.xml");
        }
    }

    private static Set<String> missing(Class<?> implementation, Class<?> service) throws NoSuchMethodException {
        Set<String> missing = new TreeSet<>();
        for (Method method : service.getMethods()) {
            if (Modifier.isAbstract(implementation.getMethod(method.getName(), method.getParameterTypes())
                    .getModifiers())) {
                missing.add(service.getSimpleName() + "." + method.getName() + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName).collect(Collectors.joining(", ", "(", ")")));
            }
        }
        return missing;
    }

    /** Without running its static initializers, which want a whole ONOS. */
    private static Class<?> load(String name) throws ClassNotFoundException {
        return Class.forName(name, false, ProvidedServicesTest.class.getClassLoader());
    }

    private static List<Component> components() throws Exception {
        try (Stream<Path> files = Files.list(BUNDLE.resolve("OSGI-INF"))) {
            return files.map(Component::read).collect(Collectors.toList());
        }
    }

    /** A component as its descriptor has it. */
    private static final class Component {
        private final String implementation;
        private final List<String> services;

        private Component(String implementation, List<String> services) {
            this.implementation = implementation;
            this.services = services;
        }

        static Component read(Path descriptor) {
            try {
                Document parsed = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(descriptor.toFile());
                return new Component(attributes(parsed, "implementation", "class").get(0),
                        attributes(parsed, "provide", "interface"));
            } catch (Exception e) {
                throw new IllegalStateException(descriptor.toString(), e);
            }
        }

        private static List<String> attributes(Document parsed, String element, String attribute) {
            NodeList found = parsed.getElementsByTagName(element);
            return IntStream.range(0, found.getLength())
                    .mapToObj(i -> found.item(i).getAttributes().getNamedItem(attribute).getNodeValue())
                    .collect(Collectors.toList());
        }
    }
}
