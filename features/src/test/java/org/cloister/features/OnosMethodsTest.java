package org.cloister.features;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** All that our bytecode uses of ONOS is there in the oldest, the last and the newest version that we support. */
class OnosMethodsTest {

    private static final String[] JARS = {"onos-api", "onlab-misc", "onlab-osgi", "onos-cli", "onos-core-serializers"};

    /** Published for 2.5.6 only, and used where it is there. */
    private static final String OPTIONAL = "org/onosproject/openflow/";

    private final Map<String, Archive> ours = Archive.oar().jars("m2/org/cloister/");

    @ParameterizedTest
    @ValueSource(strings = {"2.5.0", "2.5.9", "2.7.0"})
    void exist(String version) {
        ClassWorld world = world(version);
        Map<String, SortedSet<Reference>> missing = new TreeMap<>();
        int checked = 0;
        for (Archive bundle : ours.values()) {
            for (Map.Entry<String, byte[]> each : bundle.classes().entrySet()) {
                SortedSet<Reference> references = ofOnos(world, References.of(each.getValue()));
                checked += references.size();
                SortedSet<Reference> absent = unresolved(world, references);
                if (!absent.isEmpty()) {
                    missing.put(each.getKey(), absent);
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(checked).as("references to ONOS").isGreaterThan(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.5.0", "2.5.9", "2.7.0"})
    void areImplementedWhereOnosCallsUs(String version) {
        ClassWorld world = world(version);
        Map<String, Object> missing = new TreeMap<>();
        ours.values().forEach(bundle -> bundle.classes().keySet().forEach(path -> {
            String name = className(path);
            if (inheritsFromOnos(world, name) && !world.unimplemented(name).isEmpty()) {
                missing.put(name, world.unimplemented(name));
            }
        }));
        assertThat(missing).isEmpty();
    }

    @Test
    void takeNoClassesThatABundleHasOfItsOwn() {
        // the virtual machine refuses a call between bundles that do not mean the same class of Guava
        Map<String, Object> clashes = new TreeMap<>();
        Map<String, Archive> withGuava = new TreeMap<>(ours);
        withGuava.values().removeIf(bundle -> bundle.classes().keySet().stream()
                .noneMatch(each -> each.startsWith("com/google/common/")));
        assertThat(withGuava).hasSize(1);
        withGuava.values().forEach(bundle -> bundle.classes().forEach((name, bytes) -> {
            SortedSet<Reference> clashing = References.of(bytes).stream()
                    .filter(each -> isOnos(each.owner()) && each.member().contains("Lcom/google/common/"))
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!clashing.isEmpty()) {
                clashes.put(name, clashing);
            }
        }));
        assertThat(clashes).isEmpty();
    }

    @Test
    void purgeFlowRulesIsNotAmongThem() {
        // 2.7.0 lacks it, and where it is there it removes rules that other nodes count on
        ours.forEach((path, bundle) -> bundle.classes().forEach((name, bytes) ->
                assertThat(References.of(bytes)).as(name).noneMatch(each -> each.member().startsWith("purgeFlowRules("))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.5.0", "2.5.9", "2.7.0"})
    void thatAreMadeUpAreFound(String version) {
        ClassWorld world = world(version);
        SortedSet<Reference> references = ofOnos(world, References.of(using()));
        assertThat(unresolved(world, references)).extracting(Reference::toString).containsExactly(
                "org/onosproject/net/DeviceId.hub()Z",
                "org/onosproject/net/Hub",
                "org/onosproject/net/device/DeviceService.getDevices(I)V");
    }

    @Test
    void thatAreNotImplementedAreFound() {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V11, Opcodes.ACC_PUBLIC, "org/cloister/Deaf", null, "java/lang/Object",
                new String[] {"org/onosproject/net/device/DeviceListener"});
        ClassWorld world = world("2.5.9");
        world.add("org/cloister/Deaf", writer.toByteArray());
        assertThat(world.unimplemented("org/cloister/Deaf")).containsExactly("event(Lorg/onosproject/event/Event;)V");
    }

    /** A class that uses things that exist, an inherited one among them, and three that do not. */
    private static byte[] using() {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V11, Opcodes.ACC_PUBLIC, "org/cloister/Using", null, "java/lang/Object", null);
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_STATIC, "use", "(Lorg/onosproject/net/Hub;)V", null, null);
        code.visitCode();
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "org/onosproject/net/DeviceId", "uri", "()Ljava/net/URI;", false);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "org/onosproject/net/DeviceId", "hashCode", "()I", false);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "org/onosproject/net/DeviceId", "hub", "()Z", false);
        code.visitMethodInsn(Opcodes.INVOKEINTERFACE, "org/onosproject/net/device/DeviceService", "addListener",
                "(Lorg/onosproject/event/EventListener;)V", true);
        code.visitMethodInsn(Opcodes.INVOKEINTERFACE, "org/onosproject/net/device/DeviceService", "getDevices", "(I)V",
                true);
        code.visitFieldInsn(Opcodes.GETSTATIC, "org/onosproject/net/DeviceId", "NONE", "Lorg/onosproject/net/DeviceId;");
        code.visitMaxs(0, 0);
        code.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static SortedSet<Reference> unresolved(ClassWorld world, SortedSet<Reference> references) {
        return references.stream().filter(each -> !world.resolves(each)).collect(Collectors.toCollection(TreeSet::new));
    }

    /** References to ONOS, and to members of our own classes that may be inherited from ONOS. */
    private static SortedSet<Reference> ofOnos(ClassWorld world, SortedSet<Reference> references) {
        return references.stream().filter(each -> isOnos(each.owner()) || isOurs(each.owner()) && inheritsFromOnos(world, each.owner()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isOurs(String name) {
        return name.startsWith("org/cloister/");
    }

    private static boolean isOnos(String name) {
        return (name.startsWith("org/onosproject/") || name.startsWith("org/onlab/")) && !name.startsWith(OPTIONAL);
    }

    private static boolean inheritsFromOnos(ClassWorld world, String name) {
        return world.inheritsFrom(name, "org/onosproject/") || world.inheritsFrom(name, "org/onlab/");
    }

    private static String className(String path) {
        return path.replaceFirst("^WEB-INF/classes/", "").replaceFirst("\\.class$", "");
    }

    private ClassWorld world(String version) {
        List<Archive> jars = new ArrayList<>(ours.values());
        Stream.of(JARS).map(jar -> Archive.read(Path.of(System.getProperty("onos"), version, jar + "-" + version + ".jar")))
                .forEach(jars::add);
        return new ClassWorld(jars);
    }
}
