package org.cloister.isolation.control;

import org.cloister.isolation.api.ImmutableSliceSpec;
import org.cloister.isolation.api.Precondition;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.SliceAdminService.Outcome;
import org.cloister.isolation.api.SliceAdminService.PutResult;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.config.App;
import org.cloister.isolation.store.ImmutableProposal;
import org.cloister.isolation.store.Move;
import org.cloister.isolation.store.Proposal;
import org.cloister.isolation.store.StoredSlice;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

import static org.assertj.core.api.Assertions.assertThat;

/** Changes of a slice, as the node sees them that takes the request in; the test is the leader. */
class ChangeRequestsTest {

    private static final SliceSpec OTHER = Bench.spec("gpu-1-1", "gpu-2-2");
    private static final SliceSpec THIRD = Bench.spec("gpu-1-2", "gpu-2-2");

    private final Bench bench = Bench.small();
    private StoredSlice before;

    @BeforeEach
    void aSliceAndNoLeader() {
        bench.ready();
        bench.create("job-1", "gpu-1-1", "gpu-2-1");
        bench.leadership.choose(App.NAME, null);
        bench.time.pass(Duration.ofSeconds(1));
        before = document();
    }

    private StoredSlice document() {
        return bench.store.slice(Bench.id("job-1")).orElseThrow().slice();
    }

    private void edit(UnaryOperator<StoredSlice> change) {
        assertThat(bench.store.replace(bench.store.slice(Bench.id("job-1")).orElseThrow().version(),
                change.apply(document()))).isTrue();
    }

    private CompletableFuture<PutResult> put(SliceSpec spec) {
        CompletableFuture<PutResult> put = bench.slices.put(Bench.id("job-1"), spec, "slurm");
        bench.time.pass(Duration.ofMillis(100));
        return put;
    }

    private void accept() {
        edit(slice -> StoredSlice.builder(slice).spec(slice.proposal().orElseThrow().spec())
                .generation(slice.generation() + 1).proposal(Optional.empty()).build());
    }

    private void refuse() {
        edit(slice -> StoredSlice.builder(slice).proposal(ImmutableProposal.copyOf(slice.proposal().orElseThrow())
                .withRefusal(Problem.of(ProblemType.INSUFFICIENT_UPLINKS, "none is free"))
                .withDeadline(bench.time.now().plusSeconds(10))).build());
    }

    @Test
    void theNextGenerationIsTheAnswer() {
        CompletableFuture<PutResult> put = put(OTHER);
        assertThat(put).isNotDone();
        assertThat(document().spec()).isEqualTo(before.spec());
        assertThat(document().proposal().orElseThrow().spec().members()).isEqualTo(OTHER.members());
        accept();
        PutResult result = bench.await(put);
        assertThat(result.outcome()).isEqualTo(Outcome.CHANGED);
        assertThat(result.slice().generation()).isEqualTo(2);
        assertThat(result.settled()).as("the switches have not been read").isFalse();
    }

    @Test
    void aRefusalLeavesTheSliceAsItWas() {
        CompletableFuture<PutResult> put = put(OTHER);
        refuse();
        assertThat(bench.refusal(put).type()).isEqualTo(ProblemType.INSUFFICIENT_UPLINKS);
        assertThat(document()).isEqualTo(before);
    }

    @Test
    void whatNobodyDecidesOnIsTakenBack() {
        CompletableFuture<PutResult> put = put(OTHER);
        Problem problem = bench.refusal(put);
        assertThat(problem.type()).isEqualTo(ProblemType.NOT_READY);
        assertThat(problem.detail()).contains("job-1", "10 s");
        assertThat(document()).isEqualTo(before);
    }

    @Test
    void aDecisionThatComesWhileTheChangeIsTakenBackHolds() {
        bench.events = event -> { };
        CompletableFuture<PutResult> put = put(OTHER);
        // the time is up: the change is read to be taken back, and at this moment the leader takes it up
        bench.storage.meanwhile("cloister-slices", "get", this::accept);
        assertThat(bench.await(put).outcome()).isEqualTo(Outcome.CHANGED);
        assertThat(document().generation()).isEqualTo(2);
    }

    @Test
    void aRefusalThatNobodyHeardOfIsReadWhenTimeIsUp() {
        bench.events = event -> { };
        CompletableFuture<PutResult> put = put(OTHER);
        refuse();
        assertThat(bench.refusal(put).type()).isEqualTo(ProblemType.INSUFFICIENT_UPLINKS);
        assertThat(document()).isEqualTo(before);
    }

    @Test
    void whatElseIsWrittenMeanwhileStays() {
        CompletableFuture<PutResult> put = put(OTHER);
        bench.storage.meanwhile("cloister-slices", "get", () -> edit(slice -> StoredSlice.builder(slice)
                .state(SliceState.DEGRADED).build()));
        assertThat(bench.refusal(put).type()).isEqualTo(ProblemType.NOT_READY);
        assertThat(document()).isEqualTo(StoredSlice.builder(before).state(SliceState.DEGRADED).build());
    }

    @Test
    void anotherChangeIsWaitedForThenTheRequestIsLookedAtAgain() {
        CompletableFuture<PutResult> first = put(OTHER);
        CompletableFuture<PutResult> second = put(THIRD);
        assertThat(document().proposal().orElseThrow().spec().members()).isEqualTo(OTHER.members());
        accept();
        assertThat(bench.await(first).slice().generation()).isEqualTo(2);
        bench.time.pass(Duration.ofMillis(100));
        assertThat(document().proposal().orElseThrow().spec().members()).isEqualTo(THIRD.members());
        accept();
        assertThat(bench.await(second).slice().generation()).isEqualTo(3);
    }

    @Test
    void whoAsksForWhatIsThereCallsOffAnOpenChangeAndKeepsWhatItWasToldItHas() {
        CompletableFuture<PutResult> first = put(OTHER);
        CompletableFuture<PutResult> second = put(before.spec());
        assertThat(bench.await(second).outcome()).isEqualTo(Outcome.SAME);
        assertThat(document().proposal()).isEmpty();
        Problem problem = bench.refusal(first);
        assertThat(problem.type()).isEqualTo(ProblemType.NOT_READY);
        assertThat(problem.detail()).contains("a later request asked for it as it is");
        bench.leadership.choose(App.NAME, Bench.NODE);
        bench.time.pass(Duration.ofSeconds(20));
        assertThat(document().spec()).isEqualTo(before.spec());
        assertThat(document().generation()).isEqualTo(1);
    }

    @Test
    void aChangeThatIsGrantedBeforeItIsCalledOffIsChangedBack() {
        CompletableFuture<PutResult> first = put(OTHER);
        bench.storage.meanwhile("cloister-slices", "get", this::accept);
        CompletableFuture<PutResult> second = put(before.spec());
        assertThat(second).isNotDone();
        assertThat(bench.await(first).slice().generation()).isEqualTo(2);
        accept();
        assertThat(bench.await(second).slice().generation()).isEqualTo(3);
        assertThat(document().spec()).isEqualTo(before.spec());
    }

    @Test
    void aRequestHasOneDeadlineWhateverItWaitsFor() {
        CompletableFuture<PutResult> first = put(OTHER);
        bench.time.pass(Duration.ofSeconds(5));
        var asked = bench.time.now();
        CompletableFuture<PutResult> second = put(THIRD);
        assertThat(bench.refusal(first).type()).isEqualTo(ProblemType.NOT_READY);
        assertThat(bench.refusal(second).type()).isEqualTo(ProblemType.NOT_READY);
        assertThat(bench.time.now()).isBefore(asked.plusSeconds(11));
        assertThat(document()).isEqualTo(before);
    }

    @Test
    void theSameChangeAskedForTwiceIsOne() {
        CompletableFuture<PutResult> first = put(OTHER);
        CompletableFuture<PutResult> second = put(OTHER);
        accept();
        assertThat(bench.await(first).slice().generation()).isEqualTo(2);
        assertThat(bench.await(second).slice().generation()).isEqualTo(2);
        assertThat(document().proposal()).isEmpty();
    }

    @Test
    void aChangeLeftOverFromANodeThatStoppedIsNotInTheWay() {
        edit(slice -> StoredSlice.builder(slice).proposal(Proposal.builder().spec(THIRD)
                .created(bench.time.now().minusSeconds(20)).deadline(bench.time.now().minusSeconds(10)).build()).build());
        CompletableFuture<PutResult> put = put(OTHER);
        accept();
        assertThat(bench.await(put).slice().spec().members()).isEqualTo(OTHER.members());
    }

    @Test
    void labelsAndLeaseAreAChangeToo() {
        SliceSpec labelled = ImmutableSliceSpec.copyOf(Bench.spec("gpu-1-1", "gpu-2-1"))
                .withLabels(Map.of("cluster", "a"));
        CompletableFuture<PutResult> put = put(labelled);
        edit(slice -> StoredSlice.builder(slice).spec(slice.proposal().orElseThrow().spec()).generation(2)
                .observedGeneration(2).proposal(Optional.empty()).build());
        PutResult result = bench.await(put);
        assertThat(result.outcome()).isEqualTo(Outcome.CHANGED);
        assertThat(result.settled()).isTrue();
    }

    @Test
    void aDegradedSliceIsSettledUnlessItIsOnItsWayToWhatWasAsked() {
        edit(slice -> StoredSlice.builder(slice).state(SliceState.DEGRADED).observedGeneration(0).build());
        assertThat(bench.slices.whenSettled(Bench.id("job-1"))).isDone();
        for (Move.Reason reason : Move.Reason.values()) {
            edit(slice -> StoredSlice.builder(slice).move(Move.builder().reason(reason).phase(Move.Phase.INSTALLING)
                    .allocation(slice.allocation().orElseThrow()).since(bench.time.now())
                    .deadline(bench.time.now().plusSeconds(60)).build()).build());
            assertThat(bench.slices.whenSettled(Bench.id("job-1")).isDone()).as("%s", reason)
                    .isEqualTo(reason != Move.Reason.CHANGE);
        }
    }

    @Test
    void aRemovalMeanwhileIsTold() {
        CompletableFuture<PutResult> put = put(OTHER);
        bench.slices.remove(Bench.id("job-1"));
        assertThat(bench.refusal(put).type()).isEqualTo(ProblemType.REMOVING);
    }

    @Test
    void anotherGenerationThanTheOneNamedIsNotChanged() {
        CompletableFuture<PutResult> first = put(OTHER);
        CompletableFuture<PutResult> second = bench.slices.put(Bench.id("job-1"), THIRD, "slurm",
                Precondition.generationIn(Set.of(1L)));
        assertThat(second).as("it is the first generation still").isNotDone();
        accept();
        bench.await(first);
        Problem problem = bench.refusal(second);
        assertThat(problem.type()).isEqualTo(ProblemType.STALE_ETAG);
        assertThat(problem.detail()).contains("generation 2", "[1]");
        assertThat(document().spec().members()).isEqualTo(OTHER.members());
    }

    @Test
    void anotherOwnersSliceIsNotThere() {
        CompletableFuture<PutResult> put = bench.slices.put(Bench.id("job-1"), OTHER, "kueue");
        assertThat(bench.refusal(put).type()).isEqualTo(ProblemType.NOT_FOUND);
        assertThat(document()).isEqualTo(before);
    }

    @Test
    void whatCannotBeIsRefusedAtOnce() {
        Problem problem = bench.refusal(put(Bench.spec("gpu-1-1", "gpu-9-9")));
        assertThat(problem.type()).isEqualTo(ProblemType.UNKNOWN_HOST);
        assertThat(problem.errors().get(0).pointer()).isEqualTo("/members/1/host");
        assertThat(document()).isEqualTo(before);
    }

    @Test
    void aFailedSliceIsToBeDeletedFirst() {
        edit(slice -> StoredSlice.builder(slice).state(SliceState.FAILED).build());
        Problem problem = bench.refusal(put(OTHER));
        assertThat(problem.type()).isEqualTo(ProblemType.INSTALLATION_FAILED);
        assertThat(problem.detail()).contains("delete it");
    }
}
