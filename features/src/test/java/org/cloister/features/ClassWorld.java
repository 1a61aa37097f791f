package org.cloister.features;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The classes of one ONOS version, of our bundles, and of the platform. A member is looked for as the virtual machine
 * does: in the class, its superclasses and their interfaces.
 */
final class ClassWorld {

    private final Map<String, ClassShape> shapes = new HashMap<>();

    ClassWorld(Collection<Archive> jars) {
        jars.forEach(jar -> jar.classes().forEach((path, bytes) -> shapes.put(
                path.replaceFirst("^WEB-INF/classes/", "").replaceFirst("\\.class$", ""), ClassShape.of(bytes))));
    }

    /** Adds a class. */
    void add(String name, byte[] classFile) {
        shapes.put(name, ClassShape.of(classFile));
    }

    /** Returns whether a reference finds what it names. */
    boolean resolves(Reference reference) {
        if (shape(reference.owner()).isEmpty()) {
            return false;
        }
        return reference.member().isEmpty() || ancestry(reference.owner()).stream()
                .anyMatch(name -> shape(name).get().members().contains(reference.member()));
    }

    /** Returns the methods that a class inherits and neither it nor an ancestor implements; none if it is abstract. */
    Set<String> unimplemented(String name) {
        ClassShape shape = shape(name).orElseThrow();
        if (shape.isAbstract()) {
            return Set.of();
        }
        Set<String> missing = new TreeSet<>();
        Set<String> concrete = new TreeSet<>();
        for (String ancestor : ancestry(name)) {
            ClassShape each = shape(ancestor).get();
            missing.addAll(each.abstractMethods());
            each.members().stream().filter(member -> !each.abstractMethods().contains(member)).forEach(concrete::add);
        }
        missing.removeAll(concrete);
        return missing;
    }

    /** Returns whether a class inherits, by whatever way, from one whose name begins so. */
    boolean inheritsFrom(String name, String prefix) {
        return ancestry(name).stream().anyMatch(each -> each.startsWith(prefix));
    }

    private Set<String> ancestry(String name) {
        Set<String> seen = new LinkedHashSet<>();
        Deque<String> next = new ArrayDeque<>(Set.of(name));
        while (!next.isEmpty()) {
            String each = next.pop();
            // one of somebody else's, such as JAX-RS, is not for us to check: what it has counts as absent
            if (shape(each).isPresent() && seen.add(each)) {
                next.addAll(shape(each).get().parents());
            }
        }
        return seen;
    }

    private Optional<ClassShape> shape(String name) {
        return Optional.ofNullable(shapes.computeIfAbsent(name, ClassWorld::ofPlatform));
    }

    /** Returns the JDK's class. */
    private static ClassShape ofPlatform(String name) {
        try (InputStream in = ClassLoader.getPlatformClassLoader().getResourceAsStream(name + ".class")) {
            return in == null ? null : ClassShape.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
