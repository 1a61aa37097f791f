package org.cloister.isolation.control;

import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.api.ImmutableSliceSpec;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RefusedException;
import org.cloister.isolation.api.RepackPolicy;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceAdminService.PutResult;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.control.plan.Conditions;
import org.cloister.isolation.fabric.ImmutableFabric;
import org.cloister.isolation.program.sim.LeafSpine;
import org.cloister.isolation.store.Move;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;

/** Running slices make room for a wish, if they allow it. */
class RoomTest {

    private static final String[] ALL = {"gpu-1-3", "gpu-2-3", "gpu-3-3", "gpu-4-3"};

    private Bench bench = Bench.of(LeafSpine.of(4, 2, 3)).barrier();

    @AfterEach
    void nothingThatOnosPunishes() {
        assertThat(bench.onos.violations()).isEmpty();
    }

    private CompletableFuture<PutResult> put(String id, RepackPolicy repack, String... hosts) {
        return bench.slices.put(Bench.id(id), ImmutableSliceSpec.copyOf(Bench.spec(hosts)).withRepack(repack), "slurm");
    }

    /** Two slices, one on each spine: nowhere is one free that reaches all four leaves. */
    private void fragmented(RepackPolicy repack) {
        bench.ready();
        put("job-1", repack, "gpu-1-1", "gpu-2-1");
        bench.settled("job-1");
        bench.create("filler", "gpu-3-2", "gpu-4-2");
        put("job-2", repack, "gpu-3-1", "gpu-4-1");
        bench.settled("job-2");
        bench.remove("filler");
        assertThat(uplink("job-1").number()).isNotEqualTo(uplink("job-2").number());
    }

    private FabricPort uplink(String id) {
        return bench.slice(id).allocation().orElseThrow().members().get(0).uplink().orElseThrow();
    }

    private Optional<Move> move(String id) {
        return bench.store.slice(Bench.id(id)).orElseThrow().slice().move();
    }

    @Test
    void aSliceThatAllowsItMovesAndNobodyLosesAPacket() {
        fragmented(RepackPolicy.ALLOW);
        Slice before = bench.slice("job-1");
        Traffic traffic = new Traffic(bench).watch("gpu-1-1", "gpu-2-1").watch("gpu-3-1", "gpu-4-1");
        CompletableFuture<PutResult> asked = put("job-3", RepackPolicy.FORBID, ALL);
        bench.time.until("one makes room", Duration.ofSeconds(1), () -> move("job-1").or(() -> move("job-2")).isPresent());
        assertThat(move("job-1").or(() -> move("job-2")).orElseThrow().reason()).isEqualTo(Move.Reason.REPACK);
        assertThat(asked).isNotDone();
        bench.time.until("room is made", Duration.ofSeconds(9), asked::isDone);
        assertThat(bench.settled("job-3").state()).isEqualTo(SliceState.ACTIVE);
        assertThat(traffic.lost()).isEmpty();
        assertThat(new Traffic(bench).arrives("gpu-1-3", "gpu-4-3")).isTrue();
        assertThat(uplink("job-1").number()).isEqualTo(uplink("job-2").number());
        assertThat(bench.slice("job-1").state()).isEqualTo(SliceState.ACTIVE);
        assertThat(bench.slice("job-1").stateSince()).isEqualTo(before.stateSince());
        assertThat(bench.slice("job-1").generation()).isEqualTo(1);
    }

    @Test
    void whereNobodyAllowsItTheRequestIsRefusedAtOnce() {
        fragmented(RepackPolicy.FORBID);
        CompletableFuture<PutResult> asked = put("job-3", RepackPolicy.ALLOW, ALL);
        bench.time.until("an answer", Duration.ofMillis(100), asked::isDone);
        assertThat(refusal(asked).type()).isEqualTo(ProblemType.NO_COMMON_SPINES);
        bench.time.pass(Duration.ofSeconds(5));
        assertThat(move("job-1")).isEmpty();
        assertThat(bench.slices.slice(Bench.id("job-3"))).isEmpty();
    }

    @Test
    void whoOnlyAsksIsToldThatRoomMayBeMade() {
        fragmented(RepackPolicy.ALLOW);
        Problem foreseen = bench.refusal(bench.slices.plan(Bench.id("job-3"), Bench.spec(ALL), "slurm"));
        assertThat(foreseen.type()).isEqualTo(ProblemType.NO_COMMON_SPINES);
        assertThat(foreseen.unproven()).isTrue();
        assertThat(bench.await(bench.slices.plans(List.of(Bench.spec(ALL)))).plans().get(0).problem()).hasValue(foreseen);
        put("job-1", RepackPolicy.FORBID, "gpu-1-1", "gpu-2-1");
        put("job-2", RepackPolicy.FORBID, "gpu-3-1", "gpu-4-1");
        bench.time.pass(Duration.ofSeconds(1));
        assertThat(bench.refusal(bench.slices.plan(Bench.id("job-3"), Bench.spec(ALL), "slurm")).unproven()).isFalse();
    }

    @Test
    void leaveCanBeGivenAndTakenBackWithoutAMove() {
        fragmented(RepackPolicy.FORBID);
        put("job-2", RepackPolicy.ALLOW, "gpu-3-1", "gpu-4-1");
        bench.time.pass(Duration.ofSeconds(1));
        assertThat(move("job-2")).isEmpty();
        assertThat(bench.slice("job-2").generation()).isEqualTo(2);
        put("job-2", RepackPolicy.FORBID, "gpu-3-1", "gpu-4-1");
        bench.time.pass(Duration.ofSeconds(1));
        CompletableFuture<PutResult> asked = put("job-3", RepackPolicy.FORBID, ALL);
        bench.time.pass(Duration.ofSeconds(1));
        assertThat(refusal(asked).type()).isEqualTo(ProblemType.NO_COMMON_SPINES);
    }

    @Test
    void aChangeFindsRoomToo() {
        fragmented(RepackPolicy.ALLOW);
        bench.create("job-3", "gpu-1-3", "gpu-2-3");
        assertThat(uplink("job-3").number()).isEqualTo(uplink("job-2").number());
        CompletableFuture<PutResult> asked = put("job-3", RepackPolicy.FORBID, ALL);
        bench.time.until("room is made", Duration.ofSeconds(9), asked::isDone);
        bench.time.pass(Duration.ofSeconds(20));
        assertThat(bench.slice("job-3").observedGeneration()).isEqualTo(2);
        // what a slice holds that changes is free to itself, and to nobody who makes room for it
        assertThat(uplink("job-3").number()).isNotEqualTo(uplink("job-2").number());
        assertThat(uplink("job-1").number()).isEqualTo(uplink("job-2").number());
        assertThat(new Traffic(bench).arrives("gpu-1-3", "gpu-4-3")).isTrue();
    }

    @Test
    void whoMakesRoomForAReservationDoesNotTakeItsTag() {
        fragmented(RepackPolicy.ALLOW);
        bench.create("job-3", Bench.later(2, "gpu-1-3", "gpu-1-2"));
        int tag = tag("job-3");
        CompletableFuture<PutResult> asked = put("job-3", RepackPolicy.FORBID, ALL);
        bench.time.until("one makes room", Duration.ofSeconds(1), () -> move("job-1").or(() -> move("job-2")).isPresent());
        assertThat(move("job-1").or(() -> move("job-2")).orElseThrow().allocation().tag()).isNotEqualTo(tag);
        bench.time.until("room is made", Duration.ofSeconds(9), asked::isDone);
        assertThat(bench.settled("job-3").state()).isEqualTo(SliceState.ACTIVE);
        assertThat(tag("job-3")).isEqualTo(tag);
        assertThat(List.of(tag("job-1"), tag("job-2"), tag)).doesNotHaveDuplicates();
        assertThat(new Traffic(bench).arrives("gpu-1-3", "gpu-4-3")).isTrue();
        assertThat(new Traffic(bench).arrives("gpu-1-1", "gpu-2-1")).isTrue();
        assertThat(new Traffic(bench).arrives("gpu-3-1", "gpu-4-1")).isTrue();
    }

    private int tag(String id) {
        return bench.slice(id).allocation().orElseThrow().tag();
    }

    @Test
    void whereTheMoveIsNotTakenTheRequestIsRefusedForTheLinksAndNobodyIsNamed() {
        fragmented(RepackPolicy.ALLOW);
        bench.fabric.fabric().orElseThrow().switches().values().stream().filter(each -> each.name().startsWith("spine"))
                .forEach(each -> bench.onos.at(each.device()).refuses = rule -> true);
        CompletableFuture<PutResult> asked = put("job-3", RepackPolicy.FORBID, ALL);
        bench.time.until("an answer", Duration.ofSeconds(10), asked::isDone);
        assertThat(refusal(asked).type()).isEqualTo(ProblemType.NO_COMMON_SPINES);
        assertThat(refusal(asked).detail()).doesNotContain("job-");
        assertThat(bench.slice("job-1").conditions()).noneMatch(each -> each.type().equals(Conditions.MOVE_FAILED));
    }

    @Test
    void withoutRulesRoomIsMadeAtOnce() {
        bench = Bench.of(ImmutableFabric.copyOf(LeafSpine.of(4, 2, 3)).withEnforce(false));
        fragmented(RepackPolicy.ALLOW);
        CompletableFuture<PutResult> asked = put("job-3", RepackPolicy.FORBID, ALL);
        bench.time.until("an answer", Duration.ofSeconds(1), asked::isDone);
        assertThat(bench.slice("job-3").state()).isEqualTo(SliceState.ACTIVE);
    }

    private static Problem refusal(CompletableFuture<PutResult> asked) {
        return asked.handle((result, error) -> {
            Throwable cause = error != null && error.getCause() != null ? error.getCause() : error;
            return ((RefusedException) cause).problem();
        }).join();
    }
}
