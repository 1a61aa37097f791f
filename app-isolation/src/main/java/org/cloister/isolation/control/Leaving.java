package org.cloister.isolation.control;

import org.cloister.isolation.api.SliceState;
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
 * Takes the rules of all of a slice's allocations out. Links, hosts and tags stay the slice's until every device that
 * may have held a rule of it was read back clean.
 */
final class Leaving {

    void plan(Pass pass, VersionedSlice from) {
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
        tell(pass, from, withdrawals, remaining);
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

    private static void tell(Pass pass, VersionedSlice from, List<Withdrawal> withdrawals, List<DeviceId> remaining) {
        StoredSlice slice = from.slice();
        Change change = Change.of(slice, pass.now());
        String names = remaining.stream().map(pass::name).sorted().collect(Collectors.joining(", "));
        boolean late = slice.deadline().map(deadline -> !deadline.isAfter(pass.now())).orElse(true);
        if (!pass.fabric().enforce()) {
            change.holds(Conditions.REMOVAL_DELAYED, Conditions.ENFORCE_IS_FALSE,
                    "the configuration says enforce:false, so rules are left on " + names);
        } else if (late) {
            Optional<String> refused = withdrawals.stream()
                    .flatMap(each -> each.refused(pass.limits().attempts()).stream()).findFirst();
            List<DeviceId> absent = remaining.stream()
                    .filter(device -> !pass.observed().device(device).available()).collect(Collectors.toList());
            if (refused.isPresent()) {
                change.holds(Conditions.REMOVAL_DELAYED, Conditions.RULES_REFUSED, refused.get());
            } else if (!absent.isEmpty()) {
                change.holds(Conditions.REMOVAL_DELAYED, Conditions.DEVICE_ABSENT, "ONOS does not reach "
                        + absent.stream().map(pass::name).sorted().collect(Collectors.joining(", ")));
            } else if (slice.state() == SliceState.REMOVING) {
                change.holds(Conditions.REMOVAL_DELAYED, Conditions.RULES_REMAIN, "rules remain on " + names);
            }
        } else {
            slice.deadline().ifPresent(pass.plan()::wake);
        }
        if (!change.slice().equals(slice)) {
            pass.plan().write(new Operation.Write(from, change.slice()));
        }
    }

    private static void tellOfMeters(Pass pass, VersionedSlice from) {
        StoredSlice slice = from.slice();
        Optional<Instant> deadline = slice.deadline().filter(at -> at.isAfter(pass.now()));
        deadline.ifPresent(pass.plan()::wake);
        if (deadline.isEmpty()) {
            Change change = Change.of(slice, pass.now()).holds(Conditions.REMOVAL_DELAYED, Conditions.METERS_REMAIN,
                    "meters remain on " + slice.meters().stream().map(meter -> DeviceId.deviceId(meter.device()))
                            .map(pass::name).distinct().sorted().collect(Collectors.joining(", ")));
            if (!change.slice().equals(slice)) {
                pass.plan().write(new Operation.Write(from, change.slice()));
            }
        }
    }
}
