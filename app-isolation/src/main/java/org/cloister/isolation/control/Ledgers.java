package org.cloister.isolation.control;

import org.cloister.isolation.allocation.ImmutableLedger;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.fabric.Link;
import org.cloister.isolation.store.StoredSlice;

import java.util.Collection;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Sums up what slices hold. The ledger is derived from the stored slices each time; there is no second account that
 * could disagree with them.
 */
final class Ledgers {

    private final SortedMap<Link, Long> reserved = new TreeMap<>();
    private final SortedMap<String, SliceId> hosts = new TreeMap<>();
    private final SortedSet<Integer> tags = new TreeSet<>();

    /** Returns what all slices hold, those on their way out included, with tags that are still seen on switches. */
    static Ledgers of(Collection<StoredSlice> slices, Collection<Integer> heldTags) {
        Ledgers ledgers = new Ledgers();
        ledgers.tags.addAll(heldTags);
        slices.forEach(slice -> slice.allocation().ifPresent(allocation -> ledgers.add(slice.id(), allocation)));
        return ledgers;
    }

    void add(SliceId id, Allocation allocation) {
        tags.add(allocation.tag());
        allocation.members().forEach(member -> hosts.put(member.host(), id));
        allocation.links().forEach(link -> reserved.merge(Link.of(link.from(), link.to()),
                link.reservedBitsPerSecond(), Long::sum));
    }

    Ledger ledger() {
        return ImmutableLedger.builder().reserved(reserved).hosts(hosts).tags(tags).build();
    }
}
