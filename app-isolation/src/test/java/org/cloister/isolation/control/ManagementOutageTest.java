package org.cloister.isolation.control;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.config.WatchedLinks;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.ImmutableFabric;
import org.cloister.isolation.fabric.Link;
import org.cloister.isolation.fabric.Switch;
import org.cloister.isolation.program.sim.LeafSpine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Switches that ONOS loses for a while, in ONOS's order: all ports of a lost switch are down before it is away; a switch
 * that is back is available before its ports are up; its links are discovered one by one.
 */
class ManagementOutageTest {

    private static final List<String> SLICES = List.of("job-1", "job-2", "job-3", "job-4", "job-5", "job-6");
    private static final Duration LLDP = Duration.ofSeconds(3);

    private final ImmutableFabric whole = (ImmutableFabric) LeafSpine.of(4, 5, 3);
    private final Bench bench = Bench.of(whole);
    private final WatchedLinks history = new WatchedLinks(bench.time.now());
    private final Set<String> away = new TreeSet<>();
    private final Set<String> portsDown = new TreeSet<>();
    private final Set<Link> undiscovered = new TreeSet<>();
    private final Map<String, Allocation> before = new HashMap<>();

    @BeforeEach
    void manySlices() {
        show();
        bench.ready();
        for (int i = 0; i < SLICES.size(); i++) {
            int leaf = i / 3 * 2 + 1;
            bench.create(SLICES.get(i), "gpu-" + leaf + "-" + (i % 3 + 1), "gpu-" + (leaf + 1) + "-" + (i % 3 + 1));
        }
        SLICES.forEach(id -> before.put(id, bench.slice(id).allocation().orElseThrow()));
    }

    private void show() {
        List<FabricPort> down = portsDown.stream().filter(name -> !away.contains(name))
                .flatMap(name -> whole.switches().get(name).fabricPorts().stream()
                        .map(number -> FabricPort.of(name, number))).collect(Collectors.toList());
        List<Link> links = whole.links().stream().filter(link -> Stream.of(link.from(), link.to())
                .noneMatch(port -> away.contains(port.switchName()) || down.contains(port)))
                .filter(link -> !undiscovered.contains(link)).collect(Collectors.toList());
        Fabric seen = whole.withLinks(links).withDownPorts(down).withAvailableDevices(whole.switches().values().stream()
                .filter(each -> !away.contains(each.name())).map(Switch::device).collect(Collectors.toList()));
        bench.fabric.configure(Optional.of(history.on(seen, bench.time.now())));
    }

    private void lose(String name) {
        portsDown.add(name);
        show();
        bench.time.pass(Duration.ofMillis(5));
        nobodyHasMoved();
        bench.devices.available(bench.at(name), false);
        away.add(name);
        bench.time.pass(Duration.ofMillis(25));
        show();
        whole.links().stream().filter(link -> link.from().switchName().equals(name)
                || link.to().switchName().equals(name)).forEach(undiscovered::add);
    }

    private void find(String name) {
        bench.devices.available(bench.at(name), true);
        bench.time.pass(Duration.ofMillis(25));
        nobodyHasMoved();
        away.remove(name);
        show();
        bench.time.pass(Duration.ofMillis(100));
        nobodyHasMoved();
        portsDown.remove(name);
        show();
        bench.time.pass(Duration.ofMillis(25));
        nobodyHasMoved();
    }

    /** Finds links one by one, those that leaves send to first, and among them first those that nobody has. */
    private void discover() {
        List<Link> found = new ArrayList<>(undiscovered);
        Collections.reverse(found);
        found.sort((one, other) -> Boolean.compare(one.from().switchName().startsWith("spine"),
                other.from().switchName().startsWith("spine")));
        for (Link link : found) {
            undiscovered.remove(link);
            show();
            bench.time.pass(LLDP.dividedBy(found.size()));
            nobodyHasMoved();
        }
    }

    private void nobodyHasMoved() {
        SLICES.forEach(id -> {
            assertThat(bench.slice(id).allocation()).as(id).contains(before.get(id));
            assertThat(bench.store.slice(Bench.id(id)).orElseThrow().slice().move()).as(id).isEmpty();
        });
    }

    private void allAreActive() {
        bench.time.until("all ACTIVE", Duration.ofSeconds(60), () -> SLICES.stream()
                .allMatch(id -> bench.slice(id).state() == SliceState.ACTIVE));
        bench.time.pass(Duration.ofSeconds(60));
        nobodyHasMoved();
        SLICES.forEach(id -> {
            assertThat(bench.slice(id).state()).isEqualTo(SliceState.ACTIVE);
            assertThat(bench.store.slice(Bench.id(id)).orElseThrow().slice().retired()).isEmpty();
        });
        assertThat(bench.onos.violations()).isEmpty();
    }

    @Test
    void aLeafThatIsBackKeepsItsSlicesWhereTheyWere() {
        lose("leaf-1");
        bench.time.pass(Duration.ofSeconds(30));
        nobodyHasMoved();
        find("leaf-1");
        discover();
        allAreActive();
    }

    @Test
    void anOutageOfTheWholeManagementNetworkMovesNobody() {
        List<String> all = new ArrayList<>(whole.switches().keySet());
        all.forEach(this::lose);
        bench.time.pass(Duration.ofSeconds(30));
        nobodyHasMoved();
        all.forEach(this::find);
        discover();
        allAreActive();
    }

    @Test
    void aLinkThatHasFailedMeanwhileIsLeftAllTheSame() {
        Link failed = before.get("job-1").links().stream().map(each -> Link.of(each.from(), each.to())).findFirst()
                .orElseThrow();
        lose("leaf-1");
        bench.time.pass(Duration.ofSeconds(30));
        find("leaf-1");
        undiscovered.removeIf(link -> !link.equals(failed));
        show();
        bench.time.until("job-1 elsewhere", Duration.ofSeconds(15), () -> bench.slice("job-1").allocation()
                .orElseThrow().links().stream().noneMatch(each -> Link.of(each.from(), each.to()).equals(failed)));
    }
}
