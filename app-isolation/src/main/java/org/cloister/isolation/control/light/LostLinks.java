package org.cloister.isolation.control.light;

import org.cloister.isolation.api.Allocation.AllocatedCircuit;
import org.cloister.isolation.control.environment.CircuitDemand;
import org.cloister.isolation.control.plan.Conditions;
import org.cloister.isolation.control.plan.Installation;
import org.cloister.isolation.control.plan.Pass;
import org.cloister.isolation.control.plan.Trouble;
import org.cloister.isolation.fabric.Circuit;
import org.cloister.isolation.fabric.Link;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The links of an allocation that have failed. One for which light is yet to be moved has not: it was never there. Why
 * one over light has is found in what is said of its circuit.
 */
public final class LostLinks {

    private final Pass pass;
    private final Installation installation;
    private final SortedSet<Link> failed = new TreeSet<>();

    /** Looks at which have failed by now, and has those that will have looked at again then. */
    public LostLinks(Pass pass, Installation installation) {
        this.pass = pass;
        this.installation = installation;
        SortedMap<Link, Instant> unusable = pass.compiled(installation).unusable(pass.fabric());
        if (unusable.isEmpty()) {
            return;
        }
        Set<Circuit> planned = installation.allocation().circuits().stream()
                .filter(circuit -> circuit.state().equals(AllocatedCircuit.PLANNED))
                .map(circuit -> Circuit.of(circuit.opticalSwitch(), circuit.ports().get(0), circuit.ports().get(1)))
                .collect(Collectors.toCollection(TreeSet::new));
        for (Map.Entry<Link, Instant> each : unusable.entrySet()) {
            if (circuit(each.getKey()).filter(planned::contains).isPresent()) {
                continue;
            }
            if (each.getValue().isAfter(pass.now())) {
                pass.plan().wake(each.getValue());
            } else {
                failed.add(each.getKey());
            }
        }
    }

    private Optional<Circuit> circuit(Link link) {
        return pass.fabric().fibreIndex().under(link);
    }

    /** Returns the light under them. */
    SortedSet<Circuit> circuits() {
        return failed.stream().flatMap(link -> circuit(link).stream()).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns whether there are any. */
    public boolean any() {
        return !failed.isEmpty();
    }

    /** Returns the trouble that they make, and that of their light. */
    public Trouble trouble() {
        Trouble trouble = new Trouble(Conditions.LINK_ABSENT, "not there: "
                + failed.stream().map(Link::toString).collect(Collectors.joining(", ")));
        String causes = circuits().stream()
                .flatMap(circuit -> cause(circuit).stream()).distinct().collect(Collectors.joining("; "));
        return causes.isEmpty() ? trouble : trouble.and(causes);
    }

    private Optional<String> cause(Circuit circuit) {
        Optional<CircuitDemand> demand = pass.observed().circuits().of(installation.slice());
        if (pass.fabric().circuits().isEmpty() && demand.isEmpty()) {
            return Optional.empty(); // nobody looks at light
        }
        return demand.flatMap(found -> Optional.ofNullable(found.troubles().get(circuit)))
                .map(why -> circuit + ": " + why)
                .or(() -> demand.flatMap(CircuitDemand::reason))
                .or(() -> pass.fabric().unusable(circuit).map(why -> circuit + ": " + why))
                .or(() -> pass.fabric().circuit(circuit).filter(Circuit::connected).isPresent() ? Optional.empty()
                        : Optional.of(circuit + " is " + pass.fabric().circuit(circuit).map(Circuit::state)
                                .orElse("not there")));
    }
}
