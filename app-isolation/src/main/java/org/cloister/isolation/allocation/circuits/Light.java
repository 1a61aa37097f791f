package org.cloister.isolation.allocation.circuits;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedCircuit;
import org.cloister.isolation.api.Allocation.ReservedLink;
import org.cloister.isolation.api.ImmutableAllocation;
import org.cloister.isolation.fabric.Circuit;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Link;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/** Names the circuits of an allocation over links of which some are still to be made, and those that give way. */
final class Light {

    private final Fabric fabric;

    Light(Fabric fabric) {
        this.fabric = fabric;
    }

    /**
     * Returns the allocation with its circuits: only those under links that it uses.
     *
     * @param optimal whether it is known to be optimal if no more circuits move than are planned to
     * @param planned how many circuits are planned to be made and removed
     */
    Allocation under(Allocation allocation, boolean optimal, int planned) {
        SortedSet<Circuit> wanted = new TreeSet<>();
        for (ReservedLink link : allocation.links()) {
            fabric.fibreIndex().under(Link.of(link.from(), link.to())).ifPresent(wanted::add);
        }
        List<AllocatedCircuit> circuits = new ArrayList<>();
        Set<String> lit = new HashSet<>();
        for (Circuit circuit : wanted) {
            if (fabric.lit().contains(circuit)) {
                circuits.add(AllocatedCircuit.connected(circuit.opticalSwitch(), circuit.one(), circuit.other()));
            } else if (fabric.opticalSwitches().contains(circuit.opticalSwitch())) {
                circuits.add(AllocatedCircuit.planned(circuit.opticalSwitch(), circuit.one(), circuit.other()));
                lit.add(port(circuit.opticalSwitch(), circuit.one()));
                lit.add(port(circuit.opticalSwitch(), circuit.other()));
            }
        }
        SortedSet<Circuit> displaced = new TreeSet<>();
        for (Circuit circuit : fabric.circuits()) {
            if (circuit.state().equals(Circuit.PLANNED) || wanted.contains(circuit)) {
                continue;
            }
            if (lit.contains(port(circuit.opticalSwitch(), circuit.one()))
                    || lit.contains(port(circuit.opticalSwitch(), circuit.other()))) {
                displaced.add(circuit);
            }
        }
        ImmutableAllocation named = ImmutableAllocation.copyOf(allocation).withCircuits(circuits)
                .withDisplacedCircuits(CircuitAllocator.connected(displaced));
        return named.withOptimal(optimal && named.circuitsToMove() <= planned);
    }

    /**
     * Returns the greatest number that does, by bisection: a search for light is dear, and more ways never take less.
     *
     * @param least taken to do
     */
    static int most(int least, int most, IntPredicate does) {
        int low = least;
        int high = most;
        while (low < high) {
            int middle = low + (high - low + 1) / 2;
            if (does.test(middle)) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private static String port(String opticalSwitch, String port) {
        return opticalSwitch + "\n" + port;
    }
}
