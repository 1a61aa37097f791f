package org.cloister.isolation.allocation;

import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.fabric.Link;
import org.immutables.value.Value;

import java.util.SortedMap;
import java.util.SortedSet;

/** What slices hold of the fabric: links with bit/s, hosts, tags. Quarantined tags count as held. */
@Value.Immutable
public interface Ledger {

    /** What is reserved of each directed link, bit/s; absent means nothing. */
    @Value.NaturalOrder
    SortedMap<Link, Long> reserved();

    /** The links that one slice has all of; nothing is free of them, whatever they carry. */
    @Value.NaturalOrder
    SortedSet<Link> exclusive();

    /** The slice that each host in use belongs to. */
    @Value.NaturalOrder
    SortedMap<String, SliceId> hosts();

    /** The tags that cannot be given out. */
    @Value.NaturalOrder
    SortedSet<Integer> tags();

    /** The leaves on which no hosts are chosen: out of use, or out of reach. Hosts that are named are not concerned. */
    @Value.NaturalOrder
    SortedSet<String> closed();

    /** How many more hosts can be chosen on a leaf, where something else than hosts limits that: meters. */
    @Value.NaturalOrder
    SortedMap<String, Integer> room();

    /** What is held of a fabric's links, kept from one look to the next. */
    @Value.Lazy
    default HeldLinks.Kept held() {
        return new HeldLinks.Kept(this);
    }

    /** Returns a ledger of nothing. */
    static Ledger empty() {
        return ImmutableLedger.builder().build();
    }

    /** Returns a ledger of copies, in natural order, with room wherever hosts are free; costs no comparisons. */
    static Ledger copyOf(SortedMap<Link, Long> reserved, SortedSet<Link> exclusive, SortedMap<String, SliceId> hosts,
                         SortedSet<Integer> tags, SortedSet<String> closed) {
        return new CopiedLedger(reserved, exclusive, hosts, tags, closed);
    }
}
