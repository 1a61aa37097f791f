package org.cloister.isolation.control.lifecycle;

import org.cloister.isolation.control.admission.Relocation;
import org.cloister.isolation.control.admission.Repairs;
import org.cloister.isolation.control.light.LightProgress;
import org.cloister.isolation.control.observed.DeviceView;
import org.cloister.isolation.control.observed.Tags;
import org.cloister.isolation.control.plan.Change;
import org.cloister.isolation.control.plan.Compiled;
import org.cloister.isolation.control.plan.Conditions;
import org.cloister.isolation.control.plan.Installation;
import org.cloister.isolation.control.plan.Moves;
import org.cloister.isolation.control.plan.Pass;
import org.cloister.isolation.control.plan.Trouble;
import org.cloister.isolation.store.ImmutableMove;
import org.cloister.isolation.store.Move;
import org.cloister.isolation.store.Retired;
import org.cloister.isolation.store.StoredSlice;
import org.onosproject.net.DeviceId;

import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Brings a slice from one allocation to the next, make before break.
 *
 * <pre>
 * phase        observed                                                 next
 * MOVING_LIGHT light is under every link, and the links are found       INSTALLING
 *              it could not be moved, and there is other ({@link Repairs})  MOVING_LIGHT
 *              there is none, or the deadline                           none; the next one is retired
 * INSTALLING   the next one's paths were read back                      SWITCHING
 *              a rule was refused repeatedly, or the deadline           none; the next one is retired
 * SWITCHING    host ports admit under the new tag only, as read back    none; the current one is retired
 * </pre>
 * In SWITCHING each device first gets what admits at its host ports under the new tag, at the other of two priorities,
 * and loses what admits under the old one once that was read back. There is no way back from there: packets may be on
 * their way under both tags.
 *
 * <p>When the path that a slice has does not work any more, what a switch has acknowledged counts like what was read
 * back where its table cannot be read at any time, as of a switch that another node is the master of: nothing is lost
 * by being wrong.
 */
final class Moving {

    /** Plans the next steps of a slice's move and notes them in its next document. */
    void plan(Pass pass, StoredSlice slice, Change change) {
        Move move = slice.move().orElseThrow();
        if (move.phase() == Move.Phase.MOVING_LIGHT) {
            moveLight(pass, slice, move, change);
            return;
        }
        Compiled next = pass.compiled(Installation.next(slice, move));
        if (!move.devices().containsAll(next.whole().deviceIds())) {
            // where rules may be is written before the first one is sent there
            SortedSet<String> devices = new TreeSet<>(move.devices());
            devices.addAll(next.whole().deviceIds());
            change.move(Optional.of(ImmutableMove.copyOf(move).withDevices(devices)));
        } else if (move.phase() == Move.Phase.INSTALLING) {
            install(pass, slice, move, next, change);
        } else {
            hostPortsChangeOver(pass, slice, move, next, change);
        }
    }

    /** Nothing of the next allocation is on a packet switch yet: it can be given up without a trace. */
    private static void moveLight(Pass pass, StoredSlice slice, Move move, Change change) {
        LightProgress light = new LightProgress(pass, slice, move.allocation());
        Instant fair = pass.fair(move.deadline(), pass.limits().switching());
        if (!pass.fabric().enforce()) {
            return;
        }
        if (light.isVerified()) {
            Move lit = ImmutableMove.copyOf(move).withAllocation(LightProgress.made(move.allocation()))
                    .withDeadline(pass.now().plus(pass.limits().installing()));
            change.move(Optional.of(Relocation.installing(pass, slice, lit)))
                    .phase("switching", move.since()).phases(light.phaseMillis());
        } else if (!fair.isAfter(pass.now()) || light.failure().isPresent()
                && move.vain() >= pass.limits().relights()) {
            Moves.giveUp(slice, change, light.failure().orElseGet(light::missing));
        } else {
            pass.plan().wake(fair);
        }
    }

    private static void install(Pass pass, StoredSlice slice, Move move, Compiled next, Change change) {
        Rollout paths = new Rollout(pass, next.paths(), true);
        Metering metering = new Metering(pass, slice, move.allocation());
        LightProgress light = new LightProgress(pass, slice, move.allocation());
        Optional<Trouble> trouble = givenUp(pass, move, paths, metering, light);
        if (trouble.isPresent()) {
            Moves.giveUp(slice, change, trouble.get());
        } else if (metering.complete() && done(pass, move, paths)) {
            change.move(Optional.of(ImmutableMove.copyOf(move).withPhase(Move.Phase.SWITCHING)));
        } else {
            pass.plan().wake(pass.fair(move.deadline()));
            if (light.isHeld()) {
                paths.plan(DeviceView::available);
            }
        }
    }

    private static Optional<Trouble> givenUp(Pass pass, Move move, Rollout paths, Metering metering,
                                             LightProgress light) {
        if (!paths.unknownSwitches().isEmpty()) {
            return Optional.of(Trouble.switchesNotConfigured(paths.unknownSwitches()));
        }
        int attempts = pass.limits().attempts();
        return paths.refused(attempts, move.since()).or(() -> metering.refused(attempts, move.since()))
                .or(() -> pass.fair(move.deadline()).isAfter(pass.now()) ? Optional.empty()
                        : Optional.of(light.isHeld() ? metering.missing().orElseGet(paths::missing)
                                : light.missing()));
    }

    private static void hostPortsChangeOver(Pass pass, StoredSlice slice, Move move, Compiled next, Change change) {
        Compiled current = pass.compiled(Installation.current(slice));
        Rollout paths = new Rollout(pass, next.paths(), true);
        paths.plan(DeviceView::available);
        Rollout hostAdmits = new Rollout(pass, next.hostAdmits(), true);
        if (next.paths().devices().stream().allMatch(device -> !pass.observed().device(device).available()
                || done(pass, move, paths, device))) {
            hostAdmits.plan(DeviceView::available);
        }
        Set<DeviceId> leaves = new HashSet<>(current.hostAdmits().devices());
        leaves.addAll(next.hostAdmits().devices());
        // a member without its meter is not admitted under the new tag, so it must be under the old one
        boolean over = new Metering(pass, slice, move.allocation()).complete();
        boolean metered = over;
        for (DeviceId leaf : leaves) {
            DeviceView view = pass.observed().device(leaf);
            boolean ready = metered && done(pass, move, hostAdmits, leaf);
            if (!view.available()) {
                // one that the slice will go on using is waited for a while
                if (!next.hostAdmits().rules(leaf).isEmpty() && pass.fair(move.deadline()).isAfter(pass.now())) {
                    over = false;
                    pass.plan().wake(pass.fair(move.deadline()));
                }
            } else if (!ready || !view.admitsNothing(slice.allocation().orElseThrow().tag())) {
                over = false;
                if (ready) {
                    stopAdmitting(pass, slice, view, leaf);
                }
            }
        }
        if (over) {
            swap(pass, slice, move, hostAdmits.complete() && paths.complete(), change);
        }
    }

    /**
     * Returns why host ports do not change over, if a switch has refused that repeatedly or it takes too long: it goes
     * on, but somebody should know.
     */
    Optional<Trouble> trouble(Pass pass, StoredSlice slice) {
        Move move = slice.move().orElseThrow();
        int attempts = pass.limits().attempts();
        Rollout hostAdmits = new Rollout(pass, pass.compiled(Installation.next(slice, move)).hostAdmits(), true);
        Rollout before = new Rollout(pass, pass.compiled(Installation.current(slice)).hostAdmits(), true);
        Metering metering = new Metering(pass, slice, move.allocation());
        return hostAdmits.refused(attempts, move.since()).or(() -> metering.refused(attempts, move.since()))
                .or(() -> before.refused(attempts, move.since()))
                .or(() -> late(pass, slice, move, hostAdmits, metering));
    }

    private static Optional<Trouble> late(Pass pass, StoredSlice slice, Move move, Rollout hostAdmits,
                                          Metering metering) {
        if (pass.fair(move.deadline()).isAfter(pass.now())) {
            pass.plan().wake(pass.fair(move.deadline()));
            return Optional.empty();
        }
        if (metering.surelyIncomplete()) {
            return metering.missing();
        }
        return hostAdmits.surelyIncomplete() ? Optional.of(hostAdmits.missing()) : remaining(pass, slice);
    }

    private static Optional<Trouble> remaining(Pass pass, StoredSlice slice) {
        int tag = slice.allocation().orElseThrow().tag();
        String names = pass.compiled(Installation.current(slice)).hostAdmits().devices().stream()
                .filter(leaf -> pass.observed().device(leaf).known()
                        && pass.observed().device(leaf).table().pushedTags().contains(tag))
                .map(pass::name).sorted().collect(Collectors.joining(", "));
        return names.isEmpty() ? Optional.empty() : Optional.of(new Trouble(Conditions.RULES_REMAIN,
                "rules that admit packets to its earlier links remain on " + names));
    }

    private static void stopAdmitting(Pass pass, StoredSlice slice, DeviceView view, DeviceId leaf) {
        view.table().tagged(slice.allocation().orElseThrow().tag()).stream()
                .filter(seen -> Tags.pushes(seen.rule()) && seen.staysUnlessRemoved(view))
                .forEach(seen -> pass.plan().remove(seen.rule()));
        pass.plan().read(leaf, true);
    }

    private static void swap(Pass pass, StoredSlice slice, Move move, boolean complete, Change change) {
        change.retire(Retired.builder().allocation(slice.allocation().orElseThrow()).admitLevel(slice.admitLevel())
                        .devices(slice.devices()).since(pass.now()).build())
                .allocation(Optional.of(move.allocation())).devices(move.devices())
                .admitLevel(slice.admitLevel().other()).move(Optional.empty())
                .phase("moving", move.since()).holdsNot(Conditions.MOVE_FAILED);
        if (complete) {
            change.observedGeneration(slice.generation());
        }
    }

    private static boolean done(Pass pass, Move move, Rollout rollout) {
        return rollout.complete(device -> onTrust(pass, move, device));
    }

    private static boolean done(Pass pass, Move move, Rollout rollout, DeviceId device) {
        return rollout.complete(device) || onTrust(pass, move, device) && rollout.acknowledged(device);
    }

    private static boolean onTrust(Pass pass, Move move, DeviceId device) {
        return move.reason() == Move.Reason.REPAIR && !pass.observed().device(device).readable();
    }
}
