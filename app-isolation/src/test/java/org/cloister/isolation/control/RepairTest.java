package org.cloister.isolation.control;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Condition;
import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.config.WatchedLinks;
import org.cloister.isolation.control.observed.Tags;
import org.cloister.isolation.control.plan.Conditions;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.ImmutableFabric;
import org.cloister.isolation.fabric.Link;
import org.cloister.isolation.program.sim.LeafSpine;
import org.cloister.isolation.store.Retired;
import org.cloister.isolation.store.StoredSlice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** Slices whose links fail. */
class RepairTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private Bench bench = Bench.of(LeafSpine.of(3, 2, 3));
    private ImmutableFabric whole = (ImmutableFabric) bench.fabric.fabric().orElseThrow();

    private void threeSpines() {
        whole = (ImmutableFabric) LeafSpine.of(3, 3, 3);
        bench = Bench.of(whole);
    }

    @AfterEach
    void nothingThatOnosPunishes() {
        assertThat(bench.onos.violations()).isEmpty();
    }

    private StoredSlice stored(String id) {
        return bench.store.slice(Bench.id(id)).orElseThrow().slice();
    }

    private List<Link> links(String id) {
        return bench.slice(id).allocation().orElseThrow().links().stream()
                .map(link -> Link.of(link.from(), link.to())).collect(Collectors.toList());
    }

    private List<Link> without(FabricPort... ports) {
        return whole.links().stream().filter(link -> !List.of(ports).contains(link.from())
                && !List.of(ports).contains(link.to())).collect(Collectors.toList());
    }

    private ImmutableFabric down(FabricPort... ports) {
        return whole.withLinks(without(ports)).withDownPorts(ports);
    }

    /** The fabric with links that went away quietly at a time. */
    private ImmutableFabric gone(Instant at, FabricPort... ports) {
        Map<Link, Instant> gone = new HashMap<>();
        whole.links().stream().filter(link -> !without(ports).contains(link)).forEach(link -> gone.put(link, at));
        return whole.withLinks(without(ports)).withGone(gone);
    }

    private void configure(Fabric now) {
        bench.fabric.configure(Optional.of(now));
    }

    private Condition condition(String id, String type) {
        return bench.slice(id).conditions().stream().filter(each -> each.type().equals(type)).findFirst()
                .orElseThrow();
    }

    private FabricPort uplink(String id) {
        return bench.slice(id).allocation().orElseThrow().members().get(0).uplink().orElseThrow();
    }

    @Test
    void aPortThatGoesDownMovesItsSliceToFreeLinksAndNoOther() {
        threeSpines();
        bench.ready();
        Slice before = bench.create("job-1", "gpu-1-1", "gpu-2-1");
        Slice other = bench.create("job-2", "gpu-1-2", "gpu-3-1");
        FabricPort failed = uplink("job-2");
        Traffic spared = new Traffic(bench).watch("gpu-1-1", "gpu-2-1");
        Instant then = bench.time.now();
        configure(down(failed));
        bench.time.until("packets flow again", Duration.ofSeconds(2), () -> bench.store.slice(Bench.id("job-2"))
                .orElseThrow().slice().move().isEmpty() && !links("job-2").isEmpty()
                && !uplink("job-2").equals(failed));
        assertThat(Duration.between(then, bench.time.now())).isLessThan(Duration.ofSeconds(1));
        assertThat(bench.slice("job-2").state()).isEqualTo(SliceState.ACTIVE);
        assertThat(bench.slice("job-2").stateSince()).as("spared the alarm").isEqualTo(other.stateSince());
        assertThat(bench.slice("job-2").generation()).isEqualTo(1);
        assertThat(new Traffic(bench).way("gpu-1-2", "gpu-3-1")).noneMatch(link -> link.from().equals(failed));
        assertThat(new Traffic(bench).arrives("gpu-1-2", "gpu-3-1")).isTrue();
        assertThat(bench.slice("job-1")).isEqualTo(before);
        assertThat(spared.lost()).isEmpty();

        Allocation moved = bench.slice("job-2").allocation().orElseThrow();
        configure(whole);
        bench.time.pass(LONG);
        assertThat(bench.slice("job-2").allocation()).as("it does not move back").contains(moved);
        assertThat(stored("job-2").retired()).isEmpty();
    }

    @Test
    void aLinkThatComesAndGoesIsTheLastChoice() {
        threeSpines();
        bench.ready();
        bench.create("job-1", "gpu-1-1", "gpu-2-1");
        WatchedLinks history = new WatchedLinks(bench.time.now());
        FabricPort first = uplink("job-1");
        configure(history.on(whole, bench.time.now()));
        configure(history.on(down(first), bench.time.now()));
        bench.time.until("elsewhere", Duration.ofSeconds(2), () -> !uplink("job-1").equals(first));
        bench.time.pass(Duration.ofSeconds(5));
        FabricPort second = uplink("job-1");
        configure(history.on(down(second), bench.time.now()));
        bench.time.until("elsewhere", Duration.ofSeconds(2), () -> !uplink("job-1").equals(second));
        bench.time.pass(Duration.ofSeconds(5));
        FabricPort third = uplink("job-1");
        assertThat(third).isNotEqualTo(first);
        configure(history.on(down(second, third), bench.time.now()));
        bench.time.until("there is no other", Duration.ofSeconds(2), () -> uplink("job-1").equals(first));
        assertThat(bench.slice("job-1").state()).isEqualTo(SliceState.ACTIVE);
    }

    @Test
    void withoutSpareLinksItIsDegradedSaysWhyAndIsWellWhenTheLinkIs() {
        bench.ready();
        bench.create("job-1", "gpu-1-1", "gpu-2-1");
        bench.create("job-2", "gpu-1-2", "gpu-2-2");
        FabricPort failed = uplink("job-1");
        Allocation before = bench.slice("job-1").allocation().orElseThrow();
        configure(down(failed));
        bench.time.until("DEGRADED", Duration.ofSeconds(2),
                () -> bench.slice("job-1").state() == SliceState.DEGRADED);
        Condition degraded = condition("job-1", Conditions.DEGRADED);
        assertThat(degraded.reason()).isEqualTo(Conditions.LINK_ABSENT);
        assertThat(degraded.message()).contains("not there: " + failed + "->").contains("no others: ");
        int asked = bench.onos.switches().stream().mapToInt(each -> each.asked).sum();
        bench.time.pass(Duration.ofMinutes(5));
        assertThat(bench.onos.switches().stream().mapToInt(each -> each.asked).sum() - asked)
                .as("no more than polls bring").isLessThan(5 * 12 * 5 * 4);
        configure(whole);
        bench.time.until("ACTIVE", Duration.ofSeconds(1), () -> bench.slice("job-1").state() == SliceState.ACTIVE);
        assertThat(bench.slice("job-1").allocation()).contains(before);
    }

    @Test
    void linksThatOthersGiveBackAreTakenAtOnce() {
        bench.ready();
        bench.create("job-1", "gpu-1-1", "gpu-2-1");
        bench.create("job-2", "gpu-1-2", "gpu-2-2");
        configure(down(uplink("job-1")));
        bench.time.until("DEGRADED", LONG, () -> bench.slice("job-1").state() == SliceState.DEGRADED);
        bench.remove("job-2");
        bench.time.until("ACTIVE", Duration.ofSeconds(2), () -> bench.slice("job-1").state() == SliceState.ACTIVE);
        assertThat(new Traffic(bench).arrives("gpu-1-1", "gpu-2-1")).isTrue();
    }

    @Test
    void aLinkThatGoesQuietlyIsMissedAfterTenSeconds() {
        bench.ready();
        bench.create("job-1", "gpu-1-1", "gpu-2-1");
        FabricPort failed = uplink("job-1");
        configure(gone(bench.time.now(), failed));
        bench.time.pass(Duration.ofSeconds(9));
        assertThat(uplink("job-1")).isEqualTo(failed);
        assertThat(bench.slice("job-1").state()).as("it may only be late").isEqualTo(SliceState.ACTIVE);
        bench.time.until("elsewhere", Duration.ofSeconds(2), () -> !uplink("job-1").equals(failed));
    }

    @Test
    void nothingMovesBecauseLinksAreNotDiscoveredYet() {
        bench.ready();
        Slice before = bench.create("job-1", "gpu-1-1", "gpu-2-1");
        bench.stop();
        bench.onos.forget();
        configure(whole.withLinks().withWatchedSince(bench.time.now()));
        bench.start();
        bench.time.pass(Duration.ofSeconds(40));
        assertThat(bench.slice("job-1")).isEqualTo(before);
        configure(whole.withLinks(without(uplink("job-1"))).withWatchedSince(bench.time.now().minusSeconds(40)));
        bench.time.pass(Duration.ofSeconds(10));
        assertThat(bench.slice("job-1")).isEqualTo(before);
        bench.time.until("elsewhere", Duration.ofSeconds(12),
                () -> !uplink("job-1").equals(before.allocation().orElseThrow().members().get(0).uplink().get()));
    }

    @Test
    void aLeafThatIsAwayMovesNobody() {
        bench.ready();
        Slice before = bench.create("job-1", "gpu-1-1", "gpu-2-1");
        FabricPort[] ports = whole.switches().get("leaf-2").fabricPorts().stream()
                .map(number -> FabricPort.of("leaf-2", number)).toArray(FabricPort[]::new);
        bench.devices.available(bench.at("leaf-2"), false);
        configure(gone(bench.time.now(), ports));
        bench.time.pass(LONG);
        assertThat(bench.slice("job-1").state()).isEqualTo(SliceState.DEGRADED);
        assertThat(condition("job-1", Conditions.DEGRADED).reason()).isEqualTo(Conditions.DEVICE_ABSENT);
        assertThat(bench.slice("job-1").allocation()).isEqualTo(before.allocation());
        bench.devices.available(bench.at("leaf-2"), true);
        configure(whole);
        bench.time.until("ACTIVE", LONG, () -> bench.slice("job-1").state() == SliceState.ACTIVE);
    }

    @Test
    void aSpineThatDiesTakesNoSliceWithIt() {
        threeSpines();
        bench.ready();
        bench.create("job-1", "gpu-1-1", "gpu-2-1");
        bench.create("job-2", "gpu-1-2", "gpu-3-1");
        String spine = links("job-1").get(0).to().switchName();
        FabricPort[] ports = links("job-1").stream().flatMap(link -> List.of(link.from(), link.to()).stream())
                .filter(port -> !port.switchName().equals(spine)).distinct().toArray(FabricPort[]::new);
        bench.devices.available(bench.at(spine), false);
        configure(down(ports));
        bench.time.until("ACTIVE elsewhere", Duration.ofSeconds(2),
                () -> links("job-1").stream().noneMatch(link -> link.to().switchName().equals(spine))
                        && bench.slice("job-1").state() == SliceState.ACTIVE);
        bench.time.pass(LONG);
        assertThat(stored("job-1").retired()).as("the spine may hold rules").hasSize(1);
        assertThat(new Traffic(bench).arrives("gpu-1-1", "gpu-2-1")).isTrue();
        bench.devices.available(bench.at(spine), true);
        configure(whole);
        bench.time.until("clean", LONG, () -> stored("job-1").retired().isEmpty());
    }

    @Test
    void aSpineThatDiesForGoodKeepsNobodysHostsAndLinks() {
        threeSpines();
        bench.ready();
        int before = bench.create("job-1", "gpu-1-1", "gpu-2-1").allocation().orElseThrow().tag();
        String spine = links("job-1").get(0).to().switchName();
        FabricPort[] ports = links("job-1").stream().flatMap(link -> List.of(link.from(), link.to()).stream())
                .filter(port -> !port.switchName().equals(spine)).distinct().toArray(FabricPort[]::new);
        bench.devices.available(bench.at(spine), false);
        configure(down(ports));
        bench.time.until("given back", Duration.ofSeconds(30), () -> stored("job-1").retired().stream()
                .allMatch(Retired::released) && !stored("job-1").retired().isEmpty());
        bench.time.pass(Duration.ofSeconds(61));
        assertThat(bench.slice("job-1").state()).isEqualTo(SliceState.ACTIVE);
        assertThat(condition("job-1", Conditions.REMOVAL_DELAYED).message())
                .isEqualTo("of links that it had before: ONOS does not reach " + spine);

        bench.slices.remove(Bench.id("job-1"));
        bench.time.pass(Duration.ofSeconds(30));
        assertThat(bench.slice("job-1").state()).as("its rules are on " + spine).isEqualTo(SliceState.REMOVING);
        int now = bench.create("job-2", "gpu-1-1", "gpu-2-2").allocation().orElseThrow().tag();
        assertThat(now).as("its tag is taken").isNotEqualTo(before);
        assertThat(bench.create("job-3", "gpu-2-1", "gpu-3-1").state()).isEqualTo(SliceState.ACTIVE);
        Traffic traffic = new Traffic(bench).watch("gpu-1-1", "gpu-2-2");
        bench.time.pass(Duration.ofSeconds(61));
        assertThat(condition("job-1", Conditions.REMOVAL_DELAYED).reason()).isEqualTo(Conditions.DEVICE_ABSENT);
        assertThat(bench.rulesOf(before)).as("the test means something").isPositive();
        bench.devices.available(bench.at(spine), true);
        configure(whole);
        assertThat(new Traffic(bench).arrives("gpu-1-1", "gpu-2-1")).as("under the old rules").isFalse();
        bench.time.until("gone", LONG, () -> bench.slices.slice(Bench.id("job-1")).isEmpty());
        assertThat(bench.rulesOf(before)).isZero();
        assertThat(traffic.lost()).isEmpty();
    }

    @Test
    void aSliceThatIsRemovedWhileItsSpineIsAwayGivesItsHostsBack() {
        bench.ready();
        int tag = bench.create("job-1", "gpu-1-1", "gpu-2-1").allocation().orElseThrow().tag();
        String spine = links("job-1").get(0).to().switchName();
        bench.devices.available(bench.at(spine), false);
        bench.slices.remove(Bench.id("job-1"));
        bench.time.pass(Duration.ofSeconds(30));
        assertThat(bench.slice("job-1").state()).isEqualTo(SliceState.REMOVING);
        assertThat(bench.slice("job-1").allocation()).isEmpty();
        assertThat(bench.create("job-2", "gpu-1-1", "gpu-1-2").state()).isEqualTo(SliceState.ACTIVE);
        bench.devices.available(bench.at(spine), true);
        bench.time.until("gone", LONG, () -> bench.slices.slice(Bench.id("job-1")).isEmpty());
        assertThat(bench.rulesOf(tag)).isZero();
    }

    @Test
    void aLeafThatIsAwayMayAdmitAndKeepsHostsAndLinks() {
        bench.ready();
        bench.create("job-1", "gpu-1-1", "gpu-2-1");
        bench.devices.available(bench.at("leaf-2"), false);
        bench.slices.remove(Bench.id("job-1"));
        bench.time.pass(Duration.ofMinutes(3));
        assertThat(bench.refusal(bench.slices.put(Bench.id("job-2"), Bench.spec("gpu-1-1", "gpu-1-2"), "slurm")).type())
                .isEqualTo(ProblemType.HOST_IN_USE);
    }

    @Test
    void withoutAReaderTheSwitchesWordIsEnough() {
        bench.withoutReader().ready();
        assertTrafficMovesWithinASecond();
    }

    @Test
    void whatOtherNodesAreTheMastersOfNeedsNoPoll() {
        bench.mastering("leaf-1").ready();
        assertTrafficMovesWithinASecond();
    }

    private void assertTrafficMovesWithinASecond() {
        bench.create("job-1", "gpu-1-1", "gpu-2-1");
        FabricPort failed = uplink("job-1");
        configure(down(failed));
        bench.time.pass(Duration.ofSeconds(1));
        assertThat(new Traffic(bench).way("gpu-1-1", "gpu-2-1")).isNotEmpty()
                .noneMatch(link -> link.from().equals(failed));
        assertThat(new Traffic(bench).arrives("gpu-1-1", "gpu-2-1")).isTrue();
        bench.time.until("the move ends when all was read", LONG, () -> stored("job-1").move().isEmpty());
    }

    @Test
    void newLinksThatCannotBeInstalledAreTriedAgainLessAndLessOften() {
        bench.ready();
        bench.create("job-1", "gpu-1-1", "gpu-2-1");
        FabricPort failed = uplink("job-1");
        FakeSwitch other = bench.at(links("job-1").get(0).to().switchName().equals("spine-1") ? "spine-2" : "spine-1");
        other.refuses = rule -> Tags.of(rule).isPresent();
        configure(down(failed));
        bench.time.until("MoveFailed", LONG, () -> bench.slice("job-1").conditions().stream()
                .anyMatch(each -> each.type().equals(Conditions.MOVE_FAILED) && each.status()));
        assertThat(condition("job-1", Conditions.MOVE_FAILED).message()).startsWith(
                other == bench.at("spine-1") ? "spine-1: refused" : "spine-2: refused");
        assertThat(bench.slice("job-1").state()).isEqualTo(SliceState.DEGRADED);
        List<Integer> batches = new ArrayList<>();
        for (int minutes = 0; minutes < 4; minutes++) {
            int before = other.batches;
            bench.time.pass(Duration.ofMinutes(5));
            batches.add(other.batches - before);
        }
        assertThat(batches.get(2) + batches.get(3)).isLessThan(batches.get(0) + batches.get(1)).isLessThan(10);
        other.refuses = rule -> false;
        bench.time.until("moved", Duration.ofMinutes(11), () -> !uplink("job-1").equals(failed));
        bench.time.until("ACTIVE", LONG, () -> bench.slice("job-1").state() == SliceState.ACTIVE);
        assertThat(condition("job-1", Conditions.MOVE_FAILED).status()).isFalse();
    }

    @Test
    void newLinksThatFailAsWellAreLeftForOthers() {
        bench.ready();
        bench.create("job-1", "gpu-1-1", "gpu-2-1");
        FabricPort failed = uplink("job-1");
        bench.onos.switches().forEach(each -> each.latency = Duration.ofSeconds(1));
        configure(down(failed));
        bench.time.until("a move", LONG, () -> stored("job-1").move().isPresent());
        FabricPort alsoFailed = stored("job-1").move().orElseThrow().allocation().members().get(0).uplink().get();
        configure(down(failed, alsoFailed));
        bench.time.pass(Duration.ofSeconds(1));
        assertThat(stored("job-1").move()).as("there are no third ones").isEmpty();
        assertThat(bench.slice("job-1").state()).isEqualTo(SliceState.DEGRADED);
        configure(down(failed));
        bench.time.until("ACTIVE", LONG, () -> bench.slice("job-1").state() == SliceState.ACTIVE);
        assertThat(uplink("job-1")).isEqualTo(alsoFailed);
    }
}
