package org.cloister.isolation.control.admission;

import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.Reservations;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.api.FabricView.SwitchRole;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.control.plan.Drained;
import org.cloister.isolation.control.plan.Installation;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Link;
import org.cloister.isolation.store.StoredSlice;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Sums up what slices hold: by the allocation that carries their traffic, the one they move to, and those whose rules
 * are not gone; of one that is released only the tag counts. The ledger is derived from the stored slices each time;
 * there is no second account that could disagree with them. It is made once until something of it changes: requests
 * that are refused change nothing.
 */
public final class Ledgers {

    private final SortedMap<Link, Long> reserved = new TreeMap<>();
    private final SortedSet<Link> exclusive = new TreeSet<>();
    private final SortedMap<String, SliceId> hosts = new TreeMap<>();
    private final SortedSet<Integer> tags = new TreeSet<>();
    private final Set<Integer> seen;
    private final SortedSet<String> closed = new TreeSet<>();
    private final Map<Link, Long> outOfUse = new HashMap<>();
    /** Empty if light makes none of its links. */
    private Optional<Fabric> lit = Optional.empty();
    private final Map<SliceId, StoredSlice> slices = new HashMap<>();
    /** Null if it is to be made anew. */
    private Ledger made;

    private Ledgers(Collection<Integer> seen) {
        this.seen = Set.copyOf(seen);
        tags.addAll(seen);
    }

    /** Returns what all slices hold, those on their way out included, with tags that are still seen on switches. */
    public static Ledgers of(Collection<StoredSlice> slices, Collection<Integer> heldTags) {
        Ledgers ledgers = new Ledgers(heldTags);
        slices.forEach(ledgers::hold);
        return ledgers;
    }

    /**
     * Takes what is drained, and links over optical ports that are in quarantine, out of use: nothing is free of these
     * links, and what is held stays held. Hosts are neither
     * chosen there nor where ONOS reaches no leaf. Links over light that is about to be moved for another slice are
     * out of use, too, as long as they are there.
     */
    public Ledgers outOfUse(Drained drained, Fabric fabric) {
        drained.links(fabric).forEach(link -> outOfUse.put(link, fabric.linkBitsPerSecond()));
        if (!fabric.unusableOpticalPorts().isEmpty()) {
            fabric.links().stream().filter(link -> fabric.fibreIndex().under(link).flatMap(fabric::unusable).isPresent())
                    .forEach(link -> outOfUse.put(link, fabric.linkBitsPerSecond()));
        }
        fabric.switches().values().stream().filter(each -> each.role() == SwitchRole.LEAF)
                .filter(leaf -> drained.covers(leaf) || !fabric.availableDevices().contains(leaf.device()))
                .forEach(leaf -> closed.add(leaf.name()));
        lit = Optional.of(fabric).filter(each -> !each.lit().isEmpty());
        made = null;
        return this;
    }

    /** Takes a slice's next document for the one that it had, if it had one. */
    public void hold(StoredSlice slice) {
        release(slice.id());
        Installation.all(slice).forEach(each -> tags.add(each.tag()));
        List<Allocation> held = Installation.held(slice);
        for (Allocation allocation : held) {
            allocation.members().forEach(member -> hosts.put(member.host(), slice.id()));
        }
        Reservations.of(held).forEach((link, rate) -> reserved.merge(link, rate, Long::sum));
        exclusive.addAll(Reservations.exclusive(held));
        slices.put(slice.id(), slice);
        made = null;
    }

    /** Gives back what a slice holds, except its tags: these are on switches. */
    private Optional<StoredSlice> release(SliceId id) {
        made = null;
        Optional<StoredSlice> slice = Optional.ofNullable(slices.remove(id));
        slice.map(Installation::held).ifPresent(held -> {
            Reservations.of(held).forEach((link, rate) -> reserved.computeIfPresent(link,
                    (key, sum) -> sum > rate ? Long.valueOf(sum - rate) : null));
            exclusive.removeAll(Reservations.exclusive(held));
            hosts.values().removeIf(id::equals);
        });
        return slice;
    }

    /** Returns the ledger of what is held now; the same one as long as nothing changes. */
    public Ledger ledger() {
        if (made == null) {
            made = make();
        }
        return made;
    }

    private Ledger make() {
        SortedMap<Link, Long> taken = reserved;
        SortedSet<Link> wholly = exclusive;
        Map<Link, Long> without = new HashMap<>(outOfUse);
        lit.ifPresent(fabric -> givingWay(fabric).forEach(link -> without.put(link, fabric.linkBitsPerSecond())));
        if (!without.isEmpty()) {
            taken = new TreeMap<>(reserved);
            wholly = new TreeSet<>(exclusive);
            taken.putAll(without);
            wholly.addAll(without.keySet());
        }
        return Ledger.copyOf(taken, wholly, hosts, tags, closed);
    }

    /** The links that share a port, and so a fibre, with one that a slice holds and that is not there yet. */
    private Set<Link> givingWay(Fabric fabric) {
        Set<FabricPort> awaited = new HashSet<>();
        reserved.keySet().stream().filter(link -> !fabric.links().contains(link)
                && fabric.fibreIndex().under(link).isPresent()).forEach(link -> {
                    awaited.add(link.from());
                    awaited.add(link.to());
                });
        return awaited.isEmpty() ? Set.of() : fabric.links().stream()
                .filter(link -> !reserved.containsKey(link) && !reserved.containsKey(Link.of(link.to(), link.from()))
                        && (awaited.contains(link.from()) || awaited.contains(link.to())))
                .collect(Collectors.toSet());
    }

    /**
     * Returns the ledger in which a slice's own links and hosts are free to it. Its tags are not, unless nothing of it
     * was ever on a switch: then no packets are under way with them. For nobody else's decision: the slice still holds
     * all of it.
     */
    public Ledger without(SliceId id) {
        Optional<StoredSlice> slice = release(id);
        if (slice.filter(Binding::isUntouched).isPresent()) {
            Installation.all(slice.get()).stream().map(Installation::tag).filter(tag -> !seen.contains(tag))
                    .forEach(tags::remove);
        }
        Ledger without = make();
        slice.ifPresent(this::hold);
        return without;
    }
}
