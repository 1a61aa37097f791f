package org.cloister.benchmarks.replay.network;

import org.cloister.benchmarks.replay.job.Draws;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class MaxMinTest {

    private static final double EXACT = 1e-9;

    /** The example of the textbooks: what one full link holds up leaves room on another. */
    @Test
    void whatIsHeldUpElsewhereLeavesRoom() {
        Wiring wiring = new Wiring(3, 1, 1, 1);
        Flows a = flows(wiring.up(0, 0), wiring.down(1, 0));
        Flows b = flows(wiring.up(0, 0), wiring.down(2, 0));
        Flows c = flows(wiring.up(1, 0), wiring.down(2, 0), wiring.up(1, 0), wiring.down(2, 0));
        double[] speeds = new MaxMin(wiring).speeds(List.of(a, b, c));
        assertThat(speeds).containsExactly(new double[]{2.0 / 3, 1.0 / 3, 1.0 / 3}, within(EXACT));
    }

    @Test
    void aStepThatLeavesNoLeafIsNotSlowed() {
        Wiring wiring = new Wiring(2, 1, 1, 1);
        Flows crowd = flows(wiring.up(0, 0), wiring.down(1, 0), wiring.up(0, 0), wiring.down(1, 0));
        assertThat(new MaxMin(wiring).speeds(List.of(new Flows(), crowd))).containsExactly(1, 0.5);
    }

    @Test
    void queuePairsShareTheirNic() {
        Wiring wiring = new Wiring(2, 4, 1, 4);
        Flows apart = new Flows();
        Flows together = new Flows();
        for (int pair = 0; pair < 4; pair++) {
            apart.add(wiring.up(0, pair), wiring.down(1, pair));
            together.add(wiring.up(0, 0), wiring.down(1, 0));
        }
        assertThat(new MaxMin(wiring).speeds(List.of(apart))).containsExactly(1);
        assertThat(new MaxMin(wiring).speeds(List.of(together))).containsExactly(1);
        assertThat(new MaxMin(wiring).speeds(List.of(together, together))).containsExactly(0.5, 0.5);
    }

    /** Against all rates, worked out the slow way; which keep to every link's capacity. */
    @Test
    void agreesWithRatesWorkedOutOneByOne() {
        Draws draws = new Draws(1, 1);
        for (int sample = 0; sample < 2_000; sample++) {
            int leaves = 2 + draws.nextInt(6);
            Wiring wiring = new Wiring(leaves, 1 + draws.nextInt(4), 1 + draws.nextInt(2), 1 + draws.nextInt(3));
            List<Flows> steps = new ArrayList<>();
            for (int step = 1 + draws.nextInt(4); step > 0; step--) {
                Flows flows = new Flows();
                for (int flow = draws.nextInt(12); flow > 0; flow--) {
                    flows.add(wiring.up(draws.nextInt(leaves), draws.nextInt(wiring.uplinks())),
                            wiring.down(draws.nextInt(leaves), draws.nextInt(wiring.uplinks())));
                }
                steps.add(flows);
            }
            assertThat(new MaxMin(wiring).speeds(steps)).containsExactly(reference(wiring, steps), within(EXACT));
        }
    }

    /** Raises all rates in turn to the level of the fullest link; each flow's NIC bounds it as if it were a link. */
    private static double[] reference(Wiring wiring, List<Flows> steps) {
        List<int[]> all = new ArrayList<>();
        for (int step = 0; step < steps.size(); step++) {
            for (int flow = 0; flow < steps.get(step).size(); flow++) {
                all.add(new int[]{step, steps.get(step).up(flow), steps.get(step).down(flow)});
            }
        }
        double full = 1.0 / wiring.queuePairs();
        double[] rates = new double[all.size()];
        Arrays.fill(rates, -1);
        while (Arrays.stream(rates).anyMatch(rate -> rate < 0)) {
            double level = full;
            int tightest = -1;
            for (int link = 0; link < wiring.links(); link++) {
                double left = wiring.capacity();
                int open = 0;
                for (int flow = 0; flow < rates.length; flow++) {
                    if (all.get(flow)[1] == link || all.get(flow)[2] == link) {
                        left -= Math.max(0, rates[flow]);
                        open += rates[flow] < 0 ? 1 : 0;
                    }
                }
                if (open > 0 && left / open < level) {
                    level = left / open;
                    tightest = link;
                }
            }
            for (int flow = 0; flow < rates.length; flow++) {
                if (rates[flow] < 0 && (tightest < 0 || all.get(flow)[1] == tightest || all.get(flow)[2] == tightest)) {
                    rates[flow] = level;
                }
            }
        }
        double[] carried = new double[wiring.links()];
        double[] speeds = new double[steps.size()];
        Arrays.fill(speeds, 1);
        for (int flow = 0; flow < rates.length; flow++) {
            carried[all.get(flow)[1]] += rates[flow];
            carried[all.get(flow)[2]] += rates[flow];
            int step = all.get(flow)[0];
            speeds[step] = Math.min(speeds[step], rates[flow] / full);
        }
        assertThat(Arrays.stream(carried).max().orElse(0)).isLessThanOrEqualTo(wiring.capacity() + EXACT);
        return speeds;
    }

    private static Flows flows(int... links) {
        Flows flows = new Flows();
        for (int index = 0; index < links.length; index += 2) {
            flows.add(links[index], links[index + 1]);
        }
        return flows;
    }
}
