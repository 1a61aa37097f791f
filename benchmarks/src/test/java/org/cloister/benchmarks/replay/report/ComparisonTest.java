package org.cloister.benchmarks.replay.report;

import org.cloister.benchmarks.replay.ImmutableReplayRow;
import org.cloister.benchmarks.replay.Policy;
import org.cloister.benchmarks.replay.ReplayRow;
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
                "cloister beside laas, at worst: mean JCT +0.50 % [+0.50, +0.50] (load 0.90), mean JWT +0.0 s [+0.0, +0.0]"
                        + " (load 0.40); NOT not worse");
        assertThat(all.get(0).figures()).containsEntry("policy", "cloister").containsEntry("against", "laas")
                .containsEntry("atLoad", 0.9).containsEntry("holds", false).doesNotContainKey("upToLoad");
    }

    @Test
    void idealIsComparedWithUpToModerateLoad() {
        List<Comparison> all = Comparison.of(Rows.outcome(false,
                Rows.row(Policy.IDEAL, 0.8, 100, 100), Rows.row(Policy.IDEAL, 0.9, 100, 100),
                Rows.row(Policy.CLOISTER_OCS, 0.8, 103, 103), Rows.row(Policy.CLOISTER_OCS, 0.9, 900, 900)));

        assertThat(all).extracting(Comparison::toString).containsExactly("cloister-ocs beside ideal up to load 0.8,"
                + " at worst: mean JCT +3.00 % [+3.00, +3.00] (load 0.80), mean JWT +0.0 s [+0.0, +0.0] (load 0.80);"
                + " within 3.38 %");
    }

    @Test
    void whatBothHaveInCommonDoesNotBlurTheDifference() {
        Comparison comparison = Comparison.of(Rows.outcome(false, Rows.row(Policy.LAAS, 0.4, 100, 300),
                Rows.row(Policy.CLOISTER, 0.4, 101, 303))).get(0);

        // differences 1 and 3: 2 ± 12.706, of 200
        assertThat(comparison.figures().get("worstJctPercent")).isEqualTo(1.0);
        assertThat(comparison.figures().get("worstJctPercentInterval95")).isEqualTo(List.of(-5.353, 7.353));
        assertThat(comparison.holds()).contains(true);
    }

    @Test
    void nearlyIdealIsJudgedByTheWholeInterval() {
        assertThat(Comparison.of(Rows.outcome(false, Rows.row(Policy.IDEAL, 0.8, 100, 100),
                Rows.row(Policy.CLOISTER_OCS, 0.8, 103, 103.1))).get(0).holds()).contains(false);
    }

    @Test
    void whoeverDropsTheAwkwardJobsIsNotCompared() {
        Comparison comparison = Comparison.of(Rows.outcome(false, Rows.row(Policy.LAAS, 0.4, 100, 100),
                ImmutableReplayRow.builder().from(Rows.row(Policy.CLOISTER, 0.4, 50, 50)).measured(150).censored(13)
                        .build())).get(0);

        assertThat(comparison.holds()).isEmpty();
        assertThat(comparison.figures()).containsEntry("notComparedAtLoads", List.of(0.4))
                .doesNotContainKey("worstJctPercent");
    }

    @Test
    void aReportPassesIfWhatIsRequiredHolds() {
        ReplayRow laas = Rows.row(Policy.LAAS, 0.4, 100, 100);
        assertThat(Rows.outcome(false, laas, Rows.row(Policy.CLOISTER, 0.4, 100, 100)).passes()).isTrue();
        assertThat(Rows.outcome(false, laas, Rows.row(Policy.CLOISTER, 0.4, 101, 101)).passes()).isFalse();
        assertThat(Rows.outcome(false, laas, Rows.row(Policy.CLOISTER_OCS, 0.4, 101, 101)).passes()).isTrue();
    }

    @Test
    void withoutRowsThereIsNothingToCompare() {
        assertThat(Comparison.of(Rows.outcome(false, Rows.row(Policy.CLOISTER, 0.8, 1, 1)))).isEmpty();
    }
}
