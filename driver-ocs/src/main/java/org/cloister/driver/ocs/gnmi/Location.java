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
        String root = "";
        String key = "";
        StringBuilder rest = new StringBuilder();
        for (int i = 0; i < prefix.getElemCount() + path.getElemCount(); i++) {
            PathElem element = i < prefix.getElemCount() ? prefix.getElem(i) : path.getElem(i - prefix.getElemCount());
            if (element.getKeyCount() > 0) {
                key = element.getKeyMap().values().iterator().next();
                rest.setLength(0);
            } else if (root.isEmpty()) {
                root = plain(element.getName());
            } else {
                rest.append(rest.length() == 0 ? "" : "/").append(plain(element.getName()));
            }
        }
        return new Location(root, key, rest.toString());
    }

    /** Returns where a container, a list or a leaf of it is. */
    Location below(String name) {
        if (root.isEmpty()) {
            return new Location(plain(name), "", "");
        }
        return new Location(root, key, rest.isEmpty() ? plain(name) : rest + "/" + plain(name));
    }

    /** Returns where an entry of the list is that this is. */
    Location entry(String entryKey) {
        return new Location(root, entryKey, "");
    }

    /** Without the module that JSON puts before a name. */
    private static String plain(String name) {
        return name.substring(name.indexOf(':') + 1);
    }
}
