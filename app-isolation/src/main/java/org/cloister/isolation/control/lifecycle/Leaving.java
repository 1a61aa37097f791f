package org.cloister.isolation.control.lifecycle;

import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.control.light.Demanding;
import org.cloister.isolation.control.plan.Change;
import org.cloister.isolation.control.plan.Conditions;
import org.cloister.isolation.control.plan.Moves;
import org.cloister.isolation.control.plan.Operation;
import org.cloister.isolation.control.plan.Pass;
import org.cloister.isolation.store.ImmutableRetired;
import org.cloister.isolation.store.Retired;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;
import org.onosproject.net.DeviceId;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Takes the rules of all of a slice's allocations out. Tags stay the slice's until every device that may have held a
 * rule of it was read back clean; so do links and hosts, unless that is held up and {@link Release} gives them back.
 */
public final class Leaving {

    /** Plans the next steps of a slice that is REMOVING or FAILED. */
    public void plan(Pass pass, VersionedSlice from) {
        StoredSlice slice = from.slice();
        List<Withdrawal> withdrawals = withdrawals(pass, slice);
        if (withdrawals.isEmpty() && slice.meters().isEmpty() && slice.state() == SliceState.FAILED) {
            return;
        }
        List<DeviceId> remaining = withdrawals.stream().map(Withdrawal::remaining).flatMap(Collection::stream)
                .distinct().collect(Collectors.toList());
        // a document that names meters stays until they are gone
        if (remaining.isEmpty() && !slice.meters().isEmpty()) {
            tellOfMeters(pass, from);
            return;
        }
        // light that is not demanded any more may be moved: not before the last rule is gone
        if (remaining.isEmpty() && isDemanded(pass, slice)) {
            Demanding.release(pass, slice.id());
            return;
        }
        if (remaining.isEmpty()) {
            pass.plan().write(slice.state() == SliceState.REMOVING ? new Operation.Drop(from)
                    : new Operation.Write(from, Change.of(slice, pass.now()).allocation(Optional.empty())
                            .devices(new TreeSet<>()).move(Optional.empty()).retired(List.of())
                            .holdsNot(Conditions.REMOVAL_DELAYED).slice()));
            return;
        }
        if (pass.fabric().enforce()) {
            withdrawals.forEach(Withdrawal::plan);
        }
        Change change = Change.of(slice, pass.now());
        release(pass, slice, remaining, change);
        tell(pass, slice, change, withdrawals, remaining);
        if (!change.slice().equals(slice)) {
            pass.plan().write(new Operation.Write(from, change.slice()));
        }
    }

    private static boolean isDemanded(Pass pass, StoredSlice slice) {
        return pass.observed().circuits().of(slice.id()).filter(found -> !found.circuits().isEmpty()).isPresent();
    }

    /** What admits nothing any more becomes an allocation on its way out, as those of slices that moved are. */
    private static void release(Pass pass, StoredSlice slice, List<DeviceId> remaining, Change change) {
        if (!Release.isHeldUp(pass, remaining, slice.since())) {
            return;
        }
        List<Retired> retired = new ArrayList<>();
        slice.retired().forEach(each -> noted(pass, each).ifPresent(retired::add));
        Optional<Retired> current = slice.allocation().map(allocation -> Retired.builder().allocation(allocation)
                .admitLevel(slice.admitLevel()).devices(slice.devices()).since(pass.now()).build());
        current.filter(each -> goes(noted(pass, each), retired)).ifPresent(each ->
                change.allocation(Optional.empty()).devices(new TreeSet<>()));
        Optional<Retired> next = slice.move().map(move ->
                ImmutableRetired.copyOf(Moves.retired(slice, move)).withSince(pass.now()));
        next.filter(each -> goes(noted(pass, each), retired)).ifPresent(each -> change.move(Optional.empty()));
        change.retired(retired);
    }

    /** Returns whether it is gone everywhere, or admits nothing and is on the list by now. */
    private static boolean goes(Optional<Retired> noted, List<Retired> retired) {
        noted.filter(each -> each.quiet().isPresent()).ifPresent(retired::add);
        return noted.isEmpty() || noted.get().quiet().isPresent();
    }

    /** Returns what is known of an allocation; nothing if its rules are gone everywhere. */
    private static Optional<Retired> noted(Pass pass, Retired retired) {
        return new Withdrawal(pass, retired.allocation().tag(), retired.devices(), false).remaining().isEmpty()
                ? Optional.empty() : Optional.of(Release.noted(pass, retired));
    }

    private static List<Withdrawal> withdrawals(Pass pass, StoredSlice slice) {
        List<Withdrawal> withdrawals = new ArrayList<>();
        slice.allocation().ifPresent(allocation ->
                withdrawals.add(new Withdrawal(pass, allocation.tag(), slice.devices(), false)));
        slice.move().ifPresent(move ->
                withdrawals.add(new Withdrawal(pass, move.allocation().tag(), move.devices(), false)));
        slice.retired().forEach(retired ->
                withdrawals.add(new Withdrawal(pass, retired.allocation().tag(), retired.devices(), false)));
        return withdrawals;
    }

    private static void tell(Pass pass, StoredSlice slice, Change change, List<Withdrawal> withdrawals,
                             List<DeviceId> remaining) {
        String names = remaining.stream().map(pass::name).sorted().collect(Collectors.joining(", "));
        boolean late = slice.deadline().map(deadline -> !deadline.isAfter(pass.now())).orElse(true);
        if (!pass.fabric().enforce()) {
            change.holds(Conditions.REMOVAL_DELAYED, Conditions.ENFORCE_IS_FALSE,
                    "the configuration says enforce:false, so rules are left on " + names);
        } else if (late) {
            Withdrawal.delay(pass, withdrawals).filter(delay -> slice.state() == SliceState.REMOVING
                    || !delay.reason().equals(Conditions.RULES_REMAIN)).ifPresent(delay ->
                    change.holds(Conditions.REMOVAL_DELAYED, delay.reason(), delay.message()));
        } else {
            slice.deadline().ifPresent(pass.plan()::wake);
        }
    }

    private static void tellOfMeters(Pass pass, VersionedSlice from) {
        StoredSlice slice = from.slice();
        Optional<Instant> deadline = slice.deadline().filter(at -> at.isAfter(pass.now()));
        deadline.ifPresent(pass.plan()::wake);
        String names = slice.meters().stream().map(meter -> DeviceId.deviceId(meter.device()))
                .map(pass::name).distinct().sorted().collect(Collectors.joining(", "));
        Change change = Change.of(slice, pass.now());
        if (!pass.fabric().enforce()) {
            change.holds(Conditions.REMOVAL_DELAYED, Conditions.ENFORCE_IS_FALSE,
                    "the configuration says enforce:false, so meters are left on " + names);
        } else if (deadline.isEmpty()) {
            change.holds(Conditions.REMOVAL_DELAYED, Conditions.METERS_REMAIN, "meters remain on " + names);
        }
        if (!change.slice().equals(slice)) {
            pass.plan().write(new Operation.Write(from, change.slice()));
        }
    }
}
