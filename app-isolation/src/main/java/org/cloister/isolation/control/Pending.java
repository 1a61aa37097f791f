package org.cloister.isolation.control;

import org.cloister.isolation.allocation.Decision;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;
import org.onosproject.net.DeviceId;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Decides on requests, in the order in which they were made. */
final class Pending {

    private final Admission admission;

    Pending(Admission admission) {
        this.admission = admission;
    }

    void plan(Pass pass, Desired desired) {
        List<VersionedSlice> waiting = desired.slices().stream()
                .filter(slice -> slice.slice().state() == SliceState.PENDING)
                .sorted(Comparator.<VersionedSlice, java.time.Instant>comparing(each -> each.slice().created())
                        .thenComparing(VersionedSlice::id))
                .collect(Collectors.toList());
        if (waiting.isEmpty()) {
            return;
        }
        Collection<StoredSlice> all = desired.slices().stream().map(VersionedSlice::slice)
                .collect(Collectors.toList());
        Ledgers ledgers = Ledgers.of(all, pass.observed().heldTags());
        for (VersionedSlice slice : waiting) {
            decide(pass, desired, slice, ledgers);
        }
    }

    private void decide(Pass pass, Desired desired, VersionedSlice from, Ledgers ledgers) {
        StoredSlice slice = from.slice();
        if (slice.refusal().isPresent()) {
            pass.plan().write(new Operation.Drop(from));
        } else if (slice.deadline().filter(deadline -> !deadline.isAfter(pass.now())).isPresent()) {
            refuse(pass, from, Problem.of(ProblemType.NOT_READY, "slice " + slice.id() + " was not decided on by "
                    + slice.deadline().get()));
        } else if (!desired.unreadable().isEmpty()) {
            refuse(pass, from, Problem.of(ProblemType.NOT_READY, "slices " + desired.unreadable()
                    + " are stored in a form that this version cannot read, so what they hold is not known"));
        } else {
            Decision decision = admission.decide(pass.fabric(), ledgers.ledger(), slice.spec());
            decision.fold(allocation -> {
                ledgers.add(slice.id(), allocation);
                pass.plan().write(new Operation.Write(from, allocated(pass, slice, allocation)));
                return null;
            }, problem -> {
                refuse(pass, from, problem);
                return null;
            });
        }
    }

    private static void refuse(Pass pass, VersionedSlice from, Problem problem) {
        pass.plan().write(new Operation.Write(from, StoredSlice.builder(from.slice()).refusal(problem).build()));
    }

    private static StoredSlice allocated(Pass pass, StoredSlice slice, Allocation allocation) {
        Change change = Change.of(slice, pass.now()).allocation(java.util.Optional.of(allocation))
                .phase("allocating", slice.created()).phase("switching", pass.now());
        if (!pass.fabric().enforce()) {
            return change.state(SliceState.ACTIVE).observedGeneration(slice.generation())
                    .holds(Conditions.NOT_ENFORCED, Conditions.ENFORCE_IS_FALSE, Running.NOT_ENFORCED).slice();
        }
        return change.devices(devices(pass, change.slice()))
                .state(SliceState.INSTALLING, pass.limits().installing()).slice();
    }

    static SortedSet<String> devices(Pass pass, StoredSlice slice) {
        SortedSet<String> devices = new TreeSet<>();
        for (DeviceId device : pass.programs().of(pass.fabric(), slice).rules().keySet()) {
            devices.add(device.toString());
        }
        return devices;
    }
}
