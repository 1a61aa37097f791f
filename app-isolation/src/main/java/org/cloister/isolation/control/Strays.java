package org.cloister.isolation.control;

import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRule;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Removes rules that nothing wants: this application's, of slices that are gone or of another version's programs, and
 * those of nobody, which somebody put on a switch by hand.
 */
final class Strays {

    void plan(Pass pass, Desired desired) {
        if (!pass.fabric().enforce() || !desired.unreadable().isEmpty()) {
            return;
        }
        Map<Integer, StoredSlice> owners = new HashMap<>();
        for (VersionedSlice each : desired.slices()) {
            each.slice().allocation().ifPresent(allocation -> owners.put(allocation.tag(), each.slice()));
        }
        pass.fabric().switches().values().forEach(each -> plan(pass, each.device(), owners));
    }

    private static void plan(Pass pass, DeviceId device, Map<Integer, StoredSlice> owners) {
        DeviceView view = pass.observed().device(device);
        if (!view.known()) {
            return;
        }
        remove(pass, view, view.table().untagged(), pass.base().keys(device));
        for (int tag : view.table().tags()) {
            StoredSlice owner = owners.get(tag);
            List<SeenRule> tagged = view.table().tagged(tag);
            if (owner == null) {
                remove(pass, view, tagged, Set.of());
            } else if (owner.state() != SliceState.REMOVING && owner.state() != SliceState.FAILED) {
                removeOthers(pass, device, view, owner, tagged);
            }
        }
    }

    private static void removeOthers(Pass pass, DeviceId device, DeviceView view, StoredSlice owner,
                                     List<SeenRule> tagged) {
        List<FlowRule> wanted;
        boolean complete;
        try {
            wanted = pass.programs().of(pass.fabric(), owner).rules().getOrDefault(device, List.of());
            complete = pass.programs().progress(pass.fabric(), owner, device, view.table()).complete();
        } catch (RuntimeException e) {
            return; // not known which of them are wanted
        }
        if (!complete || tagged.size() != wanted.size()) {
            remove(pass, view, tagged, new HashSet<>(wanted));
        }
    }

    private static void remove(Pass pass, DeviceView view, Collection<SeenRule> present, Set<FlowRule> wanted) {
        for (SeenRule seen : present) {
            boolean leaving = seen.status() == SeenRule.Status.LEAVING && !view.failures().containsKey(seen.rule());
            if (!leaving && !wanted.contains(seen.rule())) {
                pass.plan().remove(seen.rule());
                pass.plan().read(seen.rule().deviceId());
            }
        }
    }
}
