package org.cloister.lab.ocs.gnmi;

import org.cloister.gnmi.Path;
import org.cloister.gnmi.PathElem;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** gNMI's paths: written, joined, compared. */
final class Paths {

    private static final String ANY = "*";
    private static final String ANY_DEPTH = "...";

    private Paths() {
    }

    /** Returns a path of names without keys. */
    static Path of(String... names) {
        return under(Path.getDefaultInstance(), names);
    }

    /** Returns the path of a list's entry, whose key is {@code name}. */
    static Path keyed(String container, String list, String key) {
        return of(container).toBuilder().addElem(PathElem.newBuilder().setName(list).putKey("name", key)).build();
    }

    /** Returns a path with more names at its end; neither origin nor target. */
    static Path under(Path path, String... names) {
        Path.Builder longer = Path.newBuilder().addAllElem(path.getElemList());
        for (String name : names) {
            longer.addElem(PathElem.newBuilder().setName(name).build());
        }
        return longer.build();
    }

    /** Returns a path that follows another one; neither origin nor target. */
    static Path join(Path prefix, Path path) {
        return Path.newBuilder().addAllElem(prefix.getElemList()).addAllElem(path.getElemList()).build();
    }

    /** Whether what a path asks for contains another one, which has no wildcards. */
    static boolean contains(Path asked, Path path) {
        return contains(asked.getElemList(), path.getElemList());
    }

    private static boolean contains(List<PathElem> asked, List<PathElem> path) {
        for (int at = 0; at < asked.size(); at++) {
            PathElem pattern = asked.get(at);
            if (pattern.getName().equals(ANY_DEPTH)) {
                List<PathElem> rest = asked.subList(at + 1, asked.size());
                for (int skipped = at; skipped <= path.size(); skipped++) {
                    if (contains(rest, path.subList(skipped, path.size()))) {
                        return true;
                    }
                }
                return false;
            }
            if (at >= path.size() || !matches(pattern, path.get(at))) {
                return false;
            }
        }
        return true;
    }

    private static boolean matches(PathElem pattern, PathElem elem) {
        if (!pattern.getName().equals(ANY) && !pattern.getName().equals(elem.getName())) {
            return false;
        }
        if (pattern.getKeyCount() == 0) {
            return true;
        }
        Map<String, String> keys = elem.getKeyMap();
        return pattern.getKeyMap().entrySet().stream()
                .allMatch(key -> key.getValue().equals(ANY) && keys.containsKey(key.getKey())
                        || key.getValue().equals(keys.get(key.getKey())));
    }

    /** Whether what a path asks for may lie below a container at the root. */
    static boolean reaches(Path asked, String container) {
        return asked.getElemCount() == 0 || List.of(ANY, ANY_DEPTH, container).contains(asked.getElem(0).getName());
    }

    /** Returns the one entry of a list that a path asks for; empty if there may be several. */
    static Optional<String> key(Path asked) {
        String key = asked.getElemCount() < 2 || asked.getElem(0).getName().equals(ANY_DEPTH) ? ANY
                : asked.getElem(1).getKeyOrDefault("name", ANY);
        return key.equals(ANY) ? Optional.empty() : Optional.of(key);
    }

    /** Writes a path as it is read: {@code /connections/port-connection[name=N]}. */
    static String text(Path path) {
        return path.getElemList().stream().map(elem -> "/" + elem.getName() + elem.getKeyMap().entrySet().stream()
                .map(key -> "[" + key.getKey() + "=" + key.getValue() + "]").collect(Collectors.joining()))
                .collect(Collectors.joining());
    }
}
