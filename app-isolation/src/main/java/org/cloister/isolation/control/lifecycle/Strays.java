package org.cloister.isolation.control.lifecycle;

import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.control.observed.DeviceView;
import org.cloister.isolation.control.observed.SeenRule;
import org.cloister.isolation.control.plan.Compiled;
import org.cloister.isolation.control.plan.Desired;
import org.cloister.isolation.control.plan.Installation;
import org.cloister.isolation.control.plan.Pass;
import org.cloister.isolation.control.plan.RuleSet;
import org.cloister.isolation.store.Move;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRule;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Removes rules that nothing wants: this application's, of slices that are gone or of another version's programs, and
 * those of nobody, which somebody put on a switch by hand.
 */
public final class Strays {

    /** Plans the removal of what nothing wants. */
    public void plan(Pass pass, Desired desired) {
        if (!pass.fabric().enforce() || !desired.unreadable().isEmpty()) {
            return;
        }
        Map<Integer, Optional<RuleSet>> owners = new HashMap<>();
        desired.slices().stream().map(VersionedSlice::slice).forEach(slice -> own(pass, slice, owners));
        pass.fabric().switches().values().forEach(each -> plan(pass, each.device(), owners));
    }

    /** Notes what is wanted under each tag of a slice; nothing in particular where rules are being taken out. */
    private static void own(Pass pass, StoredSlice slice, Map<Integer, Optional<RuleSet>> owners) {
        boolean leaving = slice.state() == SliceState.REMOVING || slice.state() == SliceState.FAILED;
        slice.retired().forEach(retired -> owners.put(retired.allocation().tag(), Optional.empty()));
        slice.move().ifPresent(move -> owners.put(move.allocation().tag(), leaving ? Optional.empty()
                : wanted(pass, Installation.next(slice, move),
                        move.phase() == Move.Phase.INSTALLING ? Compiled::paths : Compiled::whole)));
        slice.allocation().filter(allocation -> slice.state() != SliceState.RESERVED)
                .ifPresent(allocation -> owners.put(allocation.tag(), leaving ? Optional.empty()
                : wanted(pass, Installation.current(slice), Compiled::whole)));
    }

    private static Optional<RuleSet> wanted(Pass pass, Installation installation, Function<Compiled, RuleSet> part) {
        try {
            return Optional.of(part.apply(pass.compiled(installation)));
        } catch (RuntimeException e) {
            return Optional.empty(); // not known which of them are wanted
        }
    }

    private static void plan(Pass pass, DeviceId device, Map<Integer, Optional<RuleSet>> owners) {
        DeviceView view = pass.observed().device(device);
        if (!view.known()) {
            return;
        }
        remove(pass, view, view.table().untagged(), pass.base().keys(device));
        for (int tag : view.table().tags()) {
            List<SeenRule> tagged = view.table().tagged(tag);
            Optional<RuleSet> owner = owners.get(tag);
            if (owner == null) {
                remove(pass, view, tagged, Set.of());
            } else {
                owner.ifPresent(wanted -> removeOthers(pass, device, view, wanted, tagged));
            }
        }
    }

    private static void removeOthers(Pass pass, DeviceId device, DeviceView view, RuleSet wanted,
                                     List<SeenRule> tagged) {
        List<FlowRule> rules = wanted.rules(device);
        if (tagged.size() != rules.size() || !wanted.progress(device, view.table()).complete()) {
            remove(pass, view, tagged, new HashSet<>(rules));
        }
    }

    private static void remove(Pass pass, DeviceView view, Collection<SeenRule> present, Set<FlowRule> wanted) {
        for (SeenRule seen : present) {
            if (seen.staysUnlessRemoved(view) && !wanted.contains(seen.rule())) {
                pass.plan().remove(seen.rule());
                pass.plan().read(seen.rule().deviceId());
            }
        }
    }
}
