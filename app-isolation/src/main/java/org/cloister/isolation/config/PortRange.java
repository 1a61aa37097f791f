package org.cloister.isolation.config;

import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Port numbers written {@code 1-4,7}. */
final class PortRange {

    /** More than any switch has; keeps a slip of the finger from filling the memory. */
    private static final int MOST_PORTS = 4096;
    private static final Pattern PART = Pattern.compile("([1-9][0-9]{0,9})(?:-([1-9][0-9]{0,9}))?");
    /** OFPP_MAX of OpenFlow 1.3: the numbers above are reserved. */
    private static final long LAST_PORT = 0xffff_ff00L;

    private PortRange() {
    }

    /**
     * Returns the ports.
     *
     * @throws IllegalArgumentException if the text is malformed, a range runs backwards, a number is none of a port,
     *         or a port occurs twice
     */
    static SortedSet<Long> parse(String text) {
        SortedSet<Long> ports = new TreeSet<>();
        for (String part : text.split(",", -1)) {
            Matcher matcher = PART.matcher(part);
            check(matcher.matches(), text);
            long first = Long.parseLong(matcher.group(1));
            long last = matcher.group(2) == null ? first : Long.parseLong(matcher.group(2));
            check(first <= last && last <= LAST_PORT && last - first < MOST_PORTS - ports.size(), text);
            for (long port = first; port <= last; port++) {
                check(ports.add(port), text);
            }
        }
        return ports;
    }

    private static void check(boolean condition, String text) {
        if (!condition) {
            throw new IllegalArgumentException("'" + text + "' is not a list of ports");
        }
    }
}
