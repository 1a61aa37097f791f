package org.cloister.isolation.proof;

import org.cloister.isolation.api.ImmutablePattern;
import org.cloister.isolation.api.Pattern;
import org.cloister.isolation.fabric.Host;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Draws what members of a slice send: one to three patterns, in groups, along rails, at the same time or not. */
final class PatternDraws {

    private final List<Host> members;
    private final Draws draws;
    private final long mostPairs;

    /**
     * Draws for members.
     *
     * @param mostPairs how many pairs all patterns together may have
     */
    PatternDraws(List<Host> members, Draws draws, long mostPairs) {
        this.members = members;
        this.draws = draws;
        this.mostPairs = mostPairs;
    }

    /** Returns patterns with steps, and now and then a parameter server or anything at all. */
    List<Pattern> draw() {
        int count = draws.percent(65) ? 1 : draws.between(2, 3);
        boolean exclusive = count > 1 && draws.percent(40);
        List<Pattern> patterns = new ArrayList<>();
        for (int entry = 0; entry < count; entry++) {
            ImmutablePattern pattern = ImmutablePattern.copyOf(pattern(mostPairs / count));
            patterns.add(exclusive && draws.percent(80) ? pattern.withExclusiveGroup("phase") : pattern);
        }
        return patterns;
    }

    private Pattern pattern(long pairs) {
        if (draws.percent(12)) {
            return ImmutablePattern.builder().type("steps").steps(steps()).build();
        }
        List<List<Integer>> groups = groups();
        boolean perRail = members.stream().anyMatch(host -> host.nic() > 0) && draws.percent(50);
        List<String> types = new ArrayList<>(List.of("ring", "ring"));
        long all = groups.stream().mapToLong(group -> (long) group.size() * group.size()).sum();
        if (all <= pairs) {
            types.addAll(List.of("all-to-all", "all-to-all", "parameter-server", "any"));
        }
        if (!perRail && groups.stream().allMatch(group -> Integer.bitCount(group.size()) == 1)) {
            types.addAll(List.of("halving-doubling", "halving-doubling"));
        }
        String type = draws.of(types);
        if (type.equals("parameter-server") && !hasBothRoles(groups, perRail)) {
            type = "ring";
        }
        return ImmutablePattern.builder().type(type).groups(groups).perRail(perRail)
                .rankOrder(all <= pairs && draws.percent(3) ? Pattern.RankOrder.UNKNOWN : Pattern.RankOrder.GIVEN)
                .build();
    }

    /** Returns whether a rank is a parameter server: the first of each four. */
    static boolean isServer(int rank) {
        return rank % 4 == 0;
    }

    private boolean hasBothRoles(List<List<Integer>> groups, boolean perRail) {
        return groups.stream().allMatch(group -> group.stream()
                .collect(Collectors.groupingBy(rank -> perRail ? members.get(rank).nic() : 0)).values().stream()
                .allMatch(rail -> rail.stream().anyMatch(PatternDraws::isServer)
                        && rail.stream().anyMatch(rank -> !isServer(rank))));
    }

    /** One group of all, or as many as they fall into: in blocks, or dealt out in turn; sizes may be powers of two. */
    private List<List<Integer>> groups() {
        List<Integer> ranks = Draws.range(members.size());
        int size = ranks.size();
        if (draws.percent(10)) {
            ranks = draws.shuffled(ranks);
        }
        if (draws.percent(30)) {
            ranks = ranks.subList(0, Integer.highestOneBit(size));
        } else if (draws.percent(20)) {
            ranks = ranks.subList(0, draws.between((size + 1) / 2, size));
        }
        int count = ranks.size() < 2 || draws.percent(60) ? 1 : draws.logBetween(1, ranks.size() / 2);
        if (Integer.bitCount(ranks.size()) == 1) {
            count = Integer.highestOneBit(count);
        }
        boolean dealt = draws.percent(50);
        List<List<Integer>> groups = new ArrayList<>();
        for (int group = 0; group < count; group++) {
            groups.add(new ArrayList<>());
        }
        for (int index = 0; index < ranks.size(); index++) {
            groups.get(dealt ? index % count : (int) ((long) index * count / ranks.size())).add(ranks.get(index));
        }
        return groups;
    }

    private List<List<List<Integer>>> steps() {
        List<List<List<Integer>>> steps = new ArrayList<>();
        int count = draws.between(1, 4);
        for (int step = 0; step < count; step++) {
            List<Integer> targets = draws.shuffled(Draws.range(members.size()));
            List<List<Integer>> pairs = new ArrayList<>();
            for (int rank = 0; rank < targets.size(); rank++) {
                if (targets.get(rank) != rank && (pairs.isEmpty() || draws.percent(75))) {
                    pairs.add(List.of(rank, targets.get(rank)));
                }
            }
            if (!pairs.isEmpty()) {
                steps.add(pairs);
            }
        }
        return steps.isEmpty() ? List.of(List.of(List.of(0, 1))) : steps;
    }
}
