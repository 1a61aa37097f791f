package org.cloister.isolation.control;

import org.cloister.isolation.allocation.planning.CommonSpineAllocator;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Condition;
import org.cloister.isolation.api.Drain;
import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.api.FabricView;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceAdminService.PutResult;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.control.admission.RequestAdmission;
import org.cloister.isolation.control.environment.ImmutableServices;
import org.cloister.isolation.control.observed.Tags;
import org.cloister.isolation.control.plan.Conditions;
import org.cloister.isolation.control.requests.Drains;
import org.cloister.isolation.control.requests.PurgeManager;
import org.cloister.isolation.fabric.ImmutableFabric;
import org.cloister.isolation.program.sim.LeafSpine;
import org.cloister.isolation.store.DistributedDrainStore;
import org.cloister.isolation.store.StoredDrain;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;

/** Switches and ports that are taken out of use under traffic. */
class DrainTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final Bench bench = Bench.of(LeafSpine.of(3, 3, 3));

    @AfterEach
    void nothingThatOnosPunishes() {
        assertThat(bench.onos.violations()).isEmpty();
    }

    private Drain drain(String name) {
        return bench.await(bench.slices.drains().drain(name));
    }

    private Drain drained(String name) {
        return bench.slices.drains().drains().stream().filter(each -> each.name().equals(name)).findFirst()
                .orElseThrow();
    }

    private CompletableFuture<PutResult> asked(String... hosts) {
        return bench.slices.put(Bench.id("job-2"), Bench.spec(hosts), "slurm");
    }

    private String spine(String slice) {
        return bench.slice(slice).allocation().orElseThrow().links().stream().map(Allocation.ReservedLink::to)
                .map(FabricPort::switchName).filter(name -> name.startsWith("spine")).findFirst().orElseThrow();
    }

    @Test
    void slicesLeaveASpineWithoutALossAndOthersAreNotTouched() {
        bench.ready();
        bench.create("job-1", "gpu-1-1", "gpu-2-1");
        bench.create("job-2", "gpu-1-2", "gpu-2-2");
        Slice other = bench.create("job-3", "gpu-3-1", "gpu-3-2");
        String spine = spine("job-1");
        Traffic first = new Traffic(bench).watch("gpu-1-1", "gpu-2-1");
        Drain begun = drain(spine);
        assertThat(begun.slices()).containsExactly(Bench.id("job-1"));
        assertThat(begun.drained()).isFalse();
        assertThat(begun.links()).hasSize(6).allMatch(link -> link.contains(spine));
        bench.time.until("drained", LONG, () -> drained(spine).drained());
        assertThat(first.lost()).isEmpty();
        assertThat(first.leaked()).isEmpty();
        assertThat(spine("job-1")).isNotEqualTo(spine);
        assertThat(bench.slice("job-1").state()).isEqualTo(SliceState.ACTIVE);
        assertThat(bench.slice("job-1").generation()).isEqualTo(1);
        assertThat(bench.slice("job-3")).isEqualTo(other);
        assertThat(bench.at(spine).rules.keySet()).as("nothing but what denies by default")
                .noneMatch(rule -> Tags.of(rule).isPresent());
        assertThat(bench.slices.fabric().links()).filteredOn(FabricView.LinkView::drained).hasSize(6);
        assertThat(drain(spine)).as("once more").isEqualTo(drained(spine));
    }

    @Test
    void whatIsDrainedIsGivenToNobodyAndComesBack() {
        bench.ready();
        drain("spine-1");
        drain("leaf-1/5");
        bench.create("job-1", "gpu-1-1", "gpu-2-1");
        assertThat(spine("job-1")).isEqualTo("spine-3");
        assertThat(bench.refusal(asked("gpu-1-2", "gpu-2-2")).type())
                .isIn(ProblemType.INSUFFICIENT_UPLINKS, ProblemType.NO_COMMON_SPINES);
        assertThat(bench.await(bench.slices.drains().undrain("spine-1")).name()).isEqualTo("spine-1");
        assertThat(bench.slices.drains().drains()).extracting(Drain::name).containsExactly("leaf-1/5");
        bench.create("job-2", "gpu-1-2", "gpu-2-2");
        assertThat(spine("job-2")).isEqualTo("spine-1");
        assertThat(spine("job-1")).as("it does not move back").isEqualTo("spine-3");
    }

    @Test
    void aDrainThatCannotSucceedNamesTheSlicesInTheWayAndChangesNothing() {
        bench.ready();
        bench.create("job-1", "gpu-1-1", "gpu-2-1");
        bench.create("job-2", "gpu-1-2", "gpu-2-2");
        bench.create("job-3", "gpu-1-3", "gpu-2-3");
        var rules = bench.rules();
        List<Slice> before = bench.slices.slices();
        String spine = spine("job-2");
        Problem refusal = bench.refusal(bench.slices.drains().drain(spine));
        assertThat(refusal.type()).isIn(ProblemType.INSUFFICIENT_UPLINKS, ProblemType.NO_COMMON_SPINES);
        assertThat(refusal.detail()).contains("job-2 (").contains("is in the way").doesNotContain("job-1");
        Problem members = bench.refusal(bench.slices.drains().drain("leaf-2"));
        assertThat(members.detail()).contains("slices job-1 (it has members there), job-2 (", "job-3 (", "are in the way");
        bench.time.pass(LONG);
        assertThat(bench.slices.drains().drains()).isEmpty();
        assertThat(bench.slices.slices()).isEqualTo(before);
        assertThat(bench.rules()).isEqualTo(rules);
    }

    @Test
    void aLeafWithoutMembersIsDrainedAndGetsNone() {
        bench.ready();
        bench.create("job-1", "gpu-1-1", "gpu-2-1");
        assertThat(drain("leaf-3").drained()).isTrue();
        assertThat(bench.refusal(asked("gpu-3-1", "gpu-3-2")).type())
                .isEqualTo(ProblemType.INSUFFICIENT_HOSTS);
    }

    @Test
    void namesThatTheFabricDoesNotHaveAreRefused() {
        bench.ready();
        for (String name : List.of("spine-9", "leaf-1/1", "leaf-1/99", "leaf-9/4", "")) {
            assertThat(bench.refusal(bench.slices.drains().drain(name)).type()).as(name)
                    .isEqualTo(ProblemType.NOT_FOUND);
        }
        assertThat(bench.refusal(bench.slices.drains().undrain("spine-1")).type()).isEqualTo(ProblemType.NOT_FOUND);
    }

    @Test
    void aDrainOutlivesItsNodeAndTextsThatNobodyCanRead() {
        bench.ready();
        Drain before = drain("leaf-1/4");
        bench.storage.<String, String>map("cloister-drains").put("spine-2", "{\"version\":9}");
        bench.stop();
        bench.start();
        bench.time.pass(Duration.ofSeconds(20));
        assertThat(drained("leaf-1/4")).isEqualTo(before);
        assertThat(bench.slices.drains().drains()).extracting(Drain::name).containsExactly("leaf-1/4", "spine-2");
        bench.create("job-1", "gpu-1-1", "gpu-2-1");
        assertThat(spine("job-1")).isEqualTo("spine-3");
    }

    @Test
    void aDrainIsHeardOfByTheLeaderWhoeverTookItIn() {
        bench.ready();
        bench.create("job-1", "gpu-1-1", "gpu-2-1");
        String spine = spine("job-1");
        DistributedDrainStore elsewhere = new DistributedDrainStore(bench.storage, bench.time);
        elsewhere.activate();
        assertThat(elsewhere.create(new StoredDrain(spine, bench.time.now()))).isEmpty();
        bench.time.until("moved", LONG, () -> !spine("job-1").equals(spine));
        assertThat(elsewhere.remove(spine)).isPresent();
        assertThat(elsewhere.remove(spine)).isEmpty();
    }

    @Test
    void aDrainIsPlannedBetweenOtherAnswersAndHasADeadline() {
        bench.ready();
        bench.create("job-1", "gpu-1-1", "gpu-2-1");
        bench.create("job-2", "gpu-1-2", "gpu-2-2");
        List<Runnable> replies = new ArrayList<>();
        Drains drains = new Drains(ImmutableServices.builder().from(bench.services(Bench.NODE, bench.store))
                .replies(replies::add).build(), new RequestAdmission(new CommonSpineAllocator()));
        CompletableFuture<Drain> drain = drains.drain(spine("job-1"));
        assertThat(drain).as("nothing is decided by whoever asks").isNotDone();
        replies.remove(0).run();
        assertThat(drain).isNotDone();
        bench.time.pass(Duration.ofSeconds(11));
        replies.remove(0).run();
        Problem late = bench.refusal(drain);
        assertThat(late.type()).isEqualTo(ProblemType.NOT_READY);
        assertThat(late.detail()).contains("only 1 of 2 slices");
        assertThat(replies).isEmpty();
        assertThat(drains.drains()).isEmpty();
    }

    @Test
    void whileAPurgeHoldsItIsRefusedAsOtherRequestsAre() {
        bench.ready();
        new PurgeManager(bench.services(Bench.NODE, bench.store), bench.slices.drains()).purge("karaf");
        Problem refusal = bench.refusal(bench.slices.drains().drain("spine-1"));
        assertThat(refusal.type()).isEqualTo(ProblemType.NOT_READY);
        assertThat(refusal.detail()).contains("purged by karaf", "cloister:resume");
        assertThat(bench.slices.drains().drains()).isEmpty();
    }

    @Test
    void aSliceWhosePlaceSomebodyElseTookSaysSoAndMovesWhenThereIsOne() {
        bench.ready();
        bench.create("job-1", "gpu-1-1", "gpu-2-1");
        bench.create("job-2", "gpu-1-2", "gpu-2-2");
        bench.create("job-3", "gpu-1-3", "gpu-2-3");
        String spine = spine("job-1");
        // found possible by a node that had not heard of all slices
        DistributedDrainStore elsewhere = new DistributedDrainStore(bench.storage, bench.time);
        elsewhere.activate();
        assertThat(elsewhere.create(new StoredDrain(spine, bench.time.now()))).isEmpty();
        bench.time.pass(Duration.ofSeconds(5));
        assertThat(bench.slice("job-1").state()).isEqualTo(SliceState.ACTIVE);
        Condition failed = bench.slice("job-1").conditions().stream().filter(Condition::status).findFirst().orElseThrow();
        assertThat(failed.type()).isEqualTo(Conditions.MOVE_FAILED);
        assertThat(failed.reason()).isEqualTo(Conditions.LINK_DRAINED);
        assertThat(failed.message()).startsWith("its links are drained; no others: ");
        assertThat(drained(spine).obstacles()).containsExactly(Map.entry("job-1", failed.message()));
        bench.remove("job-3");
        bench.time.until("moved", Duration.ofSeconds(2), () -> !spine("job-1").equals(spine));
        bench.time.until("drained", LONG, () -> drained(spine).drained());
        assertThat(drained(spine).obstacles()).isEmpty();
        assertThat(bench.slice("job-1").conditions()).noneMatch(Condition::status);
    }

    @Test
    void aSilentStoreIsTold() {
        bench.ready();
        bench.storage.silent(true);
        assertThat(bench.refusal(bench.slices.drains().drain("spine-1")).type())
                .isEqualTo(ProblemType.STORE_UNAVAILABLE);
        bench.storage.silent(false);
        assertThat(drain("spine-1").drained()).isTrue();
    }

    @Test
    void whereNothingIsInstalledSlicesArePlannedElsewhereAtOnce() {
        ImmutableFabric fabric = (ImmutableFabric) bench.fabric.fabric().orElseThrow();
        bench.fabric.configure(Optional.of(fabric.withEnforce(false)));
        bench.ready();
        bench.put("job-1", "gpu-1-1", "gpu-2-1");
        bench.time.pass(Duration.ofSeconds(1));
        String spine = spine("job-1");
        drain(spine);
        bench.time.pass(Duration.ofSeconds(1));
        assertThat(spine("job-1")).isNotEqualTo(spine);
        assertThat(drained(spine).drained()).isTrue();
        assertThat(bench.onos.switches()).allMatch(each -> each.batches == 0);
    }
}
