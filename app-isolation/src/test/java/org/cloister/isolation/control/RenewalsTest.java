package org.cloister.isolation.control;

import org.cloister.isolation.api.ImmutableSliceSpec;
import org.cloister.isolation.api.Label;
import org.cloister.isolation.api.Lease;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.Renewal;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.control.environment.ImmutableServices;
import org.cloister.isolation.control.plan.Leases;
import org.cloister.isolation.control.requests.Renewals;
import org.cloister.isolation.store.DistributedSliceStore;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onosproject.cluster.NodeId;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** A scheduler tells what it still runs, and learns what it has lost and what it has forgotten. */
class RenewalsTest {

    private static final Label LABEL = Label.of("cluster:a");
    private static final Optional<String> SLURM = Optional.of("slurm");

    private final Bench bench = Bench.small();

    @BeforeEach
    void start() {
        bench.ready();
    }

    private static Set<SliceId> ids(String... ids) {
        return Stream.of(ids).map(SliceId::of).collect(Collectors.toSet());
    }

    private void put(String id, String owner, String label, int seconds, String... hosts) {
        bench.await(bench.slices.put(Bench.id(id), ImmutableSliceSpec.copyOf(Bench.spec(hosts))
                .withLabels(label.isEmpty() ? Map.of() : Map.of("cluster", label)).withLeaseSeconds(seconds), owner));
        bench.settled(id);
    }

    private Renewal renew(Optional<String> owner, String... ids) {
        return bench.await(bench.slices.renew(owner, LABEL, ids(ids)));
    }

    private Instant end(String id) {
        return bench.slice(id).lease().map(Lease::expiresAt).orElseThrow();
    }

    @Test
    void eachLeaseIsRenewedForItsOwnTime() {
        put("job-1", "slurm", "a", 60, "gpu-1-1");
        put("job-2", "slurm", "a", 120, "gpu-1-2");
        bench.time.pass(Duration.ofSeconds(40));
        Instant now = bench.time.now();
        Renewal renewal = renew(SLURM, "job-1", "job-2");
        assertThat(renewal.renewed()).isEqualTo(ids("job-1", "job-2"));
        assertThat(renewal.unknown()).isEmpty();
        assertThat(renewal.unlisted()).isEmpty();
        assertThat(end("job-1")).isEqualTo(now.plusSeconds(60));
        assertThat(end("job-2")).isEqualTo(now.plusSeconds(120));
    }

    @Test
    void whatIsLostAndWhatIsForgottenIsTold() {
        put("job-1", "slurm", "a", 60, "gpu-1-1");
        put("job-2", "slurm", "a", 60, "gpu-1-2");
        put("job-3", "slurm", "b", 60, "gpu-1-3");
        put("job-4", "kueue", "a", 60, "gpu-2-1");
        put("job-5", "slurm", "a", 60, "gpu-2-2");
        Instant others = end("job-4");
        bench.time.pass(Duration.ofSeconds(1));
        bench.await(bench.slices.remove(Bench.id("job-5")));
        Renewal renewal = renew(SLURM, "job-1", "job-3", "job-4", "job-5", "job-9");
        assertThat(renewal.renewed()).as("with or without the label").isEqualTo(ids("job-1", "job-3"));
        assertThat(renewal.unknown()).as("another's, one on its way out, none").isEqualTo(ids("job-4", "job-5", "job-9"));
        assertThat(renewal.unlisted()).isEqualTo(ids("job-2"));
        assertThat(end("job-4")).isEqualTo(others);
        assertThat(bench.slice("job-2").state()).as("nothing is removed").isEqualTo(SliceState.ACTIVE);
        assertThat(renew(Optional.empty(), "job-1", "job-4").unlisted()).as("of all owners").isEqualTo(ids("job-2"));
    }

    @Test
    void slicesWithoutALeaseAreInTheSetAsWell() {
        bench.create("job-1", "gpu-1-1");
        assertThat(renew(SLURM, "job-1").renewed()).isEqualTo(ids("job-1"));
        assertThat(bench.slice("job-1").lease()).isEmpty();
    }

    @Test
    void anEmptySetTellsWhatIsThere() {
        put("job-1", "slurm", "a", 60, "gpu-1-1");
        assertThat(renew(SLURM).unlisted()).isEqualTo(ids("job-1"));
        assertThat(renew(SLURM).renewed()).isEmpty();
    }

    @Test
    void aSliceThatChangesAtTheSameMomentIsRenewedAllTheSame() {
        put("job-1", "slurm", "a", 60, "gpu-1-1");
        bench.time.pass(Duration.ofSeconds(30));
        Instant now = bench.time.now();
        // what this node has heard of is overtaken before it writes
        VersionedSlice found = bench.store.slice(Bench.id("job-1")).orElseThrow();
        bench.events = event -> { };
        DistributedSliceStore other = new DistributedSliceStore(bench.storage, event -> { });
        other.activate();
        other.replace(found.version(), StoredSlice.builder(found.slice()).putPhaseMillis("waiting", 1L).build());
        assertThat(renew(SLURM, "job-1").renewed()).isEqualTo(ids("job-1"));
        StoredSlice after = bench.store.slice(Bench.id("job-1")).orElseThrow().slice();
        assertThat(after.phaseMillis()).containsKey("waiting").hasSize(found.slice().phaseMillis().size() + 1);
        assertThat(Leases.end(after)).isEqualTo(now.plusSeconds(60));
    }

    @Test
    void aSliceThatThisNodeHasNotHeardOfIsNotCalledUnknown() {
        DistributedSliceStore deaf = new DistributedSliceStore(bench.storage, event -> { });
        deaf.activate();
        SliceControl other = new SliceControl(bench.services(NodeId.nodeId("node-2"), deaf));
        put("job-1", "slurm", "a", 60, "gpu-1-1");
        assertThat(deaf.heard()).isEmpty();
        assertThat(bench.await(other.renew(SLURM, LABEL, ids("job-1"))).renewed()).isEqualTo(ids("job-1"));
    }

    @Test
    void aStoreThatFallsSilentIsTold() {
        put("job-1", "slurm", "a", 60, "gpu-1-1");
        bench.storage.silent(true);
        assertThat(bench.refusal(bench.slices.renew(SLURM, LABEL, ids("job-1"))).type())
                .isEqualTo(ProblemType.STORE_UNAVAILABLE);
        assertThat(bench.refusal(bench.slices.renew(Bench.id("job-1"), 60)).type())
                .isEqualTo(ProblemType.STORE_UNAVAILABLE);
    }

    @Test
    void whatTakesTooLongIsNotAnsweredAsIfItWereDone() {
        String[] hosts = {"gpu-1-1", "gpu-1-2", "gpu-1-3", "gpu-2-1", "gpu-2-2"};
        Set<SliceId> ids = new TreeSet<>();
        for (String host : hosts) {
            put("job-" + host, "slurm", "a", 600, host);
            ids.add(Bench.id("job-" + host));
        }
        // each turn comes after 6 s, and a lane gets as far as its first slice
        Renewals slow = new Renewals(ImmutableServices.copyOf(bench.services(Bench.NODE, bench.store))
                .withReplies(turn -> bench.time.schedule(turn, 6, TimeUnit.SECONDS)));
        var problem = bench.refusal(slow.renew(SLURM, LABEL, ids));
        assertThat(problem.type()).isEqualTo(ProblemType.NOT_READY);
        assertThat(problem.detail()).contains("4 of 5 slices");
    }
}
