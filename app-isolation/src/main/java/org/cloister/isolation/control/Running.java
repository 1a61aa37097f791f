package org.cloister.isolation.control;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Host;
import org.cloister.isolation.fabric.Link;
import org.cloister.isolation.program.Program;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;

import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;

/** Watches over slices that were installed: ACTIVE while all is there, DEGRADED while something is missing. */
final class Running {

    static final String NOT_ENFORCED = "the configuration says enforce:false, so no rules are installed";

    void plan(Pass pass, VersionedSlice from) {
        StoredSlice slice = from.slice();
        Change change = Change.of(slice, pass.now());
        Program program = pass.programs().of(pass.fabric(), slice);
        Optional<Trouble> trouble = configuration(pass.fabric(), slice.allocation().orElseThrow(), program);
        boolean judged = true;
        if (pass.fabric().enforce()) {
            change.holdsNot(Conditions.NOT_ENFORCED);
            SortedSet<String> devices = Pending.devices(pass, slice);
            devices.addAll(slice.devices());
            boolean written = devices.equals(slice.devices());
            change.devices(devices);
            Rollout rollout = new Rollout(pass, slice, program);
            if (written) {
                rollout.plan();
            }
            trouble = trouble.or(() -> installed(pass, rollout));
            judged = trouble.isPresent() || rollout.complete();
        } else {
            change.holds(Conditions.NOT_ENFORCED, Conditions.ENFORCE_IS_FALSE, NOT_ENFORCED);
        }
        if (judged) {
            trouble.ifPresentOrElse(
                    found -> change.state(SliceState.DEGRADED)
                            .holds(Conditions.DEGRADED, found.reason(), found.message()),
                    () -> change.state(SliceState.ACTIVE).holdsNot(Conditions.DEGRADED));
        }
        if (!change.slice().equals(slice)) {
            pass.plan().write(new Operation.Write(from, change.slice()));
        }
    }

    private static Optional<Trouble> installed(Pass pass, Rollout rollout) {
        if (!rollout.absentDevices().isEmpty()) {
            return Optional.of(rollout.missing());
        }
        Optional<Trouble> refused = rollout.refused(pass.limits().attempts());
        return refused.isPresent() ? refused
                : rollout.surelyIncomplete() ? Optional.of(rollout.missing()) : Optional.empty();
    }

    /** What the slice needs of the configuration and the wiring. */
    private static Optional<Trouble> configuration(Fabric fabric, Allocation allocation, Program program) {
        if (!program.unknownSwitches().isEmpty()) {
            return Optional.of(Trouble.switchesNotConfigured(program.unknownSwitches()));
        }
        for (AllocatedMember member : allocation.members()) {
            Host host = fabric.hosts().get(member.host());
            if (host == null) {
                return Optional.of(new Trouble(Conditions.HOST_NOT_CONFIGURED,
                        "not in the configuration: " + member.host()));
            }
            if (!same(host, member)) {
                return Optional.of(new Trouble(Conditions.HOST_CHANGED, member.host()
                        + " has another port or other addresses than those it was allocated with"));
            }
        }
        String links = allocation.links().stream().map(link -> Link.of(link.from(), link.to()))
                .filter(link -> !fabric.links().contains(link)).map(Link::toString)
                .collect(Collectors.joining(", "));
        return links.isEmpty() ? Optional.empty()
                : Optional.of(new Trouble(Conditions.LINK_ABSENT, "not there: " + links));
    }

    private static boolean same(Host host, AllocatedMember member) {
        return host.port().equals(member.port())
                && host.mac().toString().equalsIgnoreCase(member.mac())
                && host.ipv4().stream().map(Object::toString).collect(Collectors.toList()).equals(member.ipv4());
    }
}
