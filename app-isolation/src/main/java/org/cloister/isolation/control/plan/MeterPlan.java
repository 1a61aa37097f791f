package org.cloister.isolation.control.plan;

import org.cloister.isolation.control.observed.Failure;
import org.cloister.isolation.control.observed.MeterSize;
import org.cloister.isolation.control.observed.MeterView;
import org.cloister.isolation.control.observed.Observed;
import org.cloister.isolation.control.observed.SeenMeter;
import org.onosproject.net.DeviceId;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Collects what one pass wants done to meters. A device that ONOS does not reach gets nothing, nor does one whose
 * meters are not known or about to change; a size that was refused is not tried again before its time.
 */
public final class MeterPlan {

    private static final Comparator<DeviceId> BY_NAME = Comparator.comparing(DeviceId::toString);
    /** How many are submitted or withdrawn at a time; each takes ONOS some milliseconds. */
    private static final int BATCH = 50;

    private final Observed observed;
    private final Instant now;
    private final Consumer<Instant> wake;
    private final SortedMap<DeviceId, List<MeterSize>> submits = new TreeMap<>(BY_NAME);
    private final SortedMap<DeviceId, SortedMap<Long, MeterSize>> withdrawals = new TreeMap<>(BY_NAME);
    private final SortedSet<DeviceId> reads = new TreeSet<>(BY_NAME);

    MeterPlan(Observed observed, Instant now, Consumer<Instant> wake) {
        this.observed = observed;
        this.now = now;
        this.wake = wake;
    }

    /** Asks for one more meter. */
    public void submit(DeviceId device, MeterSize size) {
        Failure failure = observed.meters(device).failures().get(size);
        if (failure != null && failure.notBefore().isAfter(now)) {
            wake.accept(failure.notBefore());
        } else if (ready(device)) {
            submits.computeIfAbsent(device, key -> new ArrayList<>()).add(size);
        }
    }

    /** Asks for a meter to go. */
    public void withdraw(DeviceId device, SeenMeter meter) {
        if (ready(device)) {
            withdrawals.computeIfAbsent(device, key -> new TreeMap<>()).put(meter.id(), meter.size());
        }
    }

    /** Asks for a read; without one that somebody waits for, meters are read at ONOS's own pace. */
    public void read(DeviceId device) {
        if (ready(device)) {
            reads.add(device);
        }
    }

    private boolean ready(DeviceId device) {
        MeterView view = observed.meters(device);
        return view.known() && !view.busy() && observed.device(device).available();
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        SortedSet<DeviceId> devices = new TreeSet<>(BY_NAME);
        devices.addAll(submits.keySet());
        devices.addAll(withdrawals.keySet());
        for (DeviceId device : devices) {
            SortedMap<Long, MeterSize> out = withdrawals.getOrDefault(device, new TreeMap<>());
            out.keySet().removeAll(List.copyOf(out.keySet()).subList(Math.min(BATCH, out.size()), out.size()));
            List<MeterSize> in = submits.getOrDefault(device, List.of());
            operations.add(new Operation.Meter(device, in.subList(0, Math.min(BATCH - out.size(), in.size())), out));
        }
        reads.removeAll(devices);
        reads.forEach(device -> operations.add(new Operation.ReadMeters(device)));
        return operations;
    }
}
