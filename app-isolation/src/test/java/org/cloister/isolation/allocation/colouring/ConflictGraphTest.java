package org.cloister.isolation.allocation.colouring;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.cloister.isolation.allocation.BruteForce;
import org.cloister.isolation.allocation.Plans;
import org.cloister.isolation.allocation.Request;
import org.cloister.isolation.allocation.Scenario;

import static org.assertj.core.api.Assertions.assertThat;

class ConflictGraphTest {

    @Property(tries = 400, seed = "23")
    void twoSourcesAreRivalsExactlyWhereTheyMeet(@ForAll long seed) {
        Request request = Scenario.of(seed).request();
        BruteForce judge = new BruteForce(Plans.unrouted(request));
        if (judge.combinations(request.patterns()) > 100) {
            return;
        }
        ConflictGraph lockStep = ConflictGraph.lockStep(Plans.demand(request));
        ConflictGraph anyTiming = ConflictGraph.anyTiming(Plans.demand(request));
        for (int one = 0; one < request.members().size(); one++) {
            for (int other = 0; other < request.members().size(); other++) {
                if (one != other) {
                    assertThat(lockStep.rivals(one).get(other)).as("%s and %s in lock-step", one, other)
                            .isEqualTo(judge.meet(request.patterns(), one, other));
                    assertThat(anyTiming.rivals(one).get(other)).as("%s and %s at any timing", one, other)
                            .isEqualTo(judge.meetAtAnyTime(request.patterns(), one, other));
                }
            }
        }
        assertThat(anyTiming.sources()).isEqualTo(lockStep.sources());
    }
}
