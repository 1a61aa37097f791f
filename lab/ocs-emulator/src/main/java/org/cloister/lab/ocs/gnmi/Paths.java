package org.cloister.lab.ocs.gnmi;

import org.cloister.gnmi.Path;
import org.cloister.gnmi.PathElem;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** gNMI's paths: written, joined, compared. */
final class Paths {

    private static final String ANY = "*";
    private static final String ANY_DEPTH = "...";

    private Paths() {
    }

    /** Returns a path of names; a name followed by {@code [key=value]} is not read, see {@link #keyed}. */
    static Path of(String... names) {
        Path.Builder path = Path.newBuilder();
        for (String name : names) {
            path.addElem(PathElem.newBuilder().setName(name));
        }
        return path.build();
    }

    /** Returns the path of a list's entry, whose key is {@code name}. */
    static Path keyed(String container, String list, String key) {
        return of(container).toBuilder().addElem(PathElem.newBuilder().setName(list).putKey("name", key)).build();
    }

    /** Returns a path with more names at its end. */
    static Path under(Path path, String... names) {
        return path.toBuilder().addAllElem(of(names).getElemList()).build();
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

    /** Writes a path as it is read: {@code /connections/port-connection[name=N]}. */
    static String text(Path path) {
        return path.getElemList().stream().map(elem -> "/" + elem.getName() + elem.getKeyMap().entrySet().stream()
                .map(key -> "[" + key.getKey() + "=" + key.getValue() + "]").collect(Collectors.joining()))
                .collect(Collectors.joining());
    }
}
