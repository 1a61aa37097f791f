package org.cloister.features;

import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** What the bundles of the archive ask of the container that takes them in. */
class ManifestsTest {

    /** Java 11. */
    private static final int CLASS_VERSION = 55;

    /** What stock ONOS 2.5 and 2.7 have, by the beginning of a package's name; the earlier version of the two. */
    private static final Map<String, String> STOCK = new TreeMap<>(Map.ofEntries(
            Map.entry("com.fasterxml.jackson.", "2.10.0"),
            Map.entry("com.google.common.", "22.0.0"),
            Map.entry("javax.ws.rs", "2.1.0"),
            Map.entry("org.apache.karaf.shell.", "4.2.9"),
            Map.entry("org.glassfish.jersey.", "2.27.0"),
            Map.entry("org.onlab.", "2.5.0"),
            Map.entry("org.onosproject.", "2.5.0"),
            Map.entry("org.osgi.service.component", "1.4.0"),
            Map.entry("org.slf4j", "1.7.0")));

    /** The packages of Java itself, which Karaf offers. */
    private static final Set<String> JAVA = ModuleFinder.ofSystem().findAll().stream().map(ModuleReference::descriptor)
            .filter(module -> module.name().startsWith("java.")).flatMap(module -> module.exports().stream())
            .filter(exports -> !exports.isQualified()).map(ModuleDescriptor.Exports::source).collect(Collectors.toSet());

    private final Archive oar = Archive.oar();
    private final Map<String, Archive> all = oar.jars("m2/");
    private final Map<String, Archive> ours = oar.jars("m2/org/cloister/");

    @Test
    void onosIsImportedOfEveryVersionThatWeSupport() {
        assertThat(ours).hasSizeGreaterThanOrEqualTo(2);
        List<String> imports = new ArrayList<>();
        ours.forEach((path, bundle) -> {
            PackageHeader header = new PackageHeader(bundle.header("Import-Package"));
            for (String name : header.packages()) {
                if (name.startsWith("org.onosproject.") || name.startsWith("org.onlab.")) {
                    assertThat(header.range(name)).as("%s imports %s", path, name).hasToString("[2.5.0,3.0.0)");
                    imports.add(name);
                }
            }
        });
        assertThat(imports).contains("org.onosproject.net.flow", "org.onlab.osgi");
    }

    @Test
    void nothingOfJavaIsImported() {
        // Felix 5.6, in stock ONOS, refuses a bundle that does
        all.forEach((path, bundle) -> assertThat(new PackageHeader(bundle.header("Import-Package")).packages())
                .as(path).noneMatch(name -> name.startsWith("java.")));
    }

    @Test
    void everyImportIsThereOnStock() {
        all.forEach((path, bundle) -> {
            PackageHeader imports = new PackageHeader(bundle.header("Import-Package"));
            for (String name : imports.packages()) {
                assertThat(imports.optional(name) || offered(imports, name)).as("%s imports %s %s, which neither stock "
                        + "ONOS nor the archive has", path, name, imports.range(name)).isTrue();
            }
        });
    }

    @Test
    void protocolOfSwitchesIsOptional() {
        // it is published for one version only, and a fabric may be driven by something else
        ours.forEach((path, bundle) -> {
            PackageHeader imports = new PackageHeader(bundle.header("Import-Package"));
            for (String name : imports.packages()) {
                if (name.startsWith("org.onosproject.openflow") || name.startsWith("org.projectfloodlight")) {
                    assertThat(imports.optional(name)).as("%s imports %s", path, name).isTrue();
                }
            }
        });
    }

    @Test
    void bytecodeIsOfJava11() {
        all.forEach((path, bundle) -> bundle.classes().forEach((name, bytes) ->
                assertThat((bytes[6] & 0xff) << 8 | bytes[7] & 0xff).as("%s in %s", name, path)
                        .isLessThanOrEqualTo(CLASS_VERSION)));
    }

    @Test
    void nothingIsExportedButOurs() {
        // what is brought along for ourselves must not get in the way of ONOS's own
        ours.forEach((path, bundle) -> assertThat(new PackageHeader(bundle.header("Export-Package")).packages())
                .as(path).allMatch(name -> name.startsWith("org.cloister.")));
    }

    @Test
    void grpcFindsItsPartsInsideTheBundle() {
        Archive driver = ours.get("m2/org/cloister/cloister-driver-ocs/1.0.0/cloister-driver-ocs-1.0.0.jar");
        for (String service : List.of("io.grpc.NameResolverProvider", "io.grpc.LoadBalancerProvider")) {
            String provider = driver.text("META-INF/services/" + service).trim();
            assertThat(driver.entries()).as(service).containsKey(provider.replace('.', '/') + ".class");
        }
    }

    @Test
    void licencesOfWhatIsInsideTheDriverAreThere() {
        Archive driver = ours.get("m2/org/cloister/cloister-driver-ocs/1.0.0/cloister-driver-ocs-1.0.0.jar");
        assertThat(driver.entries()).containsKeys("META-INF/LICENSE", "META-INF/NOTICE", "META-INF/LICENSE.protobuf");
    }

    @Test
    void nothingOfTheLabIsInside() {
        assertThat(oar.entries().keySet()).noneMatch(path -> path.contains("lab"));
        ours.forEach((path, bundle) -> {
            assertThat(bundle.entries().keySet()).noneMatch(name -> name.startsWith("org/cloister/lab"));
            assertThat(bundle.header("Import-Package")).doesNotContain("org.cloister.lab");
        });
    }

    private boolean offered(PackageHeader imports, String name) {
        boolean stock = STOCK.entrySet().stream().anyMatch(each -> name.startsWith(each.getKey())
                && imports.range(name).includes(Version.parseVersion(each.getValue())));
        return stock || JAVA.contains(name) || all.values().stream()
                .map(bundle -> new PackageHeader(bundle.header("Export-Package")).version(name))
                .anyMatch(version -> version != null && imports.range(name).includes(version));
    }
}
