package org.cloister.isolation.allocation.hops;

import org.cloister.isolation.allocation.Plans;
import org.cloister.isolation.allocation.TestFabric;
import org.cloister.isolation.allocation.traffic.Collective;
import org.cloister.isolation.allocation.traffic.Demand;
import org.cloister.isolation.api.ImmutablePattern;
import org.cloister.isolation.api.Pattern;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cloister.isolation.allocation.Plans.demand;
import static org.cloister.isolation.allocation.Plans.pattern;
import static org.cloister.isolation.allocation.Plans.request;

/** What of a demand may be sent at the same time. */
class FlowsTest {

    /** Each of 1,950 pieces is sent by each of 64 patterns. */
    @Test
    void manyPatternsOverTheSameRanksTakeAsManyLooksAsPiecesThatMeetHaveParts() {
        TestFabric fabric = TestFabric.of(26, 36).hostsPerLeaf(3);
        for (boolean exclusive : new boolean[] {false, true}) {
            ImmutablePattern pattern = exclusive ? pattern("all-to-all").withExclusiveGroup("one")
                    : pattern("all-to-all");
            Pattern[] patterns = new Pattern[64];
            Arrays.fill(patterns, pattern);
            Flows flows = Flows.toLeaves(demand(request(fabric.hosts(), patterns)));
            assertThat(flows.size()).isEqualTo(1_950);
            BitSet[] rivals = flows.rivalsInStep();
            assertThat(flows.looks()).isBetween(1L, 40_000_000L);
            assertThat(rivals[0].isEmpty()).isFalse();
        }
    }

    @Test
    void manyPatternsThatFindNoColoursAreDecided() {
        TestFabric fabric = TestFabric.of(26, 36).hostsPerLeaf(3);
        Pattern[] patterns = new Pattern[64];
        Arrays.fill(patterns, pattern("all-to-all"));
        assertThat(Plans.allocated(fabric.build(), request(fabric.hosts(), patterns)).links()).isNotEmpty();
    }

    @Test
    void rivalsAreThoseThatPartsComparedTwoByTwoHave() {
        for (long seed = 1; seed <= 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int leaves = 2 + random.nextInt(3);
            TestFabric fabric = TestFabric.of(leaves, 4).hostsPerLeaf(1 + random.nextInt(3));
            Pattern[] patterns = new Pattern[1 + random.nextInt(4)];
            Arrays.setAll(patterns, index -> drawn(fabric.hosts().size(), random));
            Demand demand = demand(request(fabric.hosts(), patterns));
            Flows flows = random.nextBoolean() ? Flows.toLeaves(demand) : Flows.toRanks(demand);
            assertThat(flows.rivalsInStep()).as("seed %d", seed).isEqualTo(twoByTwo(demand, flows));
        }
    }

    private static Pattern drawn(int ranks, SplittableRandom random) {
        ImmutablePattern drawn = pattern(List.of("ring", "all-to-all", "any").get(random.nextInt(3)));
        List<List<Integer>> groups = new ArrayList<>();
        for (int group = random.nextInt(4); group >= 0; group--) {
            List<Integer> all = IntStream.range(0, ranks).boxed().collect(Collectors.toList());
            List<Integer> some = new ArrayList<>();
            for (int count = 1 + random.nextInt(ranks); count > 0; count--) {
                some.add(all.remove(random.nextInt(all.size())));
            }
            groups.add(some);
        }
        drawn = drawn.withGroups(groups);
        return random.nextBoolean() ? drawn : drawn.withExclusiveGroup("x" + random.nextInt(2));
    }

    /** Every pair that is sent, against every other that may be sent at the same time. */
    private static BitSet[] twoByTwo(Demand demand, Flows flows) {
        List<int[]> pairs = new ArrayList<>();
        for (int index = 0; index < demand.collectives().size(); index++) {
            Collective collective = demand.collectives().get(index);
            for (int step = 0; step < collective.steps(); step++) {
                for (int position = 0; position < collective.size(); position++) {
                    int source = collective.rank(position);
                    int target = collective.target(step, position);
                    if (source != target && demand.attachments().crosses(source, target)) {
                        pairs.add(new int[] {index, step, source, target});
                    }
                }
            }
        }
        BitSet[] rivals = new BitSet[flows.size()];
        Arrays.setAll(rivals, flow -> new BitSet());
        for (int[] one : pairs) {
            for (int[] other : pairs) {
                int mine = flows.number(one[2], one[3]);
                int theirs = flows.number(other[2], other[3]);
                boolean shared = flows.fromLeaf(mine) == flows.fromLeaf(theirs)
                        || flows.toLeaf(mine) == flows.toLeaf(theirs);
                if (shared && one[2] != other[2] && one[3] != other[3] && together(demand, one, other)) {
                    rivals[mine].set(theirs);
                }
            }
        }
        return rivals;
    }

    private static boolean together(Demand demand, int[] one, int[] other) {
        Collective mine = demand.collectives().get(one[0]);
        Collective theirs = demand.collectives().get(other[0]);
        if (mine == theirs) {
            return !mine.inStep() || one[1] == other[1];
        }
        return mine.entry() == theirs.entry() || mine.exclusion() != theirs.exclusion();
    }
}
