package org.cloister.ocs.planning;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.cloister.driver.ocs.session.Capability;
import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.driver.ocs.session.CircuitState;
import org.cloister.driver.ocs.session.CircuitStatus;
import org.cloister.driver.ocs.session.ImmutableSnapshot;
import org.cloister.driver.ocs.session.PortState;
import org.cloister.driver.ocs.session.PortStatus;
import org.cloister.driver.ocs.session.Snapshot;
import org.cloister.ocs.api.CircuitPlan;
import org.cloister.ocs.api.OpticalCircuit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;

/** Plans of random situations, compared with all there could be. */
class PlannerTest {

    private static final int PORTS = 8;
    private static final String SELF = "slice:self";

    @Provide
    Arbitrary<Case> cases() {
        return Arbitraries.longs().map(Case::new);
    }

    @Property(tries = 3000)
    void planNeverTouchesWhatOthersHaveAndEndsWithoutConflict(@ForAll("cases") Case drawn) {
        Planned planned = CircuitPlanner.plan(drawn.situation, SELF, drawn.wanted);
        CircuitPlan plan = planned.plan();
        assertThat(plan.removes()).noneMatch(drawn.foreign::contains).noneMatch(drawn.held::contains);
        Set<OpticalCircuit> after = new HashSet<>(drawn.shown);
        after.removeAll(plan.removes());
        after.addAll(plan.makes());
        assertThat(isMatching(after)).as("%s after %s", after, plan).isTrue();
        assertThat(after).containsAll(plan.keeps()).containsAll(plan.makes());
        Set<OpticalCircuit> decided = new TreeSet<>(plan.keeps());
        decided.addAll(plan.makes());
        decided.addAll(planned.conflicts().keySet());
        assertThat(decided).containsExactlyElementsOf(drawn.wanted);
        plan.makes().forEach(made -> {
            assertThat(drawn.quarantined).doesNotContain(made.one()).doesNotContain(made.other());
            assertThat(drawn.held.stream().filter(each -> !each.equals(made))).noneMatch(made::meets);
        });
    }

    @Property(tries = 1000)
    void noPlanRemovesOrMakesFewer(@ForAll("cases") Case drawn) {
        Planned planned = CircuitPlanner.plan(drawn.situation, SELF, drawn.wanted);
        if (!planned.conflicts().isEmpty()) {
            assertThat(fewest(drawn)).as("a way to %s in spite of %s", drawn.wanted, planned.conflicts()).isEmpty();
        } else {
            assertThat(planned.plan().removes().size() + planned.plan().makes().size())
                    .isEqualTo(fewest(drawn).orElseThrow());
        }
    }

    /** The smallest number of changes among all sets of idle circuits to remove; empty if none will do. */
    private static Optional<Integer> fewest(Case drawn) {
        List<OpticalCircuit> idle = new ArrayList<>(drawn.shown);
        idle.removeAll(drawn.foreign);
        idle.removeAll(drawn.held);
        Optional<Integer> best = Optional.empty();
        for (int chosen = 0; chosen < 1 << idle.size(); chosen++) {
            Set<OpticalCircuit> after = new HashSet<>(drawn.shown);
            for (int each = 0; each < idle.size(); each++) {
                if ((chosen & 1 << each) != 0) {
                    after.remove(idle.get(each));
                }
            }
            Set<OpticalCircuit> makes = new HashSet<>(drawn.wanted);
            makes.removeAll(after);
            boolean usable = makes.stream().noneMatch(made -> drawn.quarantined.contains(made.one())
                    || drawn.quarantined.contains(made.other()));
            after.addAll(makes);
            Set<OpticalCircuit> wishes = new HashSet<>(after);
            wishes.addAll(drawn.held);
            // what others hold and have lost must find its ports free of what is wanted
            boolean fair = drawn.wanted.stream().allMatch(each -> drawn.held.stream()
                    .allMatch(held -> held.equals(each) || !held.meets(each)));
            if (usable && fair && isMatching(after)) {
                int changes = Integer.bitCount(chosen) + makes.size();
                best = Optional.of(Math.min(best.orElse(changes), changes));
            }
        }
        return best;
    }

    private static boolean isMatching(Collection<OpticalCircuit> circuits) {
        Set<String> ports = new HashSet<>();
        return circuits.stream().allMatch(each -> ports.add(each.one()) & ports.add(each.other()));
    }

    /** A switch with idle, held and foreign circuits, quarantined ports, and what somebody wants of it. */
    static final class Case {

        final Situation situation;
        final SortedSet<OpticalCircuit> wanted;
        final Set<OpticalCircuit> shown = new TreeSet<>();
        final Set<OpticalCircuit> foreign = new TreeSet<>();
        final SortedSet<OpticalCircuit> held = new TreeSet<>();
        final Set<String> quarantined = new TreeSet<>();
        private final Random random;
        private final long seed;

        Case(long seed) {
            this.seed = seed;
            random = new Random(seed);
            TreeMap<CircuitPorts, CircuitState> states = new TreeMap<>();
            for (OpticalCircuit circuit : matching(random.nextInt(PORTS / 2 + 1))) {
                shown.add(circuit);
                int fate = random.nextInt(4);
                if (fate == 0) {
                    foreign.add(circuit);
                } else if (fate == 1) {
                    held.add(circuit);
                }
                CircuitPorts ports = CircuitPorts.of(circuit.one(), circuit.other());
                states.put(ports, CircuitState.builder().ports(ports).status(CircuitStatus.CONNECTED)
                        .name(fate == 0 ? "other" : "cloister:" + ports.one() + ":" + ports.other()).build());
            }
            // held, and lost
            matching(1).stream().filter(each -> random.nextInt(4) == 0 && held.stream().noneMatch(each::meets))
                    .filter(each -> foreign.stream().noneMatch(each::meets)).forEach(held::add);
            for (int port = 1; port <= PORTS; port++) {
                if (random.nextInt(8) == 0) {
                    quarantined.add(String.valueOf(port));
                }
            }
            wanted = matching(1 + random.nextInt(PORTS / 2));
            shown.stream().filter(each -> random.nextInt(5) == 0 && wanted.stream().noneMatch(each::meets))
                    .forEach(wanted::add);
            TreeMap<String, SortedMap<String, String>> quarantine = new TreeMap<>();
            quarantine.put("ocs", new TreeMap<>());
            quarantined.forEach(port -> quarantine.get("ocs").put(port, "broken"));
            situation = Situation.builder().putSwitches("ocs", facts(snapshot(PORTS).circuits(states).build()))
                    .putHeld("slice:other", held).quarantine(quarantine).build();
        }

        private SortedSet<OpticalCircuit> matching(int count) {
            List<Integer> ports = new ArrayList<>();
            for (int port = 1; port <= PORTS; port++) {
                ports.add(port);
            }
            Collections.shuffle(ports, random);
            SortedSet<OpticalCircuit> circuits = new TreeSet<>();
            for (int each = 0; each < count; each++) {
                circuits.add(OpticalCircuit.of("ocs", String.valueOf(ports.get(2 * each)),
                        String.valueOf(ports.get(2 * each + 1))));
            }
            return circuits;
        }

        @Override
        public String toString() {
            return "case " + seed;
        }
    }

    static SwitchFacts facts(Snapshot snapshot) {
        return SwitchFacts.builder().name("ocs").connected(true).addCapabilities(Capability.values())
                .snapshot(snapshot).build();
    }

    static ImmutableSnapshot.Builder snapshot(int ports) {
        ImmutableSnapshot.Builder snapshot = Snapshot.builder().revision("1");
        for (int port = 1; port <= ports; port++) {
            snapshot.putPorts(String.valueOf(port), PortState.builder().name(String.valueOf(port)).number(port)
                    .enabled(true).status(PortStatus.TUNED).build());
        }
        return snapshot;
    }
}
