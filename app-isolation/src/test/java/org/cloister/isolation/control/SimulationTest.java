package org.cloister.isolation.control;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.RefusedException;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Host;
import org.cloister.isolation.fabric.Link;
import org.cloister.isolation.program.sim.FabricModel;
import org.cloister.isolation.program.sim.Frame;
import org.cloister.isolation.program.sim.LeafSpine;
import org.cloister.isolation.program.sim.Trace;
import org.cloister.isolation.program.sim.VlanReading;
import org.cloister.isolation.store.VersionedSlice;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.onosproject.net.flow.FlowRule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random requests on switches that go away, refuse, lose and lie, on nodes that restart: after every single change of
 * a rule on a switch, no host reaches one that it shares no slice with, and no packet crosses a link that is not its
 * slice's. When everything heals, everything comes to rest. A seed gives the same run every time.
 */
class SimulationTest {

    private static final int STEPS = 40;

    private final Fabric fabric = LeafSpine.of(2, 2, 3);
    private final Bench bench = Bench.of(fabric);
    private final List<String> hosts = new ArrayList<>(fabric.hosts().keySet());
    private int judged;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void neverLeaksAndComesToRest(long seed) {
        Random random = new Random(seed);
        bench.onos.seed(seed);
        if (random.nextBoolean()) {
            bench.barrier();
        }
        bench.onos.importing(random.nextBoolean());
        bench.onos.switches().forEach(each -> each.latency = Duration.ofMillis(1 + random.nextInt(400)));
        bench.ready();
        Map<String, Map<FlowRule, FlowRule>> bare = bench.rules();
        bench.onos.watch(this::judge);
        for (int step = 0; step < STEPS; step++) {
            step(random);
            bench.time.pass(Duration.ofMillis(random.nextInt(4000)));
        }
        heal();
        bench.time.pass(Duration.ofMinutes(5));
        assertThat(bench.slices.slices()).allSatisfy(slice ->
                assertThat(slice.state()).isIn(SliceState.ACTIVE, SliceState.FAILED));
        bench.slices.slices().stream().filter(slice -> slice.state() == SliceState.FAILED).forEach(slice ->
                assertThat(slice.allocation()).isEmpty());
        bench.slices.slices().forEach(slice -> bench.remove(slice.id().toString()));
        bench.time.pass(Duration.ofMinutes(1));
        assertThat(bench.rules()).isEqualTo(bare);
        assertThat(bench.onos.violations()).isEmpty();
        assertThat(judged).isPositive();
    }

    private void step(Random random) {
        List<FakeSwitch> switches = new ArrayList<>(bench.onos.switches());
        FakeSwitch any = switches.get(random.nextInt(switches.size()));
        switch (random.nextInt(12)) {
            case 0:
            case 1:
            case 2:
            case 3:
                put(random);
                break;
            case 4:
            case 5:
            case 6:
                remove(random);
                break;
            case 7:
                bench.devices.available(any, !any.available);
                break;
            case 8:
                any.behaviour = FakeSwitch.Behaviour.values()[random.nextInt(3)];
                break;
            case 9:
                int refused = random.nextInt(5);
                any.refuses = rule -> Math.floorMod(rule.hashCode(), 5) == refused;
                any.keeps = random.nextBoolean() ? any.refuses : rule -> false;
                break;
            case 10:
                bench.stop();
                if (random.nextBoolean()) {
                    bench.onos.forget();
                }
                bench.start();
                break;
            default:
                heal();
                break;
        }
    }

    private void put(Random random) {
        List<String> some = new ArrayList<>(hosts);
        Collections.shuffle(some, random);
        String id = "job-" + random.nextInt(4);
        try {
            bench.slices.put(Bench.id(id), Bench.spec(some.subList(0, 2 + random.nextInt(2)).toArray(new String[0])),
                    "slurm");
        } catch (RefusedException e) {
            throw new AssertionError("a refusal belongs into the future", e);
        }
    }

    private void remove(Random random) {
        bench.slices.remove(Bench.id("job-" + random.nextInt(4)));
    }

    private void heal() {
        for (FakeSwitch each : bench.onos.switches()) {
            each.behaviour = FakeSwitch.Behaviour.OBEY;
            each.refuses = rule -> false;
            each.keeps = rule -> false;
            if (!each.available) {
                bench.devices.available(each, true);
            }
        }
    }

    private void judge() {
        judged++;
        Collection<FlowRule> rules = bench.onos.switches().stream().flatMap(each -> each.rules.keySet().stream())
                .collect(Collectors.toList());
        FabricModel model = new FabricModel(fabric, rules, VlanReading.OUTER_TAG);
        Map<String, List<Allocation>> slices = new HashMap<>();
        bench.store.heard().stream().map(VersionedSlice::slice).map(Ledgers::held).forEach(held ->
                held.forEach(allocation -> allocation.members().forEach(member -> slices.put(member.host(), held))));
        for (Host from : fabric.hosts().values()) {
            List<Allocation> own = slices.getOrDefault(from.name(), List.of());
            for (Host to : fabric.hosts().values()) {
                judge(model, from, to, own);
            }
        }
    }

    /** A slice that moves has several allocations at a time. */
    private void judge(FabricModel model, Host from, Host to, List<Allocation> own) {
        Set<String> members = own.stream().flatMap(each -> each.members().stream())
                .map(Allocation.AllocatedMember::host).collect(Collectors.toSet());
        Set<Link> links = own.stream().flatMap(each -> each.links().stream())
                .map(link -> Link.of(link.from(), link.to())).collect(Collectors.toSet());
        for (Frame frame : List.of(Frame.ipv4(from, from.ipv4().get(0), to, to.ipv4().get(0)),
                Frame.arpRequest(from, from.ipv4().get(0), to.ipv4().get(0)))) {
            Trace trace = model.send(from.port(), frame);
            assertThat(trace.looped()).isFalse();
            assertThat(links).as("%s to %s", from.name(), to.name()).containsAll(trace.crossed());
            for (Trace.Delivery delivery : trace.deliveries()) {
                assertThat(delivery.port()).as("%s to %s", from.name(), to.name()).isEqualTo(to.port());
                assertThat(members).as("%s reaches %s", from.name(), to.name()).contains(to.name());
            }
        }
    }
}
