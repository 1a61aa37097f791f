package org.cloister.isolation.control.lifecycle;

import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.control.admission.Repairs;
import org.cloister.isolation.control.light.LightProgress;
import org.cloister.isolation.control.light.LostLinks;
import org.cloister.isolation.control.light.Switching;
import org.cloister.isolation.control.observed.DeviceView;
import org.cloister.isolation.control.plan.Change;
import org.cloister.isolation.control.plan.Compiled;
import org.cloister.isolation.control.plan.Conditions;
import org.cloister.isolation.control.plan.Installation;
import org.cloister.isolation.control.plan.Operation;
import org.cloister.isolation.control.plan.Pass;
import org.cloister.isolation.control.plan.Trouble;
import org.cloister.isolation.store.Move;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Watches over slices that were installed: ACTIVE while all is there, DEGRADED while something is missing. Rules that
 * are missing are put back; where not enough is known to judge, the state stays. Moves to other allocations take place
 * meanwhile, and leave the state as it is.
 */
public final class Running {

    private final Repairs repairs;
    private final Moving moving = new Moving();
    private final Retiring retiring = new Retiring();

    /** Creates what watches, and says what repairs found. */
    public Running(Repairs repairs) {
        this.repairs = repairs;
    }

    /** Plans the next steps of a slice that is ACTIVE or DEGRADED. */
    public void plan(Pass pass, VersionedSlice from) {
        StoredSlice slice = from.slice();
        Change change = Change.of(slice, pass.now());
        LostLinks lost = new LostLinks(pass, Installation.current(slice));
        Optional<Trouble> unmet = pass.compiled(Installation.current(slice)).unmet(pass.fabric())
                .or(() -> trouble(pass, slice, lost));
        if (!lost.any() && !pass.drained().touches(slice.allocation().orElseThrow())) {
            change.holdsNot(Conditions.MOVE_FAILED);
        } else if (!lost.any() && slice.move().isEmpty()) {
            repairs.why(slice.id()).ifPresent(why -> change.holds(Conditions.MOVE_FAILED, Conditions.LINK_DRAINED,
                    "its links are drained; no others: " + why));
        }
        if (pass.fabric().enforce()) {
            enforce(pass, slice, change.holdsNot(Conditions.NOT_ENFORCED), unmet);
        } else {
            judge(change.notEnforced(), unmet);
        }
        if (!change.slice().equals(slice)) {
            pass.plan().write(new Operation.Write(from, change.slice()));
        }
    }

    private void enforce(Pass pass, StoredSlice slice, Change change, Optional<Trouble> unmet) {
        if (LightProgress.isPlanned(slice.allocation().orElseThrow())) {
            Switching.moving(pass, change); // what was planned while nothing was to be installed
            return;
        }
        Compiled current = pass.compiled(Installation.current(slice));
        SortedSet<String> devices = new TreeSet<>(current.whole().deviceIds());
        devices.addAll(slice.devices());
        boolean switching = slice.move().filter(move -> move.phase() == Move.Phase.SWITCHING).isPresent();
        Rollout rollout = new Rollout(pass, switching ? current.paths() : current.whole(), false);
        List<Rollout> needed = new ArrayList<>(List.of(rollout));
        Metering metering = new Metering(pass, slice, slice.allocation().orElseThrow());
        if (switching) {
            needed.add(new Rollout(pass, pass.compiled(Installation.next(slice, slice.move().get())).paths(), true));
        }
        // where rules may be is written before the first one is sent there
        if (devices.equals(slice.devices())) {
            rollout.plan(DeviceView::known);
        } else {
            change.devices(devices);
        }
        boolean changing = slice.move().filter(move -> move.reason() == Move.Reason.CHANGE).isPresent();
        if (!rollout.complete()) {
            // a switch that has lost a meter has lost its rules with it
            metering.read();
        }
        if (rollout.complete() && metering.complete() && !switching && !changing) {
            change.observedGeneration(slice.generation());
        }
        retiring.plan(pass, slice, change);
        if (!isBeingRepaired(pass, slice)) {
            Optional<Trouble> found = unmet.or(() -> installed(pass, needed, metering))
                    .or(() -> switching ? moving.trouble(pass, slice) : Optional.empty());
            // host ports that change over are not judged, so nothing says that they admit again
            if (found.isPresent() || !switching && metering.complete() && needed.stream().allMatch(Rollout::complete)) {
                judge(change, found);
            }
        }
        if (slice.move().isPresent()) {
            moving.plan(pass, slice, change);
        }
    }

    private Optional<Trouble> trouble(Pass pass, StoredSlice slice, LostLinks lost) {
        if (!lost.any() || Repairs.isOutOfReach(pass, slice)) {
            return Optional.empty(); // of a leaf that is away its absence is told
        }
        return Optional.of(repairs.why(slice.id()).map(why -> lost.trouble().and("no others: " + why))
                .orElseGet(lost::trouble));
    }

    /** A slice that finds other links soon is spared the alarm. */
    private static boolean isBeingRepaired(Pass pass, StoredSlice slice) {
        if (slice.move().filter(move -> move.reason() == Move.Reason.REPAIR).isEmpty()) {
            return false;
        }
        Instant late = slice.move().get().since().plus(pass.limits().repairing());
        if (!late.isAfter(pass.now())) {
            return false;
        }
        pass.plan().wake(late);
        return true;
    }

    private static void judge(Change change, Optional<Trouble> trouble) {
        trouble.ifPresentOrElse(
                found -> change.state(SliceState.DEGRADED)
                        .holds(Conditions.DEGRADED, found.reason(), found.message()),
                () -> change.state(SliceState.ACTIVE).holdsNot(Conditions.DEGRADED));
    }

    private static Optional<Trouble> installed(Pass pass, List<Rollout> needed, Metering metering) {
        return first(needed, rollout -> rollout.absentDevices().isEmpty() ? Optional.empty()
                : Optional.of(rollout.missing()))
                .or(() -> first(needed, rollout -> rollout.refused(pass.limits().attempts(), Instant.MIN)))
                .or(() -> metering.refused(pass.limits().attempts(), Instant.MIN))
                .or(() -> metering.surelyIncomplete() ? metering.missing() : Optional.empty())
                .or(() -> first(needed, rollout -> rollout.surelyIncomplete() ? Optional.of(rollout.missing())
                        : Optional.empty()));
    }

    private static Optional<Trouble> first(List<Rollout> rollouts, Function<Rollout, Optional<Trouble>> trouble) {
        return rollouts.stream().flatMap(rollout -> trouble.apply(rollout).stream()).findFirst();
    }
}
