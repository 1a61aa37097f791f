package org.cloister.ocs.control;

import org.cloister.ocs.api.DemandPhase;
import org.cloister.ocs.store.CircuitStore;
import org.cloister.ocs.store.StoredDemand;
import org.cloister.ocs.store.StoredMove;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cloister.ocs.control.Bench.circuit;

/** A document that can be read and that nothing can be decided for. */
class UndecidableTest {

    private final Bench bench = Bench.of("ocs-1");

    @Test
    void holdsUpNobodyElseAndSaysWhy() {
        Instant now = bench.time.now();
        CircuitStore store = new CircuitStore(bench.storage, Runnable::run, () -> { });
        store.start();
        store.refresh();
        // an earlier leader's, with a deadline that nothing can be added to
        StoredMove move = StoredMove.builder().generation(1).step(StoredMove.Step.TUNING).since(now)
                .deadline(Instant.MAX).term(0).began(now).addMakes(circuit("ocs-1", 1, 5))
                .addMade(circuit("ocs-1", 1, 5)).build();
        store.demands().create("slice:a", StoredDemand.builder().owner("slice:a")
                .addCircuits(circuit("ocs-1", 1, 5)).generation(1).requested(now).phase(DemandPhase.TUNING).since(now)
                .move(move).build());
        bench.establish("slice:b", circuit("ocs-1", 2, 6));
        assertThat(bench.status("slice:a").phase()).isEqualTo(DemandPhase.TUNING);
        assertThat(bench.status("slice:a").reason().orElse("")).contains("nothing can be decided");
        long written = store.demands().get("slice:a").orElseThrow().version();
        bench.time.pass(Duration.ofMinutes(2));
        assertThat(store.demands().get("slice:a").orElseThrow().version()).as("said once").isEqualTo(written);
    }
}
