package org.cloister.isolation.allocation.repacking;

import org.cloister.isolation.allocation.Decision;
import org.cloister.isolation.allocation.ImmutableLedger;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.Reservations;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.ReservedLink;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Link;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Makes room for a request that was refused: has running slices exchange their spines for others, each as it is, so
 * that all that its allocation guarantees stays true, until the request is granted.
 *
 * <p>A slice has as many links at each leaf afterwards as before. So this helps where links are free at every leaf but
 * not to the same spines; where a leaf has too few of them, no such moves exist. What is wanted is taken from the
 * allocation that the request would get if none of these slices were there. Another one might have been found room for
 * with fewer moves, which is why {@link Repacking#proven()} speaks of links such as these.
 */
public final class Repacker {

    /** More moves than these are not made for one request: each takes seconds. */
    public static final int MOVES_MAX = 4;

    private static final int BUDGET = 20_000;
    /** How often the request is decided on, besides once for what is wanted: a decision may take long. */
    private static final int JUDGEMENTS = 8;

    private final int budget;

    /** Creates a repacker. */
    public Repacker() {
        this(BUDGET);
    }

    Repacker(int budget) {
        this.budget = budget;
    }

    /**
     * Returns moves that make room.
     *
     * @param ledger what all slices hold, those that may be moved included, as the request was refused with; its tags
     *        are not given out
     * @param own what the request's slice has: links and tags that may be free to the request, and to nobody who moves
     * @param movable the slices that may be moved, each with all that it holds
     * @param request what is decided on the request if a ledger says what others hold
     */
    public Repacking room(Fabric fabric, Ledger ledger, Collection<Allocation> own, Collection<Holding> movable,
                          Function<Ledger, Decision> request) {
        Set<Link> ownLinks = Reservations.of(own).keySet();
        List<Holding> holdings = new ArrayList<>();
        List<Pins> slices = new ArrayList<>();
        for (Holding holding : movable) {
            Pins.of(holding.allocation(), fabric.index()).ifPresent(pins -> {
                holdings.add(holding);
                slices.add(pins);
            });
        }
        Ledger fixed = without(ledger, holdings);
        Optional<Pins> wanted = request.apply(fixed).fold(
                allocation -> Pins.of(allocation, fabric.index()), problem -> Optional.empty());
        if (wanted.isEmpty()) {
            return Repacking.none(true);
        }
        Space space = new Space(fabric.index(), fixed, ownLinks, slices);
        Search search = new Search(space, slices, new Goal(wanted.get()),
                there -> isGranted(fabric, ledger, fixed, ownLinks, slices, there, request), budget, JUDGEMENTS);
        Optional<List<Search.Step>> steps = search.solve(MOVES_MAX);
        if (steps.isEmpty()) {
            return Repacking.none(!search.exhausted());
        }
        return tags(fabric, ledger, own, steps.get().size())
                .map(tags -> moves(fabric, fixed, ownLinks, holdings, slices, steps.get(), tags))
                .map(moves -> new Repacking(moves, first(ledger, ownLinks, holdings, moves), true))
                .orElseGet(() -> Repacking.none(true));
    }

    private static Ledger without(Ledger ledger, List<Holding> holdings) {
        SortedMap<Link, Long> reserved = new TreeMap<>(ledger.reserved());
        SortedSet<Link> exclusive = new TreeSet<>(ledger.exclusive());
        holdings.forEach(holding -> links(holding.allocation()).forEach(link -> {
            reserved.remove(link);
            exclusive.remove(link);
        }));
        return ImmutableLedger.copyOf(ledger).withReserved(reserved).withExclusive(exclusive);
    }

    private static List<Link> links(Allocation allocation) {
        List<Link> links = new ArrayList<>();
        for (ReservedLink link : allocation.links()) {
            links.add(Link.of(link.from(), link.to()));
        }
        return links;
    }

    private static boolean isGranted(Fabric fabric, Ledger ledger, Ledger fixed, Set<Link> own,
                                     List<Pins> slices, Space space, Function<Ledger, Decision> request) {
        SortedMap<Link, Long> reserved = new TreeMap<>(fixed.reserved());
        SortedSet<Link> exclusive = new TreeSet<>(fixed.exclusive());
        Set<Link> taken = new HashSet<>(own);
        for (int slice = 0; slice < slices.size(); slice++) {
            Repinned.links(fabric.index(), slices.get(slice), space.spinesOf(slice),
                    link -> Space.isFree(fixed, link) && !taken.contains(link)).values().forEach(link -> {
                        taken.add(link);
                        reserved.put(link, fabric.linkBitsPerSecond());
                        exclusive.add(link);
                    });
        }
        return request.apply(ImmutableLedger.copyOf(ledger).withReserved(reserved).withExclusive(exclusive))
                .fold(allocation -> true, problem -> false);
    }

    /** Returns a tag for each move; empty if there are too few, the request's own counted. */
    private static Optional<int[]> tags(Fabric fabric, Ledger ledger, Collection<Allocation> own, int moves) {
        Set<Integer> ownTags = own.stream().map(Allocation::tag).collect(Collectors.toSet());
        int needed = ledger.tags().containsAll(ownTags) ? moves + 1 : moves; // else the request gets its own again
        int[] tags = IntStream.rangeClosed(fabric.firstTag(), fabric.lastTag())
                .filter(tag -> !ledger.tags().contains(tag) && !ownTags.contains(tag)).limit(needed).toArray();
        return tags.length < needed ? Optional.empty() : Optional.of(tags);
    }

    /** Carries the moves out on paper. */
    private static List<Holding> moves(Fabric fabric, Ledger fixed, Set<Link> own, List<Holding> holdings,
                                       List<Pins> slices, List<Search.Step> steps, int[] tags) {
        List<Holding> now = new ArrayList<>(holdings);
        Set<Link> taken = new HashSet<>(own);
        holdings.forEach(holding -> taken.addAll(links(holding.allocation())));
        List<Holding> moves = new ArrayList<>();
        for (Search.Step step : steps) {
            Holding before = now.get(step.slice());
            taken.removeAll(links(before.allocation()));
            // the original allocation is what the places are of
            Allocation original = holdings.get(step.slice()).allocation();
            Allocation after = Repinned.of(original, Repinned.links(fabric.index(), slices.get(step.slice()),
                    step.spines(), link -> Space.isFree(fixed, link) && !taken.contains(link)), tags[moves.size()]);
            taken.addAll(links(after));
            Holding moved = Holding.of(before.slice(), after);
            now.set(step.slice(), moved);
            moves.add(moved);
        }
        return moves;
    }

    /** Those that take no link that somebody else has now, or has at some time before them. */
    private static List<Holding> first(Ledger ledger, Set<Link> own, List<Holding> holdings, List<Holding> moves) {
        List<Holding> first = new ArrayList<>();
        Set<Link> claimed = new HashSet<>(own);
        Set<Object> moved = new HashSet<>();
        for (Holding move : moves) {
            Set<Link> before = new HashSet<>();
            holdings.stream().filter(holding -> holding.slice().equals(move.slice()))
                    .forEach(holding -> before.addAll(links(holding.allocation())));
            List<Link> links = links(move.allocation());
            if (moved.add(move.slice()) && links.stream().noneMatch(claimed::contains)
                    && links.stream().allMatch(link -> before.contains(link) || Space.isFree(ledger, link))) {
                first.add(move);
            }
            claimed.addAll(links);
        }
        return first;
    }
}
