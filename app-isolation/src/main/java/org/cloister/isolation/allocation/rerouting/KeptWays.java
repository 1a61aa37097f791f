package org.cloister.isolation.allocation.rerouting;

import org.cloister.isolation.allocation.Request;
import org.cloister.isolation.allocation.rerouting.PreviousWays.PreviousWay;
import org.cloister.isolation.allocation.spines.SpineLinks;
import org.cloister.isolation.allocation.traffic.Attachments;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.fabric.Link;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Leads around links that cannot be used any more and changes no other way: each way that crosses one of them goes by
 * another spine, all else stays as it is. No allocation changes fewer ways; but the search for one is bounded.
 *
 * <p>What went from a leaf to another by one spine stays together. A spine's links are safe to take if nothing of the
 * slice crosses them but what shared a link before: then each new link carries a part of what an old one did, and
 * whatever was guaranteed still is. Those are tried first; then spines on which ways meet that did not before, where
 * only a certificate can tell.
 */
final class KeptWays {

    private static final int GROUPS_MAX = 20_000;
    private static final int STEPS_MAX = 200_000;
    private static final int JUDGEMENTS_MAX = 32;

    private final List<Group> groups;
    private final List<PreviousWay> kept = new ArrayList<>();
    private final SpineLinks links;
    private final Map<String, Integer> leaves = new HashMap<>();
    private final Map<List<String>, Link> own = new HashMap<>();
    /** By switch and next switch, how many groups and ways of each origin cross the links between them. */
    private final Map<List<String>, Map<String, Integer>> origins = new HashMap<>();
    private final Function<Map<PreviousWay, String>, Optional<Allocation>> assembled;
    private final Map<String, Integer> spineNumbers = new HashMap<>();

    private KeptWays(List<PreviousWay> ways, SpineLinks links, Attachments attachments, Predicate<Link> usable,
                     Function<Map<PreviousWay, String>, Optional<Allocation>> assembled) {
        this.links = links;
        this.assembled = assembled;
        attachments.leaves().forEach(leaf -> leaves.put(leaf, leaves.size()));
        links.spines().forEach(spine -> spineNumbers.put(spine, spineNumbers.size()));
        SortedMap<String, Group> broken = new TreeMap<>();
        for (PreviousWay way : ways) {
            if (usable.test(way.up()) && usable.test(way.down())) {
                kept.add(way);
                own.put(List.of(way.from().leaf(), way.spine()), way.up());
                own.put(List.of(way.spine(), way.leaf()), way.down());
                cross(way.from().leaf(), way.spine(), way.leaf(), way.spine(), 1);
            } else {
                broken.computeIfAbsent(way.spine() + " " + way.from().leaf() + " " + way.leaf() + " "
                        + way.detour().map(detour -> way.from().rank() + " " + detour.toRank()).orElse(""),
                        key -> new Group(way)).ways.add(way);
            }
        }
        this.groups = new ArrayList<>(broken.values());
    }

    /**
     * Returns the allocation that leads around the links that cannot be used.
     *
     * @param links those that new ways may take
     * @param usable whether a link that the slice has can be used still
     * @param needed whether an allocation is good enough
     * @return empty if no way has to change, members or patterns are not those that the slice has, or ways that lead
     *         around were not found
     */
    static Optional<Allocation> of(Request request, Attachments attachments, SpineLinks links, Predicate<Link> usable,
                                   long linkBitsPerSecond, int tag, Predicate<Allocation> needed) {
        List<PreviousWay> ways = PreviousWays.of(request).orElse(Collections.emptyList());
        if (ways.stream().allMatch(way -> usable.test(way.up()) && usable.test(way.down()))
                || !PreviousWays.samePatterns(request)) {
            return Optional.empty();
        }
        Allocation before = request.previous().get(0);
        KeptWays[] self = new KeptWays[1];
        self[0] = new KeptWays(ways, links, attachments, usable, spines -> Optional.of(
                new Rerouted(before, request, self[0]::link).allocation(ways, spines, linkBitsPerSecond, tag))
                .filter(needed));
        return self[0].solve();
    }

    private Optional<Allocation> solve() {
        return groups.size() > GROUPS_MAX ? Optional.empty() : solve(false).or(() -> solve(true));
    }

    /** Returns the link that ways take from one switch to the next. */
    private Link link(String from, String to) {
        Link mine = own.get(List.of(from, to));
        if (mine != null) {
            return mine;
        }
        Integer leaf = leaves.get(from);
        return leaf != null ? links.up(leaf, spineNumbers.get(to)) : links.down(leaves.get(to), spineNumbers.get(from));
    }

    /**
     * Tries the spines of each group in turn, and goes back to the group before where none is left. Groups with fewest
     * spines to go by come first: one with none is found at once, not after all the others were tried in every way.
     */
    private Optional<Allocation> solve(boolean mixing) {
        Map<Group, Integer> choices = new HashMap<>();
        groups.forEach(group -> choices.put(group, options(group, mixing).size()));
        if (choices.containsValue(0)) {
            return Optional.empty();
        }
        List<Group> inOrder = new ArrayList<>(groups);
        inOrder.sort(Comparator.comparing(choices::get)); // stable
        return solve(inOrder, mixing);
    }

    private Optional<Allocation> solve(List<Group> inOrder, boolean mixing) {
        int steps = STEPS_MAX;
        int judgements = JUDGEMENTS_MAX;
        List<List<String>> open = new ArrayList<>();
        String[] chosen = new String[inOrder.size()];
        int at = 0;
        while (at >= 0 && steps-- > 0) {
            if (at == inOrder.size()) {
                Optional<Allocation> found = assembled.apply(spines(inOrder, chosen));
                if (found.isPresent()) {
                    return found;
                }
                at = --judgements > 0 ? at - 1 : -1;
                continue;
            }
            Group group = inOrder.get(at);
            if (open.size() == at) {
                open.add(options(group, mixing));
            } else {
                cross(group, chosen[at], -1);
            }
            if (open.get(at).isEmpty()) {
                open.remove(at);
                at--;
            } else {
                chosen[at] = open.get(at).remove(0);
                cross(group, chosen[at], 1);
                at++;
            }
        }
        // what is still chosen would count as taken in another attempt
        for (int group = 0; group < open.size(); group++) {
            cross(inOrder.get(group), chosen[group], -1);
        }
        return Optional.empty();
    }

    private Map<PreviousWay, String> spines(List<Group> inOrder, String[] chosen) {
        Map<PreviousWay, String> spines = new HashMap<>();
        kept.forEach(way -> spines.put(way, way.spine()));
        for (int group = 0; group < chosen.length; group++) {
            String spine = chosen[group];
            inOrder.get(group).ways.forEach(way -> spines.put(way, spine));
        }
        return spines;
    }

    /** Those that take fewest links more come first. */
    private List<String> options(Group group, boolean mixing) {
        List<String> options = new ArrayList<>();
        Map<String, Integer> cost = new HashMap<>();
        for (String spine : links.spines()) {
            if (link(group.from, spine) != null && link(spine, group.to) != null) {
                int strange = strange(group.from, spine, group.spine) + strange(spine, group.to, group.spine);
                if (mixing || strange == 0) {
                    options.add(spine);
                    cost.put(spine, 4 * strange + untouched(group.from, spine) + untouched(spine, group.to));
                }
            }
        }
        options.sort(Comparator.comparing(cost::get)); // stable: among equals the order in which they are to be taken
        return options;
    }

    private int untouched(String from, String to) {
        return origins.getOrDefault(List.of(from, to), Map.of()).isEmpty() ? 1 : 0;
    }

    private int strange(String from, String to, String origin) {
        Map<String, Integer> there = origins.getOrDefault(List.of(from, to), Map.of());
        return there.size() > (there.containsKey(origin) ? 1 : 0) ? 1 : 0;
    }

    private void cross(Group group, String spine, int by) {
        cross(group.from, spine, group.to, group.spine, by);
    }

    private void cross(String from, String spine, String to, String origin, int by) {
        for (List<String> link : List.of(List.of(from, spine), List.of(spine, to))) {
            origins.computeIfAbsent(link, first -> new HashMap<>())
                    .merge(origin, by, (one, other) -> one + other == 0 ? null : Integer.valueOf(one + other));
        }
    }

    /** The ways from a leaf to another by one spine that cannot stay; one to a single member is by itself. */
    private static final class Group {

        private final String spine;
        private final String from;
        private final String to;
        private final List<PreviousWay> ways = new ArrayList<>();

        private Group(PreviousWay first) {
            this.spine = first.spine();
            this.from = first.from().leaf();
            this.to = first.leaf();
        }
    }
}
