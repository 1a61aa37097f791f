package org.cloister.isolation.control;

import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.SliceAdminService.PutResult;
import org.cloister.isolation.config.App;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;

/** Two requests for one name: each gets the answer to what it asked for, and none takes the other's document back. */
class PutsTest {

    private final Bench bench = Bench.small();

    @BeforeEach
    void withoutALeader() {
        bench.ready();
        bench.leadership.choose(App.NAME, null);
        bench.time.pass(Duration.ofSeconds(1));
    }

    private CompletableFuture<PutResult> put(String... hosts) {
        return bench.slices.put(Bench.id("job-1"), Bench.spec(hosts), "slurm");
    }

    private VersionedSlice document() {
        return bench.store.slice(Bench.id("job-1")).orElseThrow();
    }

    private void refuse() {
        VersionedSlice found = document();
        bench.store.replace(found.version(), StoredSlice.builder(found.slice())
                .refusal(Problem.of(ProblemType.HOST_IN_USE, "taken")).build());
    }

    @Test
    void theSliceOfALaterRequestIsNotTheAnswerToAnEarlierOne() {
        CompletableFuture<PutResult> first = put("gpu-1-1", "gpu-2-1");
        bench.time.pass(Duration.ofSeconds(1));
        // refused, and asked for anew before the first has seen that: it only ever sees the second document
        refuse();
        CompletableFuture<PutResult> second = put("gpu-1-2", "gpu-2-2");
        bench.leadership.choose(App.NAME, Bench.NODE);
        assertThat(bench.refusal(first).type()).isEqualTo(ProblemType.NOT_READY);
        PutResult result = bench.await(second);
        assertThat(result.created()).isTrue();
        assertThat(result.slice().spec().members()).extracting(each -> each.host())
                .containsExactly("gpu-1-2", "gpu-2-2");
    }

    @Test
    void whoGivesUpTakesBackNoOthersDocument() {
        bench.events = event -> { };
        CompletableFuture<PutResult> first = put("gpu-1-1", "gpu-2-1");
        bench.time.pass(Duration.ofSeconds(5));
        refuse();
        CompletableFuture<PutResult> second = put("gpu-1-2", "gpu-2-2");
        bench.time.pass(Duration.ofSeconds(6));
        assertThat(bench.refusal(first).type()).isEqualTo(ProblemType.NOT_READY);
        assertThat(second).isNotDone();
        assertThat(document().slice().spec().members()).extracting(each -> each.host())
                .containsExactly("gpu-1-2", "gpu-2-2");
        bench.time.pass(Duration.ofSeconds(5));
        assertThat(bench.refusal(second).type()).isEqualTo(ProblemType.NOT_READY);
        assertThat(bench.storage.map("cloister-slices").isEmpty()).isTrue();
    }

    @Test
    void theAnswerToAnotherRequestIsLeftToIt() {
        bench.events = event -> { };
        CompletableFuture<PutResult> first = put("gpu-1-1", "gpu-2-1");
        bench.time.pass(Duration.ofSeconds(5));
        refuse();
        CompletableFuture<PutResult> second = put("gpu-1-2", "gpu-2-2");
        refuse();
        bench.time.pass(Duration.ofSeconds(6));
        assertThat(bench.refusal(first).type()).isEqualTo(ProblemType.NOT_READY);
        assertThat(document().slice().refusal()).isPresent();
        bench.time.pass(Duration.ofSeconds(5));
        assertThat(bench.refusal(second).type()).isEqualTo(ProblemType.HOST_IN_USE);
    }
}
