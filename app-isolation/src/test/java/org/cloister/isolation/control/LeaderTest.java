package org.cloister.isolation.control;

import org.cloister.isolation.allocation.validation.Requests;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Condition;
import org.cloister.isolation.api.ImmutableAllocation;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.config.App;
import org.cloister.isolation.control.environment.Limits;
import org.cloister.isolation.control.plan.Conditions;
import org.cloister.isolation.store.AllocationJournal;
import org.cloister.isolation.store.DistributedSliceStore;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.onosproject.cluster.NodeId;
import org.onosproject.store.service.ConsistentMap;
import org.onosproject.store.service.Versioned;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** Restarts, changes of the leader, and a store that falls silent. */
class LeaderTest {

    private static final NodeId OTHER = NodeId.nodeId("node-2");

    private final Bench bench = Bench.small();

    @AfterEach
    void nothingThatOnosPunishes() {
        assertThat(bench.onos.violations()).isEmpty();
    }

    @Test
    void stoppingLeavesRulesAndSlices() {
        bench.ready();
        Slice active = bench.create("job-1", "gpu-1-1", "gpu-2-1");
        var rules = bench.rules();
        bench.stop();
        bench.time.pass(Duration.ofMinutes(1));
        assertThat(bench.rules()).isEqualTo(rules);

        int batches = bench.onos.switches().stream().mapToInt(each -> each.batches).sum();
        bench.ready();
        assertThat(bench.slice("job-1")).isEqualTo(active);
        assertThat(bench.rules()).isEqualTo(rules);
        assertThat(bench.onos.switches().stream().mapToInt(each -> each.batches).sum()).as("nothing to do")
                .isEqualTo(batches);
        bench.remove("job-1");
    }

    @Test
    void afterAnOnosRestartTheSwitchesRulesAreTakenOver() {
        bench.ready();
        Slice active = bench.create("job-1", "gpu-1-1", "gpu-2-1");
        bench.time.pass(Duration.ofSeconds(10));
        var rules = bench.rules();
        bench.onos.switches().forEach(each -> each.history.clear());
        bench.stop();
        bench.onos.forget();
        bench.start();
        bench.time.pass(Duration.ofSeconds(30));
        assertThat(bench.slice("job-1").state()).isEqualTo(SliceState.ACTIVE);
        assertThat(bench.slice("job-1").stateSince()).as("never DEGRADED").isEqualTo(active.stateSince());
        assertThat(bench.rules()).isEqualTo(rules);
        assertThat(bench.onos.switches()).allSatisfy(each -> each.history.forEach(state ->
                assertThat(state).as("never less").containsAllEntriesOf(each.rules)));
    }

    @Test
    void timeWithoutALeaderDoesNotCountAgainstASliceThatIsInstalled() {
        bench.ready();
        bench.put("job-1", "gpu-1-1", "gpu-2-1");
        assertThat(bench.slice("job-1").state()).isEqualTo(SliceState.INSTALLING);
        bench.stop();
        bench.onos.forget();
        bench.time.pass(Limits.defaults().installing().multipliedBy(2));
        bench.start();
        bench.time.pass(Duration.ofSeconds(1));
        assertThat(bench.slice("job-1").stateDeadline().orElseThrow()).isAfter(bench.time.now());
        bench.time.pass(Duration.ofSeconds(30));
        assertThat(bench.slice("job-1").state()).isEqualTo(SliceState.ACTIVE);
    }

    @Test
    void whatWasBeingRemovedGoesOnAfterARestart() {
        bench.ready();
        int tag = bench.create("job-1", "gpu-1-1", "gpu-2-1").allocation().orElseThrow().tag();
        bench.await(bench.slices.remove(Bench.id("job-1")));
        bench.stop();
        bench.time.pass(Duration.ofSeconds(1));
        bench.start();
        bench.await(bench.slices.whenGone(Bench.id("job-1")));
        assertThat(bench.rulesOf(tag)).isZero();
    }

    @Test
    void anotherNodesRequestsAreDecidedOnByTheLeader() {
        bench.ready();
        DistributedSliceStore otherStore = new DistributedSliceStore(bench.storage, bench.time);
        otherStore.activate();
        SliceControl other = new SliceControl(bench.services(OTHER, otherStore));
        other.start();
        assertThat(bench.await(other.put(Bench.id("job-1"), Bench.spec("gpu-1-1", "gpu-2-1"), "slurm")).created())
                .isTrue();
        assertThat(bench.refusal(other.put(Bench.id("job-2"), Bench.spec("gpu-1-1", "gpu-2-2"), "slurm")).type())
                .isEqualTo(ProblemType.HOST_IN_USE);
        assertThat(bench.storage.map("cloister-slices").size()).isEqualTo(1);

        bench.time.pass(Duration.ofSeconds(1));
        bench.leadership.choose(App.NAME, OTHER);
        bench.time.pass(Duration.ofSeconds(20));
        assertThat(bench.slice("job-1").state()).isEqualTo(SliceState.ACTIVE);
        assertThat(bench.create("job-2", "gpu-1-2", "gpu-2-2").state()).isEqualTo(SliceState.ACTIVE);
    }

    @Test
    void withoutALeaderRequestsEndUndecidedAndAreTakenBack() {
        bench.ready();
        bench.leadership.choose(App.NAME, null);
        bench.time.pass(Duration.ofSeconds(1));
        Instant asked = bench.time.now();
        assertThat(bench.refusal(bench.slices.put(Bench.id("job-1"), Bench.spec("gpu-1-1", "gpu-2-1"), "slurm")).type())
                .isEqualTo(ProblemType.NOT_READY);
        assertThat(Duration.between(asked, bench.time.now())).isLessThan(Duration.ofSeconds(11));
        assertThat(bench.storage.map("cloister-slices").isEmpty()).isTrue();
    }

    @Test
    void aSilentStoreIsToldAndOvercome() {
        bench.ready();
        bench.create("job-1", "gpu-1-1", "gpu-2-1");
        var rules = bench.rules();
        bench.storage.silent(true);
        assertThat(bench.refusal(bench.slices.put(Bench.id("job-2"), Bench.spec("gpu-1-2", "gpu-2-2"), "slurm")).type())
                .isEqualTo(ProblemType.STORE_UNAVAILABLE);
        bench.time.pass(Duration.ofMinutes(2));
        assertThat(bench.rules()).isEqualTo(rules);
        bench.storage.silent(false);
        assertThat(bench.create("job-2", "gpu-1-2", "gpu-2-2").state()).isEqualTo(SliceState.ACTIVE);
    }

    @Test
    void anAllocationThatCouldNotBeReadBackIsReadBeforeTheNextDecision() {
        bench.ready();
        bench.events = event -> { };
        bench.storage.meanwhile("cloister-slices", "replace", () -> bench.storage.silent(true));
        bench.slices.put(Bench.id("job-1"), Bench.spec("gpu-1-1", "gpu-2-1"), "slurm");
        bench.slices.wake();
        bench.time.pass(Duration.ofMillis(10));
        bench.storage.silent(false);
        // asked for earlier on another node, heard of later: would be decided on first, and be given the same links
        Instant earlier = bench.time.now().minusSeconds(2);
        bench.store.create(StoredSlice.builder().id(Bench.id("job-2")).owner("slurm").created(earlier)
                .spec(Requests.withDefaults(Bench.spec("gpu-1-2", "gpu-2-2"))).state(SliceState.PENDING)
                .since(earlier).deadline(earlier.plusSeconds(10)).build());
        bench.events = bench.time;
        bench.time.pass(Duration.ofSeconds(3));
        List<Allocation> given = bench.slices.slices().stream().map(each -> each.allocation().orElseThrow())
                .collect(Collectors.toList());
        assertThat(given).hasSize(2).flatExtracting(Allocation::links).extracting(Allocation.ReservedLink::from)
                .doesNotHaveDuplicates();
        assertThat(given).extracting(Allocation::tag).doesNotHaveDuplicates();
    }

    @Test
    void aDeposedLeaderCannotGiveAnythingAway() {
        bench.ready();
        bench.leadership.choose(App.NAME, null);
        bench.time.pass(Duration.ofSeconds(1));
        DistributedSliceStore store = new DistributedSliceStore(bench.storage, bench.time);
        store.activate();
        AllocationJournal deposed = new AllocationJournal(bench.storage, store);
        assertThat(deposed.takeOver("node-2", 1)).isTrue();
        Slice planned = bench.await(bench.slices.plan(Bench.id("job-1"), Bench.spec("gpu-1-1", "gpu-2-1"), "slurm"));

        bench.leadership.choose(App.NAME, Bench.NODE);
        bench.time.pass(Duration.ofSeconds(1));
        var asked = bench.slices.put(Bench.id("job-1"), Bench.spec("gpu-1-1", "gpu-2-1"), "slurm");
        VersionedSlice pending = store.slice(Bench.id("job-1")).orElseThrow();
        StoredSlice given = StoredSlice.builder(pending.slice()).state(SliceState.INSTALLING)
                .allocation(planned.allocation()).build();
        assertThat(deposed.allocate(pending, given)).isFalse();
        assertThat(deposed.held()).isFalse();
        assertThat(bench.await(asked).created()).isTrue();
    }

    @Test
    void aLeaderThatHasNotHeardOfItsEndStopsAtTheNextDecision() {
        bench.ready();
        Slice before = bench.create("job-1", "gpu-1-1", "gpu-2-1");
        AllocationJournal later = new AllocationJournal(bench.storage, bench.store);
        assertThat(later.takeOver("node-2", 7)).isTrue();
        assertThat(bench.refusal(bench.slices.put(Bench.id("job-2"), Bench.spec("gpu-1-2", "gpu-2-2"), "slurm")).type())
                .isEqualTo(ProblemType.NOT_READY);
        assertThat(later.held()).isTrue();
        assertThat(bench.storage.<String, String>map("cloister-journal").get("head").value()).contains("node-2");
        assertThat(bench.slice("job-1")).isEqualTo(before);
        assertThat(later.takeOver("node-2", 7)).as("its own term again").isTrue();
        assertThat(new AllocationJournal(bench.storage, bench.store).takeOver("node-1", 6)).isFalse();
    }

    @Test
    void aLeaderThatIsDeposedInTheMiddleOfAPassDoesNothingMore() {
        bench.ready();
        bench.create("job-1", "gpu-1-1", "gpu-2-1");
        bench.create("job-3", "gpu-1-3");
        var rules = bench.rules();
        AllocationJournal later = new AllocationJournal(bench.storage, bench.store);
        // the leader has asked whether it is one; before it gives anything out somebody else is
        bench.storage.meanwhile("cloister-journal", "get",
                () -> assertThat(later.takeOver("node-2", 7)).isTrue());
        bench.slices.remove(Bench.id("job-1"));
        bench.slices.put(Bench.id("job-2"), Bench.spec("gpu-1-2", "gpu-2-2"), "slurm");
        bench.time.pass(Duration.ofSeconds(5));
        assertThat(later.held()).isTrue();
        assertThat(bench.rules()).isEqualTo(rules);
        assertThat(bench.slice("job-1").state()).isEqualTo(SliceState.REMOVING);
        assertThat(bench.slice("job-2").state()).isEqualTo(SliceState.PENDING);
    }

    @Test
    void whatADeposedLeaderDecidedBeforeIsCarriedOut() {
        bench.start();
        bench.leadership.choose(App.NAME, null);
        bench.time.pass(Duration.ofSeconds(1));
        Slice planned = bench.await(bench.slices.plan(Bench.id("job-1"), Bench.spec("gpu-1-1", "gpu-2-1"), "slurm"));
        var asked = bench.slices.put(Bench.id("job-1"), Bench.spec("gpu-1-1", "gpu-2-1"), "slurm");

        VersionedSlice pending = bench.store.slice(Bench.id("job-1")).orElseThrow();
        // decided, and stopped before the slice's own document was written
        ConsistentMap<String, String> journal = bench.storage.map("cloister-journal");
        Versioned<String> head = journal.get("head");
        StoredSlice given = StoredSlice.builder(pending.slice()).state(SliceState.INSTALLING)
                .deadline(bench.time.now().plusSeconds(60))
                .allocation(((ImmutableAllocation) planned.allocation().orElseThrow())
                        .withTag(3999)).build();
        AllocationJournal early = new AllocationJournal(bench.storage, new StoppedStore(bench.store));
        assertThat(early.takeOver("node-2", 1)).isTrue();
        assertThat(early.allocate(pending, given)).isFalse();
        assertThat(journal.get("head").version()).isGreaterThan(head.version());

        bench.leadership.choose(App.NAME, Bench.NODE);
        assertThat(bench.await(asked).slice().allocation().orElseThrow().tag()).isEqualTo(3999);
    }

    @Test
    void documentsThatCannotBeReadAreKeptAndStopAllocations() {
        bench.ready();
        bench.create("job-1", "gpu-1-1", "gpu-2-1");
        ConsistentMap<String, String> documents = bench.storage.map("cloister-slices");
        documents.put("job-9", "{\"version\":5,\"id\":\"job-9\",\"wavelengths\":[]}");
        bench.time.pass(Duration.ofSeconds(10));
        assertThat(bench.slices.fabric().problems()).anySatisfy(problem -> {
            assertThat(problem.reason()).isEqualTo("SliceUnreadable");
            assertThat(problem.at()).isEqualTo("job-9");
            assertThat(problem.message()).contains("5", "4");
        });
        var refused = bench.refusal(bench.slices.put(Bench.id("job-2"), Bench.spec("gpu-1-2", "gpu-2-2"), "slurm"));
        assertThat(refused.type()).isEqualTo(ProblemType.NOT_READY);
        assertThat(refused.detail()).contains("1 slice is stored").doesNotContain("job-9");
        assertThat(bench.slice("job-1").state()).isEqualTo(SliceState.ACTIVE);
        bench.remove("job-1");
        bench.time.pass(Duration.ofMinutes(2));
        assertThat(documents.get("job-9")).isNotNull();
        documents.remove("job-9");
        assertThat(bench.create("job-2", "gpu-1-2", "gpu-2-2").state()).isEqualTo(SliceState.ACTIVE);
    }

    @Test
    void rulesOfASliceThatCannotBeReadStay() {
        bench.ready();
        int tag = bench.create("job-1", "gpu-1-1", "gpu-2-1").allocation().orElseThrow().tag();
        long rules = bench.rulesOf(tag);
        ConsistentMap<String, String> documents = bench.storage.map("cloister-slices");
        String text = documents.get("job-1").value();
        documents.put("job-1", text.replace("\"version\":1", "\"version\":2"));
        bench.time.pass(Duration.ofMinutes(2));
        assertThat(bench.rulesOf(tag)).isEqualTo(rules);
        documents.put("job-1", text);
        bench.time.pass(Duration.ofSeconds(10));
        assertThat(bench.slice("job-1").state()).isEqualTo(SliceState.ACTIVE);
    }

    @Test
    void oneAllocationThatMakesNoSenseStopsNoOther() {
        bench.ready();
        bench.create("job-1", "gpu-1-1", "gpu-2-1");
        VersionedSlice stored = bench.store.slice(Bench.id("job-1")).orElseThrow();
        var allocation = (ImmutableAllocation) stored.slice().allocation().orElseThrow();
        bench.store.replace(stored.version(), StoredSlice.builder(stored.slice())
                .allocation(allocation.withLinks(List.of())).build());
        bench.time.pass(Duration.ofSeconds(1));
        assertThat(bench.slice("job-1").state()).isEqualTo(SliceState.DEGRADED);
        assertThat(bench.slice("job-1").conditions().stream().map(each -> each.reason())
                .collect(Collectors.toList())).contains(Conditions.ALLOCATION_INVALID);
        assertThat(bench.create("job-2", "gpu-1-2", "gpu-1-3").state()).isEqualTo(SliceState.ACTIVE);
        bench.remove("job-1");
    }

    @Test
    void documentsThatContradictThemselvesStopNoOther() {
        bench.ready();
        bench.create("job-1", "gpu-1-1", "gpu-2-1");
        VersionedSlice stored = bench.store.slice(Bench.id("job-1")).orElseThrow();
        var allocation = (ImmutableAllocation) stored.slice().allocation().orElseThrow();
        List<Allocation.ReservedLink> twice = new ArrayList<>(allocation.links());
        twice.addAll(allocation.links());
        bench.store.replace(stored.version(), StoredSlice.builder(stored.slice())
                .allocation(allocation.withLinks(twice)).build());
        StoredSlice hollow = StoredSlice.builder(stored.slice()).allocation(Optional.empty()).build();
        bench.store.create(StoredSlice.builder(hollow).id(Bench.id("job-8")).build());
        bench.store.create(StoredSlice.builder(hollow).id(Bench.id("job-9")).state(SliceState.INSTALLING)
                .deadline(bench.time.now().plusSeconds(60)).build());
        bench.time.pass(Duration.ofSeconds(1));

        assertThat(List.of("job-1", "job-8", "job-9")).allSatisfy(id ->
                assertThat(bench.slice(id).conditions().stream().filter(Condition::status).map(Condition::reason))
                        .containsExactly(Conditions.ALLOCATION_INVALID));
        assertThat(bench.slice("job-1").state()).isEqualTo(SliceState.DEGRADED);
        assertThat(bench.slice("job-8").state()).isEqualTo(SliceState.DEGRADED);
        assertThat(bench.slice("job-9").state()).isEqualTo(SliceState.FAILED);
        assertThat(bench.create("job-2", "gpu-1-2", "gpu-1-3").state()).isEqualTo(SliceState.ACTIVE);
        bench.remove("job-8");
        bench.remove("job-9");
        bench.remove("job-1");
    }

    @Test
    void aRemovalThatStumblesOverItsDocumentStaysARemoval() {
        bench.ready();
        bench.create("job-1", "gpu-1-1", "gpu-2-1");
        VersionedSlice stored = bench.store.slice(Bench.id("job-1")).orElseThrow();
        bench.store.replace(stored.version(), StoredSlice.builder(stored.slice()).state(SliceState.REMOVING)
                .addDevices("no device").build());
        bench.time.pass(Duration.ofSeconds(10));
        assertThat(bench.slice("job-1").state()).isEqualTo(SliceState.REMOVING);
        assertThat(bench.slice("job-1").conditions()).filteredOn(Condition::status).extracting(Condition::reason)
                .containsExactly(Conditions.ALLOCATION_INVALID);
    }
}
