package org.cloister.isolation.allocation;

import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.fabric.Link;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A ledger for one decision: what is sorted is copied as it is, where a builder would sort all of it again. */
final class CopiedLedger implements Ledger {

    private final SortedMap<Link, Long> reserved;
    private final SortedSet<Link> exclusive;
    private final SortedMap<String, SliceId> hosts;
    private final SortedSet<Integer> tags;
    private final SortedSet<String> closed;
    private final HeldLinks.Kept held = new HeldLinks.Kept(this);

    CopiedLedger(SortedMap<Link, Long> reserved, SortedSet<Link> exclusive, SortedMap<String, SliceId> hosts,
                 SortedSet<Integer> tags, SortedSet<String> closed) {
        this.reserved = Collections.unmodifiableSortedMap(new TreeMap<>(reserved));
        this.exclusive = Collections.unmodifiableSortedSet(new TreeSet<>(exclusive));
        this.hosts = Collections.unmodifiableSortedMap(new TreeMap<>(hosts));
        this.tags = Collections.unmodifiableSortedSet(new TreeSet<>(tags));
        this.closed = Collections.unmodifiableSortedSet(new TreeSet<>(closed));
    }

    @Override
    public SortedMap<Link, Long> reserved() {
        return reserved;
    }

    @Override
    public SortedSet<Link> exclusive() {
        return exclusive;
    }

    @Override
    public SortedMap<String, SliceId> hosts() {
        return hosts;
    }

    @Override
    public SortedSet<Integer> tags() {
        return tags;
    }

    @Override
    public SortedSet<String> closed() {
        return closed;
    }

    @Override
    public SortedMap<String, Integer> room() {
        return Collections.emptySortedMap();
    }

    @Override
    public HeldLinks.Kept held() {
        return held;
    }
}
