package org.cloister.isolation.control.plan;

import org.cloister.isolation.control.observed.DeviceView;
import org.cloister.isolation.control.observed.Failure;
import org.cloister.isolation.control.observed.Observed;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Collects the operations of one pass and keeps the rules that hold for all of them:
 * <ol>
 * <li>a device with operations under way gets no other ones, nor does one that ONOS does not reach;
 * <li>a rule that failed is not touched before its time;
 * <li>no key is added and removed in one plan, because ONOS orders nothing within a batch: the removal wins;
 * <li>a device gets at most so many rules at a time, that a batch is answered within its deadline.
 * </ol>
 */
public final class Plan {

    private static final Comparator<DeviceId> BY_NAME = Comparator.comparing(DeviceId::toString);

    private final Observed observed;
    private final Instant now;
    private final int batch;
    private final List<Operation> writes = new ArrayList<>();
    private final List<Operation.Demand> demands = new ArrayList<>();
    private final SortedMap<DeviceId, Map<FlowRule, FlowRule>> adds = new TreeMap<>(BY_NAME);
    private final SortedMap<DeviceId, Set<FlowRule>> removes = new TreeMap<>(BY_NAME);
    private final SortedMap<DeviceId, Boolean> reads = new TreeMap<>(BY_NAME);
    private final MeterPlan meters;
    private Instant wake = Instant.MAX;

    /** Creates an empty plan of batches of so many rules. */
    public Plan(Observed observed, Instant now, int batch) {
        this.observed = observed;
        this.now = now;
        this.batch = batch;
        this.meters = new MeterPlan(observed, now, this::wake);
    }

    /** Adds the next document of a slice, or the end of one. */
    public void write(Operation operation) {
        writes.add(operation);
    }

    /** Adds what a slice wants of optical circuits. */
    public void demand(Operation.Demand demand) {
        demands.add(demand);
    }

    /** Adds a rule, if its device can take it now. */
    public void add(FlowRule rule) {
        if (ready(rule)) {
            adds.computeIfAbsent(rule.deviceId(), device -> new LinkedHashMap<>()).put(rule, rule);
        }
    }

    /** Removes a rule by its key, if its device can take that now. */
    public void remove(FlowRule rule) {
        if (ready(rule)) {
            removes.computeIfAbsent(rule.deviceId(), device -> new LinkedHashSet<>()).add(rule);
        }
    }

    /** Asks for a read; without one that somebody waits for, devices are read at ONOS's own pace. */
    public void read(DeviceId device) {
        read(device, false);
    }

    /**
     * Asks for a read.
     *
     * @param urgent whether it cannot wait for ONOS's own pace
     */
    public void read(DeviceId device, boolean urgent) {
        DeviceView view = observed.device(device);
        if (view.available() && !view.busy()) {
            reads.merge(device, urgent, Boolean::logicalOr);
        }
    }

    /** What is to be done to meters. */
    public MeterPlan meters() {
        return meters;
    }

    /** Has the next pass begin at a time at the latest. */
    public void wake(Instant at) {
        if (at.isBefore(wake)) {
            wake = at;
        }
    }

    private boolean ready(FlowRule rule) {
        DeviceView view = observed.device(rule.deviceId());
        if (!view.available() || view.busy()) {
            return false;
        }
        Failure failure = view.failures().get(rule);
        if (failure != null && failure.notBefore().isAfter(now)) {
            wake(failure.notBefore());
            return false;
        }
        return true;
    }

    /**
     * Returns the operations: documents first, so that nothing is sent that is not written; then circuits, those first
     * that nobody wants any more, for others may wait for their ports.
     */
    public List<Operation> operations() {
        List<Operation> operations = new ArrayList<>(writes);
        demands.stream().filter(demand -> demand.circuits().isEmpty()).forEach(operations::add);
        demands.stream().filter(demand -> !demand.circuits().isEmpty()).forEach(operations::add);
        operations.addAll(meters.operations());
        SortedSet<DeviceId> devices = new TreeSet<>(BY_NAME);
        devices.addAll(adds.keySet());
        devices.addAll(removes.keySet());
        for (DeviceId device : devices) {
            Set<FlowRule> out = removes.getOrDefault(device, Set.of());
            List<FlowRule> in = new ArrayList<>(adds.getOrDefault(device, Map.of()).values());
            in.removeAll(out);
            List<FlowRule> firstOut = first(new ArrayList<>(out), batch);
            operations.add(new Operation.Apply(device, first(in, batch - firstOut.size()), firstOut));
        }
        reads.keySet().removeAll(devices);
        reads.forEach((device, urgent) -> operations.add(new Operation.Read(device, urgent)));
        if (wake.isBefore(Instant.MAX)) {
            operations.add(new Operation.Wake(wake));
        }
        return operations;
    }

    private static List<FlowRule> first(List<FlowRule> rules, int count) {
        return rules.subList(0, Math.min(rules.size(), count));
    }
}
