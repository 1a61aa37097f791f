package org.cloister.isolation.control.requests;

import org.cloister.isolation.allocation.Decision;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Precondition;
import org.cloister.isolation.api.RefusedException;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.control.admission.Admission;
import org.cloister.isolation.control.admission.Binding;
import org.cloister.isolation.control.admission.Ledgers;
import org.cloister.isolation.control.admission.Proposals;
import org.cloister.isolation.control.admission.Room;
import org.cloister.isolation.control.environment.Services;
import org.cloister.isolation.control.light.LightProgress;
import org.cloister.isolation.control.plan.Change;
import org.cloister.isolation.control.plan.Installation;
import org.cloister.isolation.control.plan.Leases;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.store.SliceStore;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Says what a request would get, by the same functions, and stores nothing. Meters alone are left out: how many of them
 * a switch can still have only the leader counts.
 */
public final class DryRuns {

    private final Services services;
    private final SliceStore store;
    private final Puts puts;
    private final Admission admission;

    /** Creates what tells by the same functions that requests are taken in and decided on with. */
    public DryRuns(Services services, Puts puts, Admission admission) {
        this.services = services;
        this.store = services.store();
        this.puts = puts;
        this.admission = admission;
    }

    /**
     * Returns the slice that a request would have made, or made of the one that is there.
     *
     * @throws RefusedException as the request would be
     */
    public Slice plan(SliceId id, SliceSpec spec, String owner, Precondition precondition) {
        Asked asked = puts.asked(id, spec, owner, precondition);
        Optional<VersionedSlice> found = asked.present(store.slice(id));
        if (found.isPresent() && Puts.same(found.get().slice(), asked)) {
            return Views.slice(found.get().slice());
        }
        Fabric fabric = puts.check(asked);
        return Views.slice(found.isPresent() ? changed(fabric, found.get().slice(), asked)
                : created(fabric, asked));
    }

    private StoredSlice created(Fabric fabric, Asked asked) {
        Allocation allocation = decided(fabric, asked, Optional.empty());
        return Change.of(Creations.pending(asked), asked.since()).state(state(fabric, asked.filled(), allocation))
                .allocation(Optional.of(allocation)).slice();
    }

    private StoredSlice changed(Fabric fabric, StoredSlice slice, Asked asked) {
        Binding.refusal(slice, asked.filled()).ifPresent(problem -> {
            throw new RefusedException(problem);
        });
        StoredSlice next = Leases.asked(StoredSlice.builder(slice).generation(slice.generation() + 1)
                .spec(asked.filled()).build(), asked.since());
        if (Proposals.sameNetwork(slice.spec(), asked.filled())) {
            return next;
        }
        Allocation allocation = decided(fabric, asked, Optional.of(slice));
        return Change.of(next, asked.since()).allocation(Optional.of(allocation)).state(binds(slice, asked.filled())
                ? state(fabric, asked.filled(), allocation) : slice.state()).slice();
    }

    private Decision decision(Fabric fabric, Ledger ledger, SliceSpec spec, Optional<StoredSlice> own) {
        if (own.isEmpty() || !binds(own.get(), spec)) {
            return own.map(slice -> Binding.withOwnTag(slice, ledger,
                    admission.change(fabric, ledger, spec, Installation.held(slice))))
                    .orElseGet(() -> admission.decide(fabric, ledger, spec, List.of()));
        }
        return Binding.withOwnTag(own.get(), ledger,
                admission.bind(fabric, ledger, spec, own.get().allocation().orElseThrow()));
    }

    private static boolean binds(StoredSlice slice, SliceSpec spec) {
        return slice.state() == SliceState.RESERVED && !Binding.isLater(spec);
    }

    private static SliceState state(Fabric fabric, SliceSpec spec, Allocation allocation) {
        if (Binding.isLater(spec)) {
            return SliceState.RESERVED;
        }
        if (!fabric.enforce()) {
            return SliceState.ACTIVE;
        }
        return LightProgress.isPlanned(allocation) ? SliceState.SWITCHING : SliceState.INSTALLING;
    }

    /** Its own links and hosts are a slice's to use again, its tags are not: packets are under way with them. */
    private Allocation decided(Fabric fabric, Asked asked, Optional<StoredSlice> own) {
        List<StoredSlice> all = store.slices().stream().map(VersionedSlice::slice).collect(Collectors.toList());
        Ledger ledger = Ledgers.of(all, List.of()).outOfUse(Drains.heard(services), fabric).without(asked.id());
        return decision(fabric, ledger, asked.spec(), own).fold(
                allocation -> allocation,
                problem -> {
                    throw new RefusedException(Room.asForeseen(problem, Optional.of(asked.id()), all));
                });
    }
}
