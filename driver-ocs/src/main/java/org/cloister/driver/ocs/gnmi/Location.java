package org.cloister.driver.ocs.gnmi;

import org.cloister.gnmi.Path;
import org.cloister.gnmi.PathElem;

/**
 * A path of the tree in three parts, since no list of it is in another: {@code /connections/port-connection[name=N]/
 * state/status} is {@code N} and {@code state/status} in {@code connections}. What is in no entry of a list has an
 * empty key.
 */
final class Location {

    final String root;
    final String key;
    final String rest;

    Location(String root, String key, String rest) {
        this.root = root;
        this.key = key;
        this.rest = rest;
    }

    /** Returns where a path leads that is relative to another one. */
    static Location of(Path prefix, Path path) {
        Location location = new Location("", "", "");
        for (PathElem element : prefix.getElemList()) {
            location = location.below(element);
        }
        for (PathElem element : path.getElemList()) {
            location = location.below(element);
        }
        return location;
    }

    /** Returns where a container, a list or a leaf of it is. */
    Location below(String name) {
        String plain = name.substring(name.indexOf(':') + 1);
        if (root.isEmpty()) {
            return new Location(plain, "", "");
        }
        return new Location(root, key, rest.isEmpty() ? plain : rest + "/" + plain);
    }

    /** Returns where an entry of the list is that this is. */
    Location entry(String entryKey) {
        return new Location(root, entryKey, "");
    }

    private Location below(PathElem element) {
        return element.getKeyCount() == 0 ? below(element.getName())
                : entry(element.getKeyMap().values().iterator().next());
    }
}
