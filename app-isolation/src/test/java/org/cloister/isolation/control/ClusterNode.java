package org.cloister.isolation.control;

import org.cloister.isolation.control.environment.CircuitRequests;
import org.cloister.isolation.control.environment.ImmutableServices;
import org.cloister.isolation.store.DistributedDrainStore;
import org.cloister.isolation.store.DistributedSliceStore;
import org.cloister.isolation.store.NodeStorage;
import org.cloister.testing.Lane;
import org.cloister.testing.VirtualTime;
import org.onosproject.cluster.NodeId;
import org.onosproject.net.meter.MeterService;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One node of a cluster in virtual time: it can be killed, stand still, lose sight of the store, hear late. */
final class ClusterNode {

    final NodeId id;
    final Lane control;
    final SliceControl slices;
    final ClusterLeadership.View leadership;
    /** How late it hears of changes of documents. */
    Duration hears = Duration.ofMillis(1);
    private final VirtualTime time;
    private final List<Lane> lanes;
    private final DistributedSliceStore store;
    private final DistributedDrainStore drains;

    /**
     * Starts a node.
     *
     * @param outcomes what becomes of its calls of the store
     * @param circuits takes what it asks of circuits
     * @param metering hears of each of its calls that changes meters
     */
    ClusterNode(NodeId id, Bench bench, ClusterLeadership.View leadership, Supplier<NodeStorage.Outcome> outcomes,
                CircuitRequests circuits,
                Consumer<String> metering) {
        this.id = id;
        this.time = bench.time;
        this.leadership = leadership;
        Lane timers = new Lane(time);
        Lane replies = new Lane(time);
        Lane events = new Lane(time);
        Lane calls = new Lane(time);
        control = new Lane(time);
        lanes = List.of(control, timers, replies, events, calls);
        NodeStorage storage = new NodeStorage(bench.storage, outcomes);
        store = new DistributedSliceStore(storage,
                event -> events.schedule(event, hears.toMillis(), TimeUnit.MILLISECONDS));
        store.activate();
        drains = new DistributedDrainStore(storage,
                event -> events.schedule(event, hears.toMillis(), TimeUnit.MILLISECONDS));
        drains.activate();
        slices = new SliceControl(ImmutableServices.copyOf(bench.services(id, store))
                .withFlowRules(bench.onos.of(id.toString())).withMeters(heard(bench.meters, metering))
                .withCircuits(() -> bench.optics.requests().map(each -> circuits)).withLeadership(leadership).withStorage(storage).withDrains(drains)
                .withControl(control).withTimers(timers).withReplies(replies).withMeterCalls(calls));
        slices.start();
    }

    private static MeterService heard(MeterService meters, Consumer<String> metering) {
        return (MeterService) Proxy.newProxyInstance(MeterService.class.getClassLoader(),
                new Class<?>[]{MeterService.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("submit") || method.getName().equals("withdraw")) {
                        metering.accept(method.getName() + " " + arguments[0]);
                    }
                    try {
                        return method.invoke(meters, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Nothing runs here until then, and nothing is heard. */
    void sleep(Instant until) {
        lanes.forEach(lane -> lane.sleep(until));
    }

    /** Ends in the middle of everything. */
    void kill() {
        lanes.forEach(Lane::kill);
        stop();
    }

    /** Ends as a bundle that is stopped. */
    void stop() {
        slices.stop();
        store.deactivate();
        drains.deactivate();
        lanes.forEach(Lane::kill);
    }
}
