package org.cloister.isolation.control;

import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRule;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** Removes rules of this application that nothing wants: of slices that are gone, or of another version's programs. */
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
        Set<FlowRule> base = pass.base().keys(device);
        Map<SliceId, Set<FlowRule>> wanted = new HashMap<>();
        for (SeenRule seen : view.table().rules()) {
            boolean leaving = seen.status() == SeenRule.Status.LEAVING && !view.failures().containsKey(seen.rule());
            if (!leaving && !base.contains(seen.rule()) && !owned(pass, seen.rule(), owners, wanted)) {
                pass.plan().remove(seen.rule());
                pass.plan().read(device);
            }
        }
    }

    private static boolean owned(Pass pass, FlowRule rule, Map<Integer, StoredSlice> owners,
                                 Map<SliceId, Set<FlowRule>> wanted) {
        OptionalInt tag = Tags.of(rule);
        StoredSlice owner = tag.isPresent() ? owners.get(tag.getAsInt()) : null;
        if (owner == null) {
            return false;
        }
        boolean leaving = owner.state() == SliceState.REMOVING || owner.state() == SliceState.FAILED;
        return leaving || wanted.computeIfAbsent(owner.id(), id -> Set.copyOf(pass.programs()
                .of(pass.fabric(), owner).rules().getOrDefault(rule.deviceId(), List.of()))).contains(rule);
    }
}
