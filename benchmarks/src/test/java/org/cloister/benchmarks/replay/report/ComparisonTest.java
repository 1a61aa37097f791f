package org.cloister.benchmarks.replay.report;

import org.cloister.benchmarks.replay.Policy;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ComparisonTest {

    @Test
    void theWorstLoadCounts() {
        List<Comparison> all = Comparison.of(Rows.outcome(false,
                Rows.row(Policy.LAAS, 0.4, 100, 100), Rows.row(Policy.LAAS, 0.9, 200, 200),
                Rows.row(Policy.CLOISTER, 0.4, 90, 90), Rows.row(Policy.CLOISTER, 0.9, 201, 201)));

        assertThat(all).hasSize(1);
        assertThat(all.get(0)).hasToString(
                "cloister beside laas, at worst: mean JCT +0.50 % (load 0.90), mean JWT +0.0 s");
        assertThat(all.get(0).figures()).containsEntry("policy", "cloister").containsEntry("against", "laas")
                .containsEntry("atLoad", 0.9).doesNotContainKey("upToLoad");
    }

    @Test
    void idealIsComparedWithUpToModerateLoad() {
        List<Comparison> all = Comparison.of(Rows.outcome(false,
                Rows.row(Policy.IDEAL, 0.8, 100, 100), Rows.row(Policy.IDEAL, 0.9, 100, 100),
                Rows.row(Policy.CLOISTER_OCS, 0.8, 103, 103), Rows.row(Policy.CLOISTER_OCS, 0.9, 900, 900)));

        assertThat(all).extracting(Comparison::toString).containsExactly("cloister-ocs beside ideal up to load 0.8,"
                + " at worst: mean JCT +3.00 % (load 0.80), mean JWT +0.0 s");
    }

    @Test
    void withoutRowsThereIsNothingToCompare() {
        assertThat(Comparison.of(Rows.outcome(false, Rows.row(Policy.CLOISTER, 0.8, 1, 1)))).isEmpty();
    }
}
