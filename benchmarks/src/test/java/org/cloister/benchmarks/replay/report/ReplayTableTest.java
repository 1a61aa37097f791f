package org.cloister.benchmarks.replay.report;

import org.cloister.benchmarks.replay.Estimate;
import org.cloister.benchmarks.replay.ImmutableReplayRow;
import org.cloister.benchmarks.replay.Policy;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReplayTableTest {

    @Test
    void aLineForEachPolicyAndLoad() {
        String table = ReplayTable.of(Rows.outcome(false, Rows.row(Policy.IDEAL, 0.5, 999, 1001),
                Rows.row(Policy.CLOISTER, 0.5, 1033, 1034.6), Rows.row(Policy.CLOISTER, 0.95, 2000, 2000)));

        // half the width: 12.706 x sqrt(2) / sqrt(2) = 12.706 for 999 and 1001; over ideal: 1033.8 / 1000
        assertThat(table.split("\n")).startsWith(
                "jobs on small (4 leaves x 8 hosts, 2 spines), 1 jobs, bulk, fifo, 2 seeds",
                "",
                "policy    load     mean JCT, s     JCT p99, s  mean JWT, s  mean JRT, s    utilisation"
                        + "  fragmentation  over ideal, %  jobs  never ran  unproven  demand",
                "ideal     0.50  1,000.0 ± 12.7  4,000.0 ± 0.0    0.0 ± 0.0  11.0 ± 12.7  0.500 ± 0.000"
                        + "  0.875 ± 1.588           0.00   160          3         0    0.50",
                "cloister  0.50  1,033.8 ± 10.2  4,000.0 ± 0.0    0.0 ± 0.0  11.0 ± 12.7  0.500 ± 0.000"
                        + "  0.875 ± 1.588           3.38   160          3         0    0.50",
                "cloister  0.95   2,000.0 ± 0.0  4,000.0 ± 0.0    0.0 ± 0.0  11.0 ± 12.7  0.500 ± 0.000"
                        + "  0.875 ± 1.588              -   160          3         0    0.95");
        assertThat(table).contains("67.6 % below ECMP's").contains("within 3.38 % of ideal");
    }

    @Test
    void demandThatIsNotTheLoadIsTold() {
        assertThat(ReplayTable.of(Rows.outcome(false, Rows.row(Policy.IDEAL, 0.5, 1, 1)))).doesNotContain("demand:");
        assertThat(ReplayTable.of(Rows.outcome(false, ImmutableReplayRow.builder().from(Rows.row(Policy.IDEAL, 0.5, 1, 1))
                .demandInWindow(Estimate.of(0.42, 0.42)).build()))).contains("demand: the load within the measured window");
    }

    @Test
    void syntheticResultsSaySo() {
        assertThat(ReplayTable.of(Rows.outcome(true, Rows.row(Policy.IDEAL, 0.5, 1, 1))).split("\n"))
                .contains("synthetic: the trace does not say what jobs communicate");
    }
}
