package org.cloister.isolation.control;

import org.cloister.isolation.api.Bandwidth;
import org.cloister.isolation.api.ImmutableBandwidth;
import org.cloister.isolation.api.ImmutablePlacement;
import org.cloister.isolation.api.ImmutableSliceSpec;
import org.cloister.isolation.api.Member;
import org.cloister.isolation.api.Placement;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.RefusedException;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceAdminService.PutResult;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.config.App;
import org.cloister.isolation.control.environment.ImmutableServices;
import org.cloister.isolation.control.environment.Limits;
import org.cloister.isolation.control.environment.ReadBack;
import org.cloister.isolation.control.environment.Services;
import org.cloister.isolation.control.environment.SwitchErrors;
import org.cloister.isolation.control.environment.TableReader;
import org.cloister.isolation.control.observed.Tags;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.metrics.ControlMetrics;
import org.cloister.isolation.program.sim.LeafSpine;
import org.cloister.isolation.store.DistributedDrainStore;
import org.cloister.isolation.store.DistributedSettingsStore;
import org.cloister.isolation.store.DistributedSliceStore;
import org.cloister.isolation.store.DrainStore;
import org.cloister.isolation.store.SettingsStore;
import org.cloister.testing.FakeLeadership;
import org.cloister.testing.MemoryStorage;
import org.cloister.testing.VirtualTime;
import org.onosproject.cluster.NodeId;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRule;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The whole of control on fake switches, in virtual time. */
public final class Bench {

    public static final NodeId NODE = NodeId.nodeId("node-1");
    /** A number that no application has. */
    public static final int NOBODY = 77;
    static final Duration LONG = Duration.ofSeconds(120);

    public final VirtualTime time = new VirtualTime();
    final MemoryStorage storage = new MemoryStorage();
    final FakeOnosRules onos = new FakeOnosRules(time);
    public final FakeMeters meters = new FakeMeters(time, onos);
    final FakeDevices devices = new FakeDevices(onos);
    final FakeLeadership leadership = new FakeLeadership(NODE);
    final FakeFabric fabric;
    /** Moves light, if the fabric has any. */
    final FakeOptics optics;
    public DistributedSliceStore store;
    SliceControl slices;
    /** Runs what a change of a slice brings about; what is told is lost if this does nothing. */
    Executor events = time;
    private boolean barrier;
    private Predicate<String> readable = name -> true;
    private ControlMetrics metrics = ControlMetrics.none();

    private Bench(Fabric fabric) {
        this.fabric = new FakeFabric(fabric);
        this.optics = new FakeOptics(time, this.fabric, fabric);
        fabric.switches().values().forEach(each -> onos.add(each.device()));
    }

    /** Returns a bench of 2 leaves, 2 spines and 3 hosts a leaf, {@code gpu-LEAF-PORT}, that has not started. */
    public static Bench small() {
        return new Bench(LeafSpine.of(2, 2, 3));
    }

    static Bench of(Fabric fabric) {
        return new Bench(fabric);
    }

    /** Reads rules back after barriers. */
    Bench barrier() {
        barrier = true;
        return this;
    }

    /** Has what happens counted. */
    Bench monitored(ControlMetrics by) {
        metrics = by;
        return this;
    }

    /** Leaves reading tables to ONOS's polls, also where that is urgent. */
    Bench withoutReader() {
        return mastering();
    }

    /** Can read the tables of some switches only: another node is the master of the others. */
    Bench mastering(String... switches) {
        readable = Set.of(switches)::contains;
        return this;
    }

    /** Starts a node; again after {@link #stop} as its restart. */
    public Bench start() {
        store = new DistributedSliceStore(storage, event -> events.execute(event));
        store.activate();
        slices = new SliceControl(services(NODE, store));
        slices.start();
        return this;
    }

    public Services services(NodeId node, DistributedSliceStore itsStore) {
        return ImmutableServices.builder()
                .app(new DefaultApplicationId(42, App.NAME)).nobodys(number -> number == NOBODY).local(node)
                .flowRules(onos).meters(meters).devices(devices).leadership(leadership).storage(storage).store(itsStore).settings(settings()).drains(drains())
                .fabric(fabric).switchErrors(SwitchErrors.none())
                .reader(() -> Optional.of(new Reader()))
                .readBack(() -> barrier ? ReadBack.BARRIER : ReadBack.POLL)
                .circuits(optics::requests)
                .metrics(metrics).clock(time.clock()).limits(Limits.defaults())
                .meterReader(meters.reader()).meterCalls(time).control(time).timers(time).replies(time).build();
    }

    private DrainStore drains() {
        DistributedDrainStore drains = new DistributedDrainStore(storage, event -> events.execute(event));
        drains.activate();
        return drains;
    }

    private SettingsStore settings() {
        DistributedSettingsStore settings = new DistributedSettingsStore(storage);
        settings.activate();
        return settings;
    }

    private final class Reader implements TableReader {
        @Override
        public boolean reaches(DeviceId device) {
            return fabric.fabric().orElseThrow().switches().values().stream()
                    .anyMatch(each -> each.device().equals(device) && readable.test(each.name()));
        }

        @Override
        public boolean read(DeviceId device) {
            if (reaches(device)) {
                onos.read(onos.at(device));
                return true;
            }
            return false;
        }
    }

    /** Starts and waits until the switches deny by default and were read. */
    Bench ready() {
        start();
        time.pass(Duration.ofSeconds(20));
        return this;
    }

    void stop() {
        slices.stop();
        store.deactivate();
        onos.newSender();
    }

    static SliceId id(String text) {
        return SliceId.of(text);
    }

    public static SliceSpec spec(String... hosts) {
        return SliceSpec.builder()
                .addAllMembers(Arrays.stream(hosts).map(Member::of).collect(Collectors.toList())).build();
    }

    /** Returns a request for a number of hosts, with candidates if any are named. */
    static SliceSpec placed(int hosts, String... candidates) {
        return SliceSpec.builder().placement(ImmutablePlacement.builder().hosts(hosts).addCandidates(candidates).build())
                .build();
    }

    /** Returns a request for a number of hosts that are named later. */
    static SliceSpec later(int hosts, String... candidates) {
        return SliceSpec.builder().placement(ImmutablePlacement.builder().hosts(hosts).addCandidates(candidates)
                .bind(Placement.Bind.LATER).build()).build();
    }

    /** Returns a request for shared links, each member limited to a rate in bit/s. */
    public static SliceSpec shared(long bitsPerSecond, String... hosts) {
        return ImmutableSliceSpec.builder().from(spec(hosts)).bandwidth(ImmutableBandwidth.builder()
                .mode(Bandwidth.Mode.SHARED).guaranteedBitsPerSecond(bitsPerSecond).build()).build();
    }

    /** Asks for a slice and waits for the decision. */
    PutResult put(String id, String... hosts) {
        return await(slices.put(id(id), spec(hosts), "slurm"));
    }

    /** Asks for a slice and waits until it is settled. */
    Slice create(String id, String... hosts) {
        put(id, hosts);
        return settled(id);
    }

    Slice settled(String id) {
        return await(slices.whenSettled(id(id)));
    }

    /** Removes a slice and waits until it is gone. */
    void remove(String id) {
        await(slices.remove(id(id)));
        await(slices.whenGone(id(id)));
    }

    Slice slice(String id) {
        return slices.slice(id(id)).orElseThrow();
    }

    /** Waits for a future; a refusal is thrown. */
    <T> T await(CompletableFuture<T> future) {
        time.until("an answer", LONG, future::isDone);
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RefusedException) {
                throw (RefusedException) e.getCause();
            }
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Asks for a slice, or for a change of one, and waits until it is settled. */
    Slice create(String id, SliceSpec spec) {
        await(slices.put(id(id), spec, "slurm"));
        return settled(id);
    }

    /** Waits for a refusal. */
    Problem refusal(CompletableFuture<?> future) {
        try {
            throw new AssertionError("not refused: " + await(future));
        } catch (RefusedException e) {
            return e.problem();
        }
    }

    public FakeSwitch at(String switchName) {
        return onos.at(fabric.fabric().orElseThrow().switches().get(switchName).device());
    }

    /** Returns the rules of a tag on all switches. */
    long rulesOf(int tag) {
        return onos.switches().stream().flatMap(each -> each.rules.keySet().stream())
                .filter(rule -> Tags.of(rule).orElse(0) == tag).count();
    }

    /** Returns everything on all switches. */
    Map<String, Map<FlowRule, FlowRule>> rules() {
        return onos.switches().stream().collect(Collectors.toMap(each -> each.device.toString(),
                each -> Map.copyOf(each.rules)));
    }
}
