package org.cloister.isolation.allocation.optical;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;

/** Judges circuits by the definition alone, without the planner's own accounts. */
final class OpticalJudge {

    private OpticalJudge() {
    }

    /** Checks that a plan gives a need what it asks for, with free ports only, and says truly what moves. */
    static void check(OpticalOccupancy occupancy, OpticalNeed need, OpticalPlan plan) {
        OpticalFabric fabric = occupancy.fabric();
        Set<String> served = new HashSet<>();
        Set<Integer> ports = new HashSet<>();
        for (OpticalPlan.Way way : plan.ways()) {
            assertThat(served.add(way.place() + "/" + way.colour())).isTrue();
            assertThat(fabric.leaf(way.leafPort())).isEqualTo(need.leaf(way.place()));
            assertThat(fabric.spine(way.farPort())).isEqualTo(plan.spine(way.colour())).isNotNegative();
            assertThat(fabric.opticalSwitch(way.leafPort())).isEqualTo(fabric.opticalSwitch(way.farPort()));
            assertThat(ports.add(way.leafPort()) && ports.add(way.farPort())).as("one circuit for each port").isTrue();
            assertThat(occupancy.isFree(way.leafPort()) && occupancy.isFree(way.farPort())).isTrue();
        }
        Set<String> needed = new HashSet<>();
        for (int colour = 0; colour < need.colours(); colour++) {
            for (int place : need.places(colour)) {
                needed.add(place + "/" + colour);
            }
        }
        assertThat(served).isEqualTo(needed);
        if (need.distinctSpines()) {
            Set<Integer> spines = new HashSet<>();
            for (int colour = 0; colour < plan.colours(); colour++) {
                assertThat(spines.add(plan.spine(colour))).isTrue();
            }
        }
        checkMoves(occupancy, plan);
    }

    /** Checks that exactly those circuits give way that must. */
    static void checkMoves(OpticalOccupancy occupancy, OpticalPlan plan) {
        Set<PortPair> idle = occupancy.idle();
        Map<Integer, PortPair> there = new HashMap<>();
        for (int port = 0; port < occupancy.fabric().ports(); port++) {
            if (occupancy.joined(port) >= 0) {
                there.put(port, PortPair.there(port, occupancy.joined(port)));
            }
        }
        Set<PortPair> wanted = new TreeSet<>();
        plan.ways().forEach(way -> wanted.add(PortPair.of(way.leafPort(), way.farPort())));
        Set<PortPair> kept = new TreeSet<>();
        Set<PortPair> added = new TreeSet<>();
        Set<PortPair> removed = new TreeSet<>();
        for (PortPair circuit : wanted) {
            if (idle.contains(circuit)) {
                kept.add(circuit);
                continue;
            }
            added.add(circuit);
            for (int port : new int[] {circuit.low(), circuit.high()}) {
                if (there.containsKey(port) && !there.get(port).equals(circuit)) {
                    removed.add(there.get(port));
                }
            }
        }
        assertThat(plan.kept()).isEqualTo(kept);
        assertThat(plan.added()).isEqualTo(added);
        assertThat(plan.removed()).isEqualTo(removed);
        assertThat(plan.moves()).isEqualTo(added.size() + removed.size());
        OpticalOccupancy after = occupancy.copy();
        after.take(plan);
        after.release(plan);
        Set<PortPair> left = new TreeSet<>(idle);
        left.removeAll(removed);
        left.addAll(added);
        assertThat(after.idle()).isEqualTo(left);
        removed.forEach(circuit -> assertThat(List.of(circuit.low(), circuit.high()))
                .allMatch(port -> wanted.stream().anyMatch(each -> each.low() == port || each.high() == port)
                        || after.joined(port) < 0));
        wanted.forEach(circuit -> assertThat(after.joined(circuit.low())).isEqualTo(circuit.high()));
    }
}
