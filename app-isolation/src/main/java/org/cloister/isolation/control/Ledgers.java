package org.cloister.isolation.control;

import org.cloister.isolation.allocation.ImmutableLedger;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.Reservations;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.fabric.Link;
import org.cloister.isolation.store.StoredSlice;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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
    private final SortedSet<Link> exclusive = new TreeSet<>();
    private final SortedMap<String, SliceId> hosts = new TreeMap<>();
    private final SortedSet<Integer> tags = new TreeSet<>();

    /** Returns what all slices hold, those on their way out included, with tags that are still seen on switches. */
    static Ledgers of(Collection<StoredSlice> slices, Collection<Integer> heldTags) {
        Ledgers ledgers = new Ledgers();
        ledgers.tags.addAll(heldTags);
        slices.forEach(slice -> ledgers.add(slice.id(), held(slice)));
        return ledgers;
    }

    /** Returns all allocations of a slice, the one that carries traffic first. */
    static List<Allocation> held(StoredSlice slice) {
        List<Allocation> held = new ArrayList<>();
        slice.allocation().ifPresent(held::add);
        slice.move().ifPresent(move -> held.add(move.allocation()));
        slice.retired().forEach(retired -> held.add(retired.allocation()));
        return held;
    }

    void add(SliceId id, Allocation allocation) {
        add(id, List.of(allocation));
    }

    /** Adds a slice with all of its allocations: what it holds is not their sum. */
    void add(SliceId id, List<Allocation> allocations) {
        for (Allocation allocation : allocations) {
            tags.add(allocation.tag());
            allocation.members().forEach(member -> hosts.put(member.host(), id));
        }
        Reservations.of(allocations).forEach((link, rate) -> reserved.merge(link, rate, Long::sum));
        exclusive.addAll(Reservations.exclusive(allocations));
    }

    Ledger ledger() {
        return ImmutableLedger.builder().reserved(reserved).exclusive(exclusive).hosts(hosts).tags(tags).build();
    }
}
