package org.cloister.isolation.control;

import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.ImmutableSliceSpec;
import org.cloister.isolation.api.Pattern;
import org.cloister.isolation.api.PatternType;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceAdminService.Outcome;
import org.cloister.isolation.api.SliceAdminService.PutResult;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.fabric.ImmutableFabric;
import org.cloister.isolation.fabric.Link;
import org.cloister.isolation.program.sim.LeafSpine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** Slices whose hosts Cloister chooses. */
class PlacementTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final ImmutableFabric whole = (ImmutableFabric) LeafSpine.of(3, 3, 3);
    private final Bench bench = Bench.of(whole);

    @AfterEach
    void nothingThatOnosPunishes() {
        assertThat(bench.onos.violations()).isEmpty();
    }

    private static List<String> hosts(Slice slice) {
        return slice.allocation().orElseThrow().members().stream().map(AllocatedMember::host)
                .collect(Collectors.toList());
    }

    private List<String> hosts(String id) {
        return hosts(bench.slice(id));
    }

    private static String leaf(String host) {
        return host.replaceFirst("gpu-(.*)-.*", "leaf-$1");
    }

    private static SliceSpec shared(SliceSpec spec) {
        return ImmutableSliceSpec.copyOf(spec).withBandwidth(Bench.shared(1_000_000_000L).bandwidth());
    }

    @Test
    void hostsAreChosenInstalledAndShownAndTheWishStaysAsItWas() {
        bench.ready();
        SliceSpec wish = Bench.placed(4);
        Slice slice = bench.create("job", wish);
        assertThat(slice.state()).isEqualTo(SliceState.ACTIVE);
        assertThat(hosts(slice)).as("as few links as can be").containsExactly("gpu-1-1", "gpu-1-2", "gpu-1-3", "gpu-2-1");
        assertThat(slice.spec().placement()).isEqualTo(wish.placement());
        assertThat(slice.spec().members()).isEmpty();
        assertThat(new Traffic(bench).arrives("gpu-1-1", "gpu-2-1")).isTrue();
        assertThat(new Traffic(bench).arrives("gpu-1-1", "gpu-3-1")).isFalse();
    }

    @Test
    void askedForAgainItIsTheSameSliceWhereverItWouldGoNow() {
        bench.ready();
        bench.create("before", Bench.spec("gpu-1-1", "gpu-1-2"));
        bench.create("job", Bench.placed(4));
        List<String> chosen = hosts("job");
        bench.remove("before");
        PutResult again = bench.await(bench.slices.put(Bench.id("job"), Bench.placed(4), "slurm"));
        assertThat(again.outcome()).isEqualTo(Outcome.SAME);
        bench.time.pass(LONG);
        assertThat(hosts("job")).isEqualTo(chosen);
        assertThat(bench.slice("job").generation()).isEqualTo(1);
    }

    @Test
    void aChangeKeepsTheHostsThatItCan() {
        bench.ready();
        bench.create("other", Bench.spec("gpu-1-1", "gpu-2-3"));
        bench.create("job", Bench.placed(2, "gpu-2-1", "gpu-2-2"));
        Traffic traffic = new Traffic(bench).watch("gpu-2-1", "gpu-2-2");
        Slice grown = bench.create("job", Bench.placed(4));
        assertThat(grown.generation()).isEqualTo(2);
        assertThat(hosts(grown)).startsWith("gpu-2-1", "gpu-2-2").hasSize(4);
        assertThat(hosts(bench.create("job", ImmutableSliceSpec.copyOf(Bench.placed(4))
                .withPatterns(Pattern.of(PatternType.RING))))).isEqualTo(hosts(grown));
        assertThat(hosts(bench.create("job", Bench.placed(3)))).isEqualTo(hosts(grown).subList(0, 3));
        assertThat(traffic.lost()).isEmpty();
        Problem refusal = bench.refusal(bench.slices.put(Bench.id("job"), Bench.placed(9), "slurm"));
        assertThat(refusal.type()).isEqualTo(ProblemType.INSUFFICIENT_HOSTS);
        assertThat(refusal.shortage()).contains(Problem.Shortage.of("fabric", "hosts", 9, 7));
        assertThat(hosts("job")).isEqualTo(hosts(grown).subList(0, 3));
    }

    @Test
    void whenLinksFailItKeepsItsHostsAndMovesToOtherLinks() {
        bench.ready();
        bench.create("job", Bench.placed(4));
        List<String> chosen = hosts("job");
        Link failed = Link.of(bench.slice("job").allocation().orElseThrow().links().get(0).from(),
                bench.slice("job").allocation().orElseThrow().links().get(0).to());
        bench.fabric.configure(Optional.of(down(failed)));
        bench.time.until("elsewhere", LONG, () -> bench.slice("job").allocation().orElseThrow().links().stream()
                .noneMatch(link -> link.from().equals(failed.from())));
        assertThat(hosts("job")).isEqualTo(chosen);
        assertThat(bench.slice("job").state()).isEqualTo(SliceState.ACTIVE);
    }

    @Test
    void withoutOtherLinksItsHostsStayAllTheSame() {
        bench.ready();
        bench.create("job", Bench.placed(4));
        List<String> chosen = hosts("job");
        bench.fabric.configure(Optional.of(down(whole.links().stream()
                .filter(link -> link.from().switchName().equals("leaf-1")).toArray(Link[]::new))));
        bench.time.until("DEGRADED", LONG, () -> bench.slice("job").state() == SliceState.DEGRADED);
        bench.time.pass(LONG);
        assertThat(hosts("job")).as("its job runs there").isEqualTo(chosen);
    }

    private ImmutableFabric down(Link... failed) {
        List<Link> all = List.of(failed);
        return whole.withLinks(whole.links().stream().filter(link -> !all.contains(link)
                        && !all.contains(Link.of(link.to(), link.from()))).collect(Collectors.toList()))
                .withDownPorts(all.stream().map(Link::from).collect(Collectors.toList()));
    }

    @Test
    void aDrainedSpineIsLeftWithTheSameHosts() {
        bench.ready();
        bench.create("job", Bench.placed(4));
        List<String> chosen = hosts("job");
        String spine = bench.slice("job").allocation().orElseThrow().links().get(0).to().switchName();
        bench.await(bench.slices.drains().drain(spine));
        bench.time.until("drained", LONG, () -> bench.slices.drains().drains().get(0).drained());
        assertThat(hosts("job")).isEqualTo(chosen);
    }

    @Test
    void leavesThatAreDrainedOrOutOfReachAreNotChosen() {
        bench.ready();
        bench.await(bench.slices.drains().drain("leaf-1"));
        bench.fabric.configure(Optional.of(whole.withAvailableDevices(whole.availableDevices().stream()
                .filter(device -> !device.equals(whole.switches().get("leaf-2").device())).collect(Collectors.toSet()))));
        assertThat(hosts(bench.create("job", Bench.placed(2)))).containsExactly("gpu-3-1", "gpu-3-2");
        Problem refusal = bench.refusal(bench.slices.put(Bench.id("more"), Bench.placed(2), "slurm"));
        assertThat(refusal.detail()).isEqualTo("1 of 2 hosts are free: 1 on leaf-3");
        assertThat(bench.refusal(bench.slices.plan(Bench.id("more"), Bench.placed(2), "slurm"))).isEqualTo(refusal);
    }

    @Test
    void aLeafWithoutMetersIsPassedBy() {
        bench.onos.switches().forEach(each -> each.maxMeters = 2);
        bench.ready();
        bench.create("first", shared(Bench.placed(2, "gpu-1-1", "gpu-1-2")));
        bench.create("second", shared(Bench.placed(2, "gpu-2-1", "gpu-2-2")));
        assertThat(hosts(bench.create("third", shared(Bench.placed(1))))).as("the fullest leaf with a meter").allMatch(host -> leaf(host).equals("leaf-3"));
        Problem refusal = bench.refusal(bench.slices.put(Bench.id("fourth"), shared(Bench.placed(2)), "slurm"));
        assertThat(refusal.type()).isEqualTo(ProblemType.METERS_EXHAUSTED);
        assertThat(bench.create("fourth", Bench.placed(1)).state()).as("it needs no meter").isEqualTo(SliceState.ACTIVE);
    }

    @Test
    void aDryRunSaysWhatARequestGets() {
        bench.ready();
        Slice plan = bench.await(bench.slices.plan(Bench.id("job"), Bench.placed(5), "slurm"));
        assertThat(bench.slices.slices()).isEmpty();
        assertThat(bench.create("job", Bench.placed(5)).allocation()).isEqualTo(plan.allocation());
        Slice changed = bench.await(bench.slices.plan(Bench.id("job"), Bench.placed(6), "slurm"));
        assertThat(hosts(bench.create("job", Bench.placed(6)))).isEqualTo(hosts(changed));
    }
}
