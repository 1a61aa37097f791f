package org.cloister.driver.ocs.gnmi;

import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.driver.ocs.session.CircuitState;
import org.cloister.driver.ocs.session.CircuitStatus;
import org.cloister.driver.ocs.session.CircuitTransaction;
import org.cloister.driver.ocs.session.OcsSession;
import org.cloister.driver.ocs.session.Snapshot;
import org.cloister.driver.ocs.session.TransactionResult;
import org.cloister.testing.Reports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the driver adds to a large transaction, and to reading a large switch, into the report {@code transaction}: the
 * emulator moves light in no time, so all but the Set itself is the driver's.
 */
@Timeout(120)
class TransactionOverheadTest {

    private static final int CIRCUITS = 128;
    private static final int LARGE_SWITCH = 576;
    private static final int WARM_UP = 30;
    private static final int RUNS = 60;
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    @Test
    void isSmallAndEachTransactionIsOneSet() throws Exception {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("circuits", CIRCUITS);
        figures.put("runs", RUNS);
        transactions(figures);
        readings(figures);
        System.out.println("transactions of " + CIRCUITS + " circuits: " + figures);
        Reports.write("transaction", true, figures);
    }

    private void transactions(Map<String, Object> figures) throws Exception {
        EmulatorHarness harness = new EmulatorHarness(directory, 2 * CIRCUITS);
        harness.start();
        try (OcsSession session = harness.sessions().open(harness.target()).get(10, TimeUnit.SECONDS)) {
            // two sets of circuits on the same ports: each transaction deletes one and makes the other
            List<CircuitPorts> one = IntStream.rangeClosed(1, CIRCUITS).mapToObj(i -> ports(i, i + CIRCUITS))
                    .collect(Collectors.toList());
            List<CircuitPorts> other = IntStream.rangeClosed(1, CIRCUITS).mapToObj(i -> ports(i, i % CIRCUITS + 1 + CIRCUITS))
                    .collect(Collectors.toList());
            apply(session, List.of(), one);
            List<Duration> totals = new ArrayList<>();
            List<Duration> sets = new ArrayList<>();
            List<Duration> added = new ArrayList<>();
            try (SetCounter counter = new SetCounter()) {
                for (int i = 0; i < WARM_UP + RUNS; i++) {
                    long began = System.nanoTime();
                    TransactionResult result = i % 2 == 0 ? apply(session, one, other) : apply(session, other, one);
                    Duration total = Duration.ofNanos(System.nanoTime() - began);
                    if (i >= WARM_UP) {
                        totals.add(total);
                        sets.add(result.setting());
                        added.add(total.minus(result.setting()));
                    }
                }
                assertThat(counter.count()).isEqualTo(WARM_UP + RUNS);
            }
            figures.put("totalMillis", medianMillis(totals));
            figures.put("setMillis", medianMillis(sets));
            figures.put("transactionOverheadMillis", medianMillis(added));
        } finally {
            harness.close();
        }
    }

    private static TransactionResult apply(OcsSession session, List<CircuitPorts> deletes, List<CircuitPorts> creates)
            throws Exception {
        TransactionResult result = session.apply(CircuitTransaction.builder().addAllDeletes(deletes)
                .addAllCreates(creates).deadline(DEADLINE).build()).get(30, TimeUnit.SECONDS);
        assertThat(result.circuits()).hasSize(CIRCUITS);
        assertThat(result.circuits().values()).extracting(CircuitState::status).containsOnly(CircuitStatus.CONNECTED);
        return result;
    }

    private void readings(Map<String, Object> figures) throws Exception {
        EmulatorHarness harness = new EmulatorHarness(directory, LARGE_SWITCH);
        harness.start();
        try (OcsSession session = harness.sessions().open(harness.target()).get(10, TimeUnit.SECONDS)) {
            List<CircuitPorts> all = IntStream.rangeClosed(1, LARGE_SWITCH / 2)
                    .mapToObj(i -> ports(i, i + LARGE_SWITCH / 2)).collect(Collectors.toList());
            session.apply(CircuitTransaction.builder().addAllCreates(all).deadline(DEADLINE).build())
                    .get(30, TimeUnit.SECONDS);
            List<Duration> readings = new ArrayList<>();
            List<Duration> plans = new ArrayList<>();
            for (int i = 0; i < WARM_UP + RUNS; i++) {
                long began = System.nanoTime();
                Snapshot snapshot = session.snapshot(DEADLINE).get(30, TimeUnit.SECONDS);
                long read = System.nanoTime();
                TransactionPlan plan = TransactionPlan.of(CircuitTransaction.builder().addAllDeletes(all)
                        .addAllCreates(all).deadline(DEADLINE).build(), snapshot.circuits().values(),
                        snapshot.ports().keySet());
                assertThat(SetRequests.of(plan).getUpdateCount()).isEqualTo(LARGE_SWITCH / 2);
                if (i >= WARM_UP) {
                    readings.add(Duration.ofNanos(read - began));
                    plans.add(Duration.ofNanos(System.nanoTime() - read));
                }
            }
            figures.put("largeSwitchPorts", LARGE_SWITCH);
            figures.put("largeSwitchSnapshotMillis", medianMillis(readings));
            figures.put("largeSwitchPlanMillis", medianMillis(plans));
        } finally {
            harness.close();
        }
    }

    private static CircuitPorts ports(int one, int other) {
        return CircuitPorts.of(Integer.toString(one), Integer.toString(other));
    }

    private static double medianMillis(List<Duration> durations) {
        List<Duration> sorted = new ArrayList<>(durations);
        Collections.sort(sorted);
        return Math.round(sorted.get(sorted.size() / 2).toNanos() / 10_000.0) / 100.0;
    }
}
