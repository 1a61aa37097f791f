package org.cloister.isolation.control;

import org.cloister.isolation.api.Condition;
import org.cloister.isolation.api.ImmutableSliceSpec;
import org.cloister.isolation.api.Lease;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.config.App;
import org.cloister.isolation.control.environment.Limits;
import org.cloister.isolation.control.lifecycle.Expiry;
import org.cloister.isolation.control.observed.Observed;
import org.cloister.isolation.control.plan.Operation;
import org.cloister.isolation.control.plan.Plan;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** A slice lives as long as its owner gives a sign of life, and not much longer. */
class LeasesTest {

    private static final Duration REMOVED = Duration.ofSeconds(20);

    private final Bench bench = Bench.small();

    private static SliceSpec spec(int seconds) {
        return ImmutableSliceSpec.copyOf(Bench.spec("gpu-1-1", "gpu-2-1")).withLeaseSeconds(seconds);
    }

    private Slice put(SliceSpec spec) {
        return bench.await(bench.slices.put(Bench.id("job-1"), spec, "slurm")).slice();
    }

    private Optional<Slice> slice() {
        return bench.slices.slice(Bench.id("job-1"));
    }

    private SliceState state() {
        return slice().orElseThrow().state();
    }

    /** A slice with a lease of a minute, all rules of which are there. */
    private void settled() {
        bench.ready();
        put(spec(60));
        bench.settled("job-1");
    }

    private Instant end() {
        return slice().flatMap(Slice::lease).map(Lease::expiresAt).orElseThrow();
    }

    private StoredSlice document() {
        return bench.store.slice(Bench.id("job-1")).orElseThrow().slice();
    }

    @Test
    void anUnrenewedSliceGoesWithItsRules() {
        bench.ready();
        var before = bench.rules();
        Instant asked = bench.time.now();
        put(spec(60));
        assertThat(end()).isEqualTo(asked.plusSeconds(60));
        bench.settled("job-1");
        bench.time.pass(Duration.between(bench.time.now(), asked.plusSeconds(60)).minusMillis(1));
        assertThat(state()).isEqualTo(SliceState.ACTIVE);
        bench.time.pass(Duration.ofMillis(100));
        Slice expired = slice().orElseThrow();
        assertThat(expired.state()).isEqualTo(SliceState.REMOVING);
        assertThat(expired.conditions()).filteredOn(Condition::status).extracting(Condition::type)
                .containsExactly("LeaseExpired");
        bench.time.pass(REMOVED);
        assertThat(slice()).isEmpty();
        assertThat(bench.rules()).isEqualTo(before);
    }

    @Test
    void withoutALeaseItLivesForEver() {
        bench.ready();
        bench.create("job-1", "gpu-1-1", "gpu-2-1");
        bench.time.pass(Duration.ofDays(1));
        assertThat(state()).isEqualTo(SliceState.ACTIVE);
        assertThat(slice().orElseThrow().lease()).isEmpty();
    }

    @Test
    void askingAgainRenews() {
        bench.ready();
        put(spec(60));
        for (int i = 0; i < 5; i++) {
            bench.time.pass(Duration.ofSeconds(50));
            Instant now = bench.time.now();
            assertThat(put(spec(60)).lease().orElseThrow().expiresAt()).isEqualTo(now.plusSeconds(60));
        }
        assertThat(state()).isEqualTo(SliceState.ACTIVE);
        assertThat(slice().orElseThrow().generation()).isEqualTo(1);
    }

    @Test
    void whatRanOutWhileOnosWasDownGoesWhenItIsBack() {
        settled();
        bench.stop();
        bench.time.pass(Duration.ofHours(1));
        bench.start();
        bench.time.pass(Duration.ofSeconds(60));
        assertThat(slice()).isEmpty();
    }

    @Test
    void whoeverCouldNotRenewBecauseOnosWasDownCanWhenItIsBack() {
        settled();
        bench.stop();
        bench.time.pass(Duration.ofHours(1));
        bench.start();
        bench.time.pass(Duration.ofSeconds(29));
        assertThat(state()).isEqualTo(SliceState.ACTIVE);
        bench.await(bench.slices.renew(Bench.id("job-1"), 60));
        bench.time.pass(Duration.ofSeconds(50));
        assertThat(state()).isEqualTo(SliceState.ACTIVE);
        bench.time.pass(Duration.ofSeconds(11));
        assertThat(state()).isEqualTo(SliceState.REMOVING);
    }

    @Test
    void aStoreThatWasSilentTakesNoLifeBeforeItCouldTakeASignOfLifeIn() {
        settled();
        bench.storage.silent(true);
        bench.time.pass(Duration.ofSeconds(70));
        bench.storage.silent(false);
        bench.time.pass(Duration.ofSeconds(25));
        assertThat(state()).isEqualTo(SliceState.ACTIVE);
        bench.time.pass(Duration.ofSeconds(10));
        assertThat(state()).isEqualTo(SliceState.REMOVING);
    }

    @Test
    void whatRanOutWhileNobodyDecidedLivesOnIfItIsRenewedInTime() {
        settled();
        bench.leadership.choose(App.NAME, null);
        bench.time.pass(Duration.ofSeconds(70));
        bench.await(bench.slices.renew(Bench.id("job-1"), 60));
        bench.leadership.choose(App.NAME, Bench.NODE);
        bench.time.pass(Duration.ofSeconds(30));
        assertThat(state()).isEqualTo(SliceState.ACTIVE);
    }

    @Test
    void aRenewalThatIsStoredBeforeTheExpiryWins() {
        bench.ready();
        Instant asked = bench.time.now();
        put(spec(60));
        bench.settled("job-1");
        bench.time.pass(Duration.between(bench.time.now(), asked.plusSeconds(60)).minusMillis(1));
        VersionedSlice looked = bench.store.slice(Bench.id("job-1")).orElseThrow();
        Instant end = asked.plusSeconds(60);
        Plan plan = new Plan(new Observed(Map.of()), end, 1);
        assertThat(Expiry.plan(plan, looked, end, Instant.MIN, Limits.defaults())).isTrue();
        Operation.Write expiry = (Operation.Write) plan.operations().get(0);
        // decided, but not written when the renewal is answered
        bench.await(bench.slices.renew(Bench.id("job-1"), 60));
        assertThat(bench.store.replace(expiry.from().version(), expiry.next())).isFalse();
        bench.time.pass(Duration.ofSeconds(30));
        assertThat(state()).isEqualTo(SliceState.ACTIVE);
    }

    @Test
    void aRenewalThatIsStoredAfterTheExpiryIsRefused() {
        settled();
        // the renewal has read the slice; before it is stored the lease runs out
        bench.storage.meanwhile("cloister-slices", "get", () -> bench.time.until("the expiry", Bench.LONG,
                () -> state() == SliceState.REMOVING));
        assertThat(bench.refusal(bench.slices.renew(Bench.id("job-1"), 60)).type()).isEqualTo(ProblemType.REMOVING);
        assertThat(bench.refusal(bench.slices.renew(Bench.id("job-2"), 60)).type()).isEqualTo(ProblemType.NOT_FOUND);
    }

    @Test
    void aFailedSliceGoesToo() {
        settled();
        VersionedSlice found = bench.store.slice(Bench.id("job-1")).orElseThrow();
        bench.store.replace(found.version(), StoredSlice.builder(found.slice()).state(SliceState.FAILED).build());
        bench.time.pass(Duration.ofSeconds(90));
        assertThat(slice()).isEmpty();
    }

    @Test
    void leasesRunOutWithoutAConfigurationAsWell() {
        settled();
        bench.fabric.configure(Optional.empty());
        bench.time.pass(Duration.ofSeconds(90));
        assertThat(state()).isEqualTo(SliceState.REMOVING);
    }

    @Test
    void anExplicitRenewalMayShortenASignOfLifeMayNot() {
        bench.ready();
        put(spec(3600));
        Instant now = bench.time.now();
        bench.await(bench.slices.renew(Bench.id("job-1"), 7200));
        put(spec(3600));
        assertThat(end()).isEqualTo(now.plusSeconds(7200));
        bench.await(bench.slices.renew(Bench.id("job-1"), 60));
        assertThat(end()).isBeforeOrEqualTo(now.plusSeconds(70));
    }

    @Test
    void whatASliceWithoutLeaseWasGivenIsWhatASignOfLifeGives() {
        bench.ready();
        put(Bench.spec("gpu-1-1", "gpu-2-1"));
        bench.await(bench.slices.renew(Bench.id("job-1"), 600));
        bench.time.pass(Duration.ofSeconds(300));
        Instant now = bench.time.now();
        put(Bench.spec("gpu-1-1", "gpu-2-1"));
        assertThat(end()).isEqualTo(now.plusSeconds(600));
        assertThat(document().spec().leaseSeconds()).isEmpty();
    }

    @Test
    void timesThatLeasesCannotHaveAreRefused() {
        bench.ready();
        bench.create("job-1", "gpu-1-1", "gpu-2-1");
        for (int seconds : new int[] {59, 0, -1, 2_592_001}) {
            var problem = bench.refusal(bench.slices.renew(Bench.id("job-1"), seconds));
            assertThat(problem.type()).isEqualTo(ProblemType.INVALID_REQUEST);
            assertThat(problem.errors().get(0).pointer()).isEqualTo("/leaseSeconds");
            assertThat(problem.errors().get(0).value().intValue()).isEqualTo(seconds);
        }
        bench.await(bench.slices.renew(Bench.id("job-1"), 2_592_000));
    }
}
