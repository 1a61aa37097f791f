package org.cloister.ocs.control;

import org.cloister.ocs.api.CircuitPlan;
import org.cloister.ocs.api.CircuitRefusedException;
import org.cloister.ocs.api.CircuitRefusedException.Reason;
import org.cloister.ocs.api.DemandPhase;
import org.cloister.ocs.api.OpticalCircuit;
import org.cloister.ocs.planning.Conflict;
import org.cloister.ocs.planning.Planned;
import org.cloister.ocs.store.CircuitStore;
import org.cloister.ocs.store.Ending;
import org.cloister.ocs.store.ImmutableStoredDemand;
import org.cloister.ocs.store.Stored;
import org.cloister.ocs.store.StoredDemand;
import org.cloister.ocs.store.StoredQuarantine;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Takes demands on any node: refuses what cannot be, and keeps the rest. Two nodes may take two demands for one port at
 * the same moment; the leader lets the later one fail.
 */
final class Admission {

    private static final int ATTEMPTS = 8;

    private final Services services;
    private final CircuitStore store;

    Admission(Services services, CircuitStore store) {
        this.services = services;
        this.store = store;
    }

    void demand(String owner, SortedSet<OpticalCircuit> circuits) {
        change(owner, at -> {
            if (at.isPresent() && at.get().ending().isEmpty() && at.get().circuits().equals(circuits)
                    && at.get().phase() != DemandPhase.FAILED) {
                return Optional.of(again(at.get()));
            }
            StoredDemand next = next(owner, circuits, at);
            check(next);
            return Optional.of(next);
        });
    }

    /** Nothing new, but lost circuits are tried once more. */
    private static StoredDemand again(StoredDemand demand) {
        return ImmutableStoredDemand.copyOf(demand).withRepairs(0).withNextRepair(Optional.empty());
    }

    private StoredDemand next(String owner, SortedSet<OpticalCircuit> circuits, Optional<StoredDemand> at) {
        Instant now = services.clock().instant();
        SortedSet<OpticalCircuit> established = new TreeSet<>(circuits);
        established.retainAll(at.filter(demand -> demand.ending().isEmpty()).map(StoredDemand::established)
                .orElse(new TreeSet<>()));
        return StoredDemand.builder().owner(owner).circuits(circuits).established(established)
                .generation(at.map(StoredDemand::generation).orElse(0L) + 1).requested(now)
                .phase(DemandPhase.PLANNED).since(now).move(at.flatMap(StoredDemand::move))
                .phaseMillis(at.map(StoredDemand::phaseMillis).orElse(Map.of())).build();
    }

    private CircuitPlan check(StoredDemand next) {
        Planned planned = planned(next);
        refuse(planned, conflict -> !next.established().contains(conflict.circuit()));
        return planned.plan();
    }

    private Planned planned(StoredDemand next) {
        Pass pass = new Pass(Desired.heard(store), new Observed(Switches.facts(services.sessions().switches(),
                store.made().heard(), false), services.fibres().get(), services.packets(), Map.of(), Map.of(), 0,
                next.since()), services.limits().get(), next.since());
        return pass.plan(next);
    }

    private static void refuse(Planned planned, Predicate<Conflict> counts) {
        planned.conflicts().values().stream().filter(counts).findFirst().map(Conflict::refusal).ifPresent(refusal -> {
            throw refusal;
        });
    }

    CircuitPlan plan(String owner, SortedSet<OpticalCircuit> circuits) {
        return check(next(owner, circuits, store.demands().heard(owner).map(Stored::value)));
    }

    /** Gives a demand up at once if nothing is being done for it, else as soon as that is over. */
    void release(String owner) {
        change(owner, at -> at.filter(demand -> demand.move().isPresent())
                .map(demand -> ImmutableStoredDemand.copyOf(demand).withEnding(Ending.RELEASE)));
    }

    void disconnect(String owner) {
        change(owner, at -> at.map(demand -> ImmutableStoredDemand.copyOf(demand).withEnding(Ending.DISCONNECT)));
    }

    /** The same for idle circuits: what is unusable for a new circuit may still be rid of an old one. */
    void disconnect(String owner, SortedSet<OpticalCircuit> circuits) {
        change(owner, at -> {
            StoredDemand given = at.orElseGet(() -> next(owner, circuits, at));
            if (at.isEmpty()) {
                refuse(planned(given), conflict -> conflict.reason() != Reason.UNUSABLE);
            }
            return Optional.of(ImmutableStoredDemand.copyOf(given).withEnding(Ending.DISCONNECT));
        });
    }

    boolean unquarantine(String opticalSwitch, String port) {
        String key = StoredQuarantine.key(opticalSwitch, port);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Stored<StoredQuarantine>> at = store.quarantine().get(key);
            if (at.isEmpty()) {
                return false;
            }
            if (store.quarantine().remove(key, at.get().version())) {
                return true;
            }
        }
        throw new CircuitRefusedException(Reason.STORE, "the quarantine of " + key + " keeps changing");
    }

    /** Replaces a document by what is made of it, or removes it. */
    private void change(String owner, Function<Optional<StoredDemand>, Optional<StoredDemand>> wish) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Stored<StoredDemand>> at = store.demands().get(owner);
            Optional<StoredDemand> next = wish.apply(at.map(Stored::value));
            boolean done;
            if (at.isPresent()) {
                done = next.equals(at.map(Stored::value))
                        || (next.isPresent() ? store.demands().replace(owner, at.get().version(), next.get())
                        : store.demands().remove(owner, at.get().version()));
            } else {
                done = next.isEmpty() || store.demands().create(owner, next.get());
            }
            if (done) {
                return;
            }
        }
        String unreadable = store.demands().unreadable().get(owner);
        throw new CircuitRefusedException(Reason.STORE, unreadable == null ? "the demand of " + owner
                + " keeps changing" : "the stored demand of " + owner + " cannot be read: " + unreadable);
    }
}
