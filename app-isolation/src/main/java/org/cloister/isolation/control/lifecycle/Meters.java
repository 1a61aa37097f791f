package org.cloister.isolation.control.lifecycle;

import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.control.plan.Desired;
import org.cloister.isolation.control.plan.MeterNeed;
import org.cloister.isolation.control.plan.Operation;
import org.cloister.isolation.control.plan.Pass;
import org.cloister.isolation.fabric.Switch;
import org.cloister.isolation.store.StoredMeter;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;
import org.onosproject.net.DeviceId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gives every limited member a meter on its leaf. ONOS chooses a meter's id and a meter carries no name, so one is
 * had in three steps, each of which starts from what is observed:
 * <ol>
 * <li>as many are submitted as are lacking beyond those that are nobody's;
 * <li>one that the switch has shown, and that no rule uses, is claimed: its id is written into the slice's document,
 * fenced as allocations are, because two leaders could give one to two slices;
 * <li>only then rules are made of it.
 * </ol>
 * A claim whose meter ONOS does not have any more is given up, which takes the member's admitting rules out, and
 * begins anew. A meter that only the switch has lost is put back by ONOS, under its id. On the way out rules go before
 * their meter, and a claim stands until the meter is gone.
 */
public final class Meters {

    private final Logger log = LoggerFactory.getLogger(getClass());

    /**
     * Plans what is to be done to meters.
     *
     * @param decided the slices whose documents are written for other reasons
     * @return the slices whose documents are written for that: nothing else can be decided on them in this pass
     */
    public Set<SliceId> plan(Pass pass, Desired desired, Set<SliceId> decided) {
        // whose the meters are is not known unless all documents are
        if (!pass.fabric().enforce() || !desired.unreadable().isEmpty()) {
            return Set.of();
        }
        Map<DeviceId, MeterPool> pools = new HashMap<>();
        for (Switch each : pass.fabric().switches().values()) {
            pools.put(each.device(), new MeterPool(pass, each.device()));
        }
        desired.slices().forEach(slice -> slice.slice().meters().forEach(meter ->
                pool(pools, meter).ifPresent(pool -> pool.own(meter.id(), slice.id()))));
        Set<SliceId> written = new HashSet<>();
        for (VersionedSlice from : desired.slices()) {
            try {
                // what a slice waits for counts, whether or not it can be written into its document now
                settle(pass, pools, from).filter(operation -> !decided.contains(from.id())).ifPresent(operation -> {
                    pass.plan().write(operation);
                    written.add(from.id());
                });
            } catch (RuntimeException e) {
                // one document that makes no sense must not stop all others; people are told where rules are made of it
                log.debug("No meters for slice {}", from.id(), e);
            }
        }
        pools.values().forEach(MeterPool::plan);
        return written;
    }

    private static Optional<MeterPool> pool(Map<DeviceId, MeterPool> pools, StoredMeter meter) {
        return Optional.ofNullable(pools.get(DeviceId.deviceId(meter.device())));
    }

    private static Optional<Operation> settle(Pass pass, Map<DeviceId, MeterPool> pools, VersionedSlice from) {
        StoredSlice slice = from.slice();
        boolean carries = slice.state() == SliceState.INSTALLING || slice.state() == SliceState.ACTIVE
                || slice.state() == SliceState.DEGRADED;
        Set<MeterNeed> needs = carries ? MeterNeed.of(pass.fabric(), slice) : Set.of();
        if (needs.isEmpty() && slice.meters().isEmpty()) {
            return Optional.empty();
        }
        Set<MeterNeed> held = carries ? MeterNeed.held(pass.fabric(), slice) : Set.of();
        Set<MeterNeed> met = new HashSet<>();
        List<StoredMeter> meters = new ArrayList<>();
        for (StoredMeter meter : slice.meters()) {
            MeterNeed purpose = MeterNeed.of(meter);
            boolean wanted = held.contains(purpose) && !met.contains(purpose);
            boolean stays = pool(pools, meter).filter(pool -> wanted
                    ? pool.serves(slice.id(), meter.id(), purpose.size())
                    : pool.leaves(slice.id(), meter.id(), purpose.size())).isPresent();
            if (stays) {
                meters.add(meter);
            }
            if (stays && wanted) {
                met.add(purpose);
            }
        }
        int kept = meters.size();
        for (MeterNeed need : needs) {
            if (!met.contains(need)) {
                MeterPool pool = pools.get(need.device());
                pool.take(need.size(), slice.id()).ifPresentOrElse(id -> meters.add(need.by(id)),
                        () -> pool.lack(need.size()));
            }
        }
        if (meters.equals(slice.meters())) {
            return Optional.empty();
        }
        StoredSlice next = StoredSlice.builder(slice).meters(meters).build();
        return Optional.of(meters.size() > kept ? new Operation.Allocate(from, next)
                : new Operation.Write(from, next));
    }
}
