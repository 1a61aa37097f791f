package org.cloister.lab.discovery.link;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.onosproject.net.LinkKey;

/** When each discovered link goes stale unless it is seen again. */
final class LinkAges {

    private final LongSupplier nanoTime;
    private final Map<LinkKey, Long> deadlines = new ConcurrentHashMap<>();

    /** Creates an empty set that takes the time from a clock as {@link System#nanoTime()} is one. */
    LinkAges(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** A link was seen, and holds for some time. */
    void seen(LinkKey link, Duration holds) {
        deadlines.put(link, nanoTime.getAsLong() + holds.toNanos());
    }

    /** Stops watching links. */
    void forget(Predicate<LinkKey> links) {
        deadlines.keySet().removeIf(links);
    }

    /** Takes out the links that went stale. */
    List<LinkKey> stale() {
        long now = nanoTime.getAsLong();
        List<LinkKey> stale = new ArrayList<>();
        deadlines.forEach((link, deadline) -> {
            if (now - deadline > 0 && deadlines.remove(link, deadline)) {
                stale.add(link);
            }
        });
        return stale;
    }
}
