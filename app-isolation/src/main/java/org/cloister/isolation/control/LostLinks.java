package org.cloister.isolation.control;

import org.cloister.isolation.fabric.Link;

import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The links of an allocation that have failed. */
final class LostLinks {

    private final SortedSet<Link> failed = new TreeSet<>();

    /** Looks at which have failed by now, and has those that will have looked at again then. */
    LostLinks(Pass pass, Installation installation) {
        SortedMap<Link, Instant> unusable = pass.compiled(installation).unusable(pass.fabric());
        for (Map.Entry<Link, Instant> each : unusable.entrySet()) {
            if (each.getValue().isAfter(pass.now())) {
                pass.plan().wake(each.getValue());
            } else {
                failed.add(each.getKey());
            }
        }
    }

    boolean any() {
        return !failed.isEmpty();
    }

    /** Returns the trouble that they make. */
    Trouble trouble() {
        return new Trouble(Conditions.LINK_ABSENT, "not there: "
                + failed.stream().map(Link::toString).collect(Collectors.joining(", ")));
    }
}
