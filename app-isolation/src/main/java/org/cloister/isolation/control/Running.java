package org.cloister.isolation.control;

import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;

import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Watches over slices that were installed: ACTIVE while all is there, DEGRADED while something is missing. Rules that
 * are missing are put back; where not enough is known to judge, the state stays.
 */
final class Running {

    static final String NOT_ENFORCED = "the configuration says enforce:false, so no rules are installed";

    void plan(Pass pass, VersionedSlice from) {
        StoredSlice slice = from.slice();
        Change change = Change.of(slice, pass.now());
        Optional<Trouble> trouble = pass.programs().trouble(pass.fabric(), slice);
        if (pass.fabric().enforce()) {
            enforce(pass, slice, change.holdsNot(Conditions.NOT_ENFORCED), trouble);
        } else {
            judge(change.holds(Conditions.NOT_ENFORCED, Conditions.ENFORCE_IS_FALSE, NOT_ENFORCED), trouble);
        }
        if (!change.slice().equals(slice)) {
            pass.plan().write(new Operation.Write(from, change.slice()));
        }
    }

    private static void enforce(Pass pass, StoredSlice slice, Change change, Optional<Trouble> trouble) {
        SortedSet<String> devices = new TreeSet<>(pass.programs().devices(pass.fabric(), slice));
        devices.addAll(slice.devices());
        Rollout rollout = new Rollout(pass, slice);
        Metering metering = new Metering(pass, slice, slice.allocation().orElseThrow());
        // where rules may be is written before the first one is sent there
        if (devices.equals(slice.devices())) {
            rollout.plan(DeviceView::known);
        } else {
            change.devices(devices);
        }
        boolean complete = rollout.complete() && metering.complete();
        if (complete) {
            change.observedGeneration(slice.generation());
        }
        if (!rollout.complete()) {
            // a switch that has lost a meter has lost its rules with it
            metering.read();
        }
        Optional<Trouble> found = trouble.or(() -> installed(pass, rollout, metering));
        if (found.isPresent() || complete) {
            judge(change, found);
        }
    }

    private static void judge(Change change, Optional<Trouble> trouble) {
        trouble.ifPresentOrElse(
                found -> change.state(SliceState.DEGRADED)
                        .holds(Conditions.DEGRADED, found.reason(), found.message()),
                () -> change.state(SliceState.ACTIVE).holdsNot(Conditions.DEGRADED));
    }

    private static Optional<Trouble> installed(Pass pass, Rollout rollout, Metering metering) {
        if (!rollout.absentDevices().isEmpty()) {
            return Optional.of(rollout.missing());
        }
        return rollout.refused(pass.limits().attempts()).or(() -> metering.refused(pass.limits().attempts()))
                .or(() -> metering.surelyIncomplete() ? metering.missing() : Optional.empty())
                .or(() -> rollout.surelyIncomplete() ? Optional.of(rollout.missing()) : Optional.empty());
    }
}
