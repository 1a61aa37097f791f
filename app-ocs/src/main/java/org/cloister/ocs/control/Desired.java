package org.cloister.ocs.control;

import org.cloister.ocs.api.DemandPhase;
import org.cloister.ocs.api.OpticalCircuit;
import org.cloister.ocs.store.CircuitStore;
import org.cloister.ocs.store.Stored;
import org.cloister.ocs.store.StoredDebt;
import org.cloister.ocs.store.StoredDemand;
import org.cloister.ocs.store.StoredMade;
import org.cloister.ocs.store.StoredQuarantine;
import org.immutables.value.Value;

import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is kept, as this node has heard of it. */
@Value.Immutable
interface Desired {

    /** By owner. */
    @Value.NaturalOrder
    SortedMap<String, Stored<StoredDemand>> demands();

    /** What could not be undone yet. */
    @Value.NaturalOrder
    SortedMap<String, Stored<StoredDebt>> debts();

    /** By switch and port. */
    @Value.NaturalOrder
    SortedMap<String, Stored<StoredQuarantine>> quarantine();

    /** By switch. */
    @Value.NaturalOrder
    SortedMap<String, Stored<StoredMade>> made();

    /** Why what is wanted is not known in full. */
    Optional<String> unreadable();

    static Desired heard(CircuitStore store) {
        SortedMap<String, String> unreadable = new TreeMap<>(store.demands().unreadable());
        return ImmutableDesired.builder().demands(store.demands().heard()).debts(store.debts().heard())
                .quarantine(store.quarantine().heard()).made(store.made().heard())
                .unreadable(unreadable.isEmpty() ? Optional.empty() : Optional.of("the stored demand of '"
                        + unreadable.firstKey() + "' cannot be read: " + unreadable.get(unreadable.firstKey())))
                .build();
    }

    /** Returns, by owner, what nobody may take from it, as one owner has to see it; its own is not among it. */
    default SortedMap<String, SortedSet<OpticalCircuit>> heldAgainst(StoredDemand self) {
        SortedMap<String, SortedSet<OpticalCircuit>> held = new TreeMap<>();
        demands().forEach((owner, demand) -> {
            if (!owner.equals(self.owner())) {
                held.put(owner, held(demand.value(), self));
            }
        });
        return held;
    }

    /** What an owner was given stays its own whatever became of its next wish; a wish counts from its turn on. */
    private static SortedSet<OpticalCircuit> held(StoredDemand demand, StoredDemand self) {
        if (demand.ending().isPresent()) {
            return new TreeSet<>();
        }
        boolean waits = demand.phase() == DemandPhase.PLANNED && isLater(demand, self);
        if (waits || demand.phase() == DemandPhase.FAILED) {
            SortedSet<OpticalCircuit> kept = new TreeSet<>(demand.circuits());
            kept.retainAll(demand.established());
            return kept;
        }
        return demand.circuits();
    }

    private static boolean isLater(StoredDemand demand, StoredDemand self) {
        int byTime = demand.requested().compareTo(self.requested());
        return byTime > 0 || byTime == 0 && demand.owner().compareTo(self.owner()) > 0;
    }
}
