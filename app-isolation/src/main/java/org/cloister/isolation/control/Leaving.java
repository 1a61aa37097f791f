package org.cloister.isolation.control;

import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.program.Tables;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.IndexTableId;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Takes a slice's rules out: what admits its packets first, then the rest. Links, hosts and tag stay the slice's until
 * every device that may have held a rule of it was read, by a read that began after the last removal was
 * acknowledged, and showed none.
 */
final class Leaving {

    void plan(Pass pass, VersionedSlice from) {
        StoredSlice slice = from.slice();
        if (slice.state() == SliceState.FAILED && slice.allocation().isEmpty()) {
            return;
        }
        List<DeviceId> remaining = remaining(pass, slice);
        // a document that names meters stays until they are gone
        if (remaining.isEmpty() && !slice.meters().isEmpty()) {
            tellOfMeters(pass, from);
            return;
        }
        if (remaining.isEmpty()) {
            pass.plan().write(slice.state() == SliceState.REMOVING ? new Operation.Drop(from)
                    : new Operation.Write(from, Change.of(slice, pass.now()).allocation(Optional.empty())
                            .devices(new TreeSet<>()).holdsNot(Conditions.REMOVAL_DELAYED).slice()));
            return;
        }
        if (pass.fabric().enforce()) {
            remove(pass, slice.allocation().orElseThrow().tag(), remaining);
        }
        tell(pass, from, remaining);
    }

    /** The configured devices that may still hold a rule; a device that is not configured is none of ours. */
    private static List<DeviceId> remaining(Pass pass, StoredSlice slice) {
        if (slice.allocation().isEmpty()) {
            return List.of();
        }
        int tag = slice.allocation().get().tag();
        return slice.devices().stream().map(DeviceId::deviceId)
                .filter(pass::configured)
                .filter(device -> !pass.observed().device(device).clean(tag))
                .collect(Collectors.toList());
    }

    private static void remove(Pass pass, int tag, List<DeviceId> devices) {
        List<SeenRule> present = devices.stream().map(pass.observed()::device)
                .flatMap(view -> view.table().tagged(tag).stream()
                        .filter(seen -> seen.status() != SeenRule.Status.LEAVING
                                || view.failures().containsKey(seen.rule())))
                .collect(Collectors.toList());
        // a switch that is not reached cannot hold up the others
        boolean admits = present.stream().map(SeenRule::rule)
                .anyMatch(rule -> admits(rule) && pass.observed().device(rule.deviceId()).available());
        boolean underWay = devices.stream().map(pass.observed()::device).anyMatch(DeviceView::busy);
        present.stream().map(SeenRule::rule)
                .filter(rule -> admits(rule) || !admits && !underWay)
                .forEach(pass.plan()::remove);
        devices.forEach(pass.plan()::read);
    }

    private static boolean admits(FlowRule rule) {
        return rule.table().equals(IndexTableId.of(Tables.ADMIT));
    }

    private static void tell(Pass pass, VersionedSlice from, List<DeviceId> remaining) {
        StoredSlice slice = from.slice();
        Change change = Change.of(slice, pass.now());
        String names = remaining.stream().map(pass::name).sorted().collect(Collectors.joining(", "));
        boolean late = slice.deadline().map(deadline -> !deadline.isAfter(pass.now())).orElse(true);
        if (!pass.fabric().enforce()) {
            change.holds(Conditions.REMOVAL_DELAYED, Conditions.ENFORCE_IS_FALSE,
                    "the configuration says enforce:false, so rules are left on " + names);
        } else if (late) {
            Optional<String> refused = refusal(pass, slice, remaining);
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

    private static Optional<String> refusal(Pass pass, StoredSlice slice, List<DeviceId> remaining) {
        int tag = slice.allocation().orElseThrow().tag();
        return remaining.stream().flatMap(device -> {
            DeviceView view = pass.observed().device(device);
            return view.table().tagged(tag).stream().map(seen -> view.failures().get(seen.rule()))
                    .filter(failure -> failure != null && failure.attempts() >= pass.limits().attempts())
                    .map(failure -> pass.name(device) + ": " + failure.reason());
        }).findFirst();
    }
}
