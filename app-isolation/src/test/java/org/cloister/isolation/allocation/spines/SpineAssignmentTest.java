package org.cloister.isolation.allocation.spines;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.cloister.isolation.allocation.Plans;
import org.cloister.isolation.allocation.Scenario;
import org.cloister.isolation.allocation.colouring.Colouring;
import org.cloister.isolation.allocation.colouring.Colourings;
import org.cloister.isolation.allocation.contention.Matching;
import org.cloister.isolation.allocation.traffic.Demand;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class SpineAssignmentTest {

    @Property(tries = 1000, seed = "19")
    void servesAsManyColoursAsTheLargestMatchingAndTakesTheFirstSpinesThatCan(@ForAll long seed,
            @ForAll @IntRange(min = 1, max = 5) int count) {
        Scenario scenario = Scenario.of(seed);
        Demand demand = Plans.demand(scenario.request());
        int leaves = demand.attachments().leaves().size();
        Colouring colouring = new Colourings(demand).even(count);
        FreeLinks links = new FreeLinks(scenario.fabric(), scenario.ledger(), demand.attachments().leaves());
        SpineAssignment assignment = SpineAssignment.of(colouring, links, leaves);

        List<BitSet> able = new ArrayList<>();
        for (int spine = 0; spine < links.spines().size(); spine++) {
            able.add(able(spine, colouring, links, leaves));
        }
        assertThat(assignment.served()).isEqualTo(Matching.size(able));
        assertThat(assignment.isComplete()).isEqualTo(assignment.served() == colouring.count());

        BitSet taken = new BitSet();
        for (int colour = 0; colour < colouring.count(); colour++) {
            if (assignment.spine(colour) >= 0) {
                assertThat(able.get(assignment.spine(colour)).get(colour)).isTrue();
                assertThat(taken.get(assignment.spine(colour))).isFalse();
                taken.set(assignment.spine(colour));
            }
        }
        // a spine is passed over only if with those taken before it no more colours could be served
        List<BitSet> sofar = new ArrayList<>();
        for (int spine = 0; spine < able.size(); spine++) {
            List<BitSet> with = new ArrayList<>(sofar);
            with.add(able.get(spine));
            boolean helps = Matching.size(with) > sofar.size();
            assertThat(taken.get(spine)).isEqualTo(helps);
            if (helps) {
                sofar = with;
            }
        }
    }

    private static BitSet able(int spine, Colouring colouring, FreeLinks links, int leaves) {
        BitSet able = new BitSet();
        for (int colour = 0; colour < colouring.count(); colour++) {
            boolean serves = true;
            for (int leaf = 0; leaf < leaves; leaf++) {
                boolean sends = colouring.senders(colour).get(leaf);
                boolean receives = colouring.senders(colour).stream().count() > (sends ? 1 : 0);
                serves &= (!sends || links.up(leaf, spine) != null) && (!receives || links.down(leaf, spine) != null);
            }
            able.set(colour, serves);
        }
        return able;
    }
}
