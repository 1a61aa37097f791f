package org.cloister.isolation.control;

import org.cloister.isolation.api.Precondition;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceAdminService.Outcome;
import org.cloister.isolation.api.SliceAdminService.PutResult;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.Set;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;

/** What must hold of a slice is looked at with every attempt to store, and what does not hold changes nothing. */
class PreconditionsTest {

    private static final Precondition FIRST = Precondition.generationIn(Set.of(1L));
    private static final Precondition SECOND = Precondition.generationIn(Set.of(2L));

    private final Bench bench = Bench.small();

    @BeforeEach
    void start() {
        bench.ready();
    }

    private CompletableFuture<PutResult> put(Precondition precondition) {
        return bench.slices.put(Bench.id("job-1"), Bench.spec("gpu-1-1", "gpu-2-1"), "slurm", precondition);
    }

    private ProblemType refusal(CompletableFuture<?> future) {
        return bench.refusal(future).type();
    }

    @Test
    void nothingIsMadeWhereASliceIsExpected() {
        assertThat(refusal(put(Precondition.exists()))).isEqualTo(ProblemType.STALE_ETAG);
        assertThat(refusal(put(FIRST))).isEqualTo(ProblemType.STALE_ETAG);
        assertThat(bench.store.slices()).isEmpty();
        assertThat(bench.await(put(Precondition.absent())).outcome()).isEqualTo(Outcome.CREATED);
    }

    @Test
    void aSliceThatIsThereIsNotMadeTwice() {
        bench.create("job-1", "gpu-1-1", "gpu-2-1");
        assertThat(refusal(put(Precondition.absent()))).isEqualTo(ProblemType.STALE_ETAG);
        assertThat(refusal(put(SECOND))).isEqualTo(ProblemType.STALE_ETAG);
        assertThat(refusal(put(Precondition.generationIn(Set.of())))).isEqualTo(ProblemType.STALE_ETAG);
        assertThat(bench.await(put(FIRST)).outcome()).isEqualTo(Outcome.SAME);
        assertThat(bench.await(put(Precondition.exists())).outcome()).isEqualTo(Outcome.SAME);
    }

    @Test
    void aSliceMadeByAnotherAtTheSameMomentIsFound() {
        // this one finds nothing; before it stores its document somebody else's is there
        bench.storage.meanwhile("cloister-slices", "get", () -> bench.slices.put(Bench.id("job-1"),
                Bench.spec("gpu-1-1", "gpu-2-1"), "slurm"));
        assertThat(refusal(put(Precondition.absent()))).isEqualTo(ProblemType.STALE_ETAG);
    }

    @Test
    void removesWhatWasSeenOnly() {
        bench.create("job-1", "gpu-1-1", "gpu-2-1");
        assertThat(refusal(bench.slices.remove(Bench.id("job-1"), SECOND))).isEqualTo(ProblemType.STALE_ETAG);
        assertThat(bench.slice("job-1").state()).isEqualTo(SliceState.ACTIVE);
        assertThat(bench.await(bench.slices.remove(Bench.id("job-1"), FIRST)).state())
                .isEqualTo(SliceState.REMOVING);
        assertThat(refusal(bench.slices.remove(Bench.id("job-2"), FIRST))).isEqualTo(ProblemType.STALE_ETAG);
        assertThat(refusal(bench.slices.remove(Bench.id("job-2")))).isEqualTo(ProblemType.NOT_FOUND);
    }

    @Test
    void aChangeAtTheMomentOfTheRemovalIsSeen() {
        bench.create("job-1", "gpu-1-1", "gpu-2-1");
        bench.storage.meanwhile("cloister-slices", "get", () -> {
            VersionedSlice found = bench.store.slice(Bench.id("job-1")).orElseThrow();
            bench.store.replace(found.version(), StoredSlice.builder(found.slice()).generation(2).build());
        });
        assertThat(refusal(bench.slices.remove(Bench.id("job-1"), FIRST))).isEqualTo(ProblemType.STALE_ETAG);
        assertThat(bench.slice("job-1").state()).isEqualTo(SliceState.ACTIVE);
    }

    @Test
    void aDryRunIsRefusedAsTheRequestWouldBe() {
        assertThat(refusal(bench.slices.plan(Bench.id("job-1"), Bench.spec("gpu-1-1"), "slurm", FIRST)))
                .isEqualTo(ProblemType.STALE_ETAG);
        Slice slice = bench.create("job-1", "gpu-1-1", "gpu-2-1");
        assertThat(refusal(bench.slices.plan(Bench.id("job-1"), slice.spec(), "slurm", SECOND)))
                .isEqualTo(ProblemType.STALE_ETAG);
        assertThat(bench.await(bench.slices.plan(Bench.id("job-1"), slice.spec(), "slurm", FIRST))).isEqualTo(slice);
    }
}
