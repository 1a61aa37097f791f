package org.cloister.isolation.control.lifecycle;

import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.control.observed.DeviceView;
import org.cloister.isolation.control.observed.MeterSize;
import org.cloister.isolation.control.observed.MeterView;
import org.cloister.isolation.control.observed.SeenMeter;
import org.cloister.isolation.control.observed.SeenMeter.Status;
import org.cloister.isolation.control.plan.Pass;
import org.onosproject.net.DeviceId;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The meters of one device in one pass: which slice's each is, which are nobody's, and what is lacking. Meters of one
 * size are alike, so whoever lacks one takes any that is nobody's.
 */
final class MeterPool {

    private final Pass pass;
    private final DeviceId device;
    private final MeterView view;
    private final DeviceView rules;
    private final Map<Long, SliceId> owners = new HashMap<>();
    private final SortedMap<MeterSize, Integer> lacking = new TreeMap<>();

    MeterPool(Pass pass, DeviceId device) {
        this.pass = pass;
        this.device = device;
        this.view = pass.observed().meters(device);
        this.rules = pass.observed().device(device);
    }

    /** Notes that a slice's document names a meter; the first one that does has it. */
    void own(long id, SliceId slice) {
        owners.putIfAbsent(id, slice);
    }

    /** Returns whether a meter of a slice may be used, as far as is known. */
    boolean serves(SliceId slice, long id, MeterSize size) {
        SeenMeter seen = view.meters().get(id);
        return !view.known() || slice.equals(owners.get(id)) && seen != null && seen.size().equals(size)
                && seen.status() != Status.LEAVING;
    }

    /** Withdraws a meter that its slice needs no more, once no rule uses it; returns false when it is gone. */
    boolean leaves(SliceId slice, long id, MeterSize size) {
        if (!view.known()) {
            return true;
        }
        SeenMeter seen = view.meters().get(id);
        if (!slice.equals(owners.get(id)) || seen == null || !seen.size().equals(size)) {
            return false;
        }
        withdraw(seen);
        pass.plan().meters().read(device);
        return true;
    }

    /**
     * Takes a meter that the switch has shown and that is nobody's. A rule of a slice that is gone may still use one;
     * whoever took it would share its rate. While meters are being withdrawn it may be one of these.
     */
    Optional<Long> take(MeterSize size, SliceId slice) {
        boolean sure = view.known() && !view.busy() && rules.known();
        Optional<Long> found = !sure ? Optional.empty() : spare(size).stream()
                .filter(seen -> seen.status() == Status.ADDED && !rules.table().meters().contains(seen.id()))
                .map(SeenMeter::id).findFirst();
        found.ifPresent(id -> owners.put(id, slice));
        return found;
    }

    /** Notes that a meter is needed that is not there. */
    void lack(MeterSize size) {
        lacking.merge(size, 1, Integer::sum);
    }

    /** Submits what is lacking beyond what is on its way, and withdraws what nobody waits for. */
    void plan() {
        if (!view.known()) {
            return;
        }
        lacking.forEach((size, count) -> {
            for (int there = spare(size).size(); there < count; there++) {
                pass.plan().meters().submit(device, size);
            }
            pass.plan().meters().read(device);
        });
        Map<MeterSize, Integer> kept = new HashMap<>();
        for (SeenMeter seen : view.meters().values()) {
            if (owners.containsKey(seen.id())) {
                continue;
            }
            boolean waitedFor = usable(seen)
                    && kept.merge(seen.size(), 1, Integer::sum) <= lacking.getOrDefault(seen.size(), 0);
            if (!waitedFor) {
                withdraw(seen);
            }
        }
    }

    /** Rules go before their meter: a switch that deletes a meter deletes its rules, and ONOS would send them again. */
    private void withdraw(SeenMeter seen) {
        if (seen.status() != Status.LEAVING && rules.known() && !rules.busy()
                && !rules.table().meters().contains(seen.id())) {
            pass.plan().meters().withdraw(device, seen);
        }
    }

    private List<SeenMeter> spare(MeterSize size) {
        List<SeenMeter> spare = new ArrayList<>();
        for (SeenMeter seen : view.meters().values()) {
            if (seen.size().equals(size) && !owners.containsKey(seen.id()) && usable(seen)) {
                spare.add(seen);
            }
        }
        return spare;
    }

    /** One that was refused, or has been on its way for too long, is sent again and again until it is withdrawn. */
    private boolean usable(SeenMeter seen) {
        if (seen.status() != Status.SENT) {
            return seen.status() == Status.ADDED;
        }
        Instant givenUp = seen.since().plus(pass.limits().metering());
        boolean usable = !view.refused().contains(seen.id()) && givenUp.isAfter(pass.now());
        if (usable) {
            pass.plan().wake(givenUp);
        }
        return usable;
    }
}
