package org.cloister.benchmarks.replay.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.cloister.benchmarks.replay.Discipline;
import org.cloister.benchmarks.replay.Estimate;
import org.cloister.benchmarks.replay.Policy;
import org.cloister.benchmarks.replay.ReplayRow;
import org.cloister.benchmarks.replay.ReplaySettings;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReplayFiguresTest {

    @Test
    void rowsHaveTheFieldsThatWereAskedFor() {
        JsonNode report = json(Rows.outcome(false, Rows.row(Policy.IDEAL, 0.5, 999, 1001),
                Rows.row(Policy.VCLOS, 0.5, 1500, 1500)));

        JsonNode row = report.path("rows").path(1);
        assertThat(row.path("policy").textValue()).isEqualTo("vclos");
        assertThat(row.path("load").doubleValue()).isEqualTo(0.5);
        assertThat(row.path("seeds").intValue()).isEqualTo(2);
        assertThat(row.path("jctMeanSeconds").doubleValue()).isEqualTo(1500);
        assertThat(row.path("jctP99Seconds").doubleValue()).isEqualTo(4000);
        assertThat(row.path("jwtMeanSeconds").doubleValue()).isZero();
        assertThat(row.path("jrtMeanSeconds").doubleValue()).isEqualTo(11);
        assertThat(row.path("utilisation").doubleValue()).isEqualTo(0.5);
        assertThat(row.path("fragmentation").doubleValue()).isEqualTo(0.875);
        assertThat(row.path("jctOverIdealPercent").doubleValue()).isEqualTo(50);
        assertThat(row.path("measured").intValue()).isEqualTo(160);
        assertThat(row.path("censored").intValue()).isEqualTo(3);
        JsonNode interval = report.path("rows").path(0).path("intervals95").path("jctMeanSeconds");
        assertThat(interval.path(0).doubleValue()).isBetween(987.293, 987.295);
        assertThat(interval.path(1).doubleValue()).isBetween(1012.705, 1012.707);
    }

    @Test
    void oneSeedHasNoInterval() {
        JsonNode report = json(Rows.outcome(false, ReplayRow.builder().policy(Policy.IDEAL).load(0.5).seeds(1)
                .jctMeanSeconds(Estimate.of(9)).jctP99Seconds(Estimate.of(9)).jwtMeanSeconds(Estimate.of(0))
                .jrtMeanSeconds(Estimate.of(9)).utilisation(Estimate.of(0.5)).fragmentation(Estimate.of(1))
                .measured(80).censored(0).build()));

        assertThat(report.path("rows").path(0).has("intervals95")).isFalse();
    }

    @Test
    void whatWasReplayedHowAndWhatIsPublished() {
        JsonNode report = json(Rows.outcome(true, ReplaySettings.builder().addPolicies(Policy.IDEAL).addLoads(0.5)
                .addSeeds(1, 2).discipline(Discipline.BACKFILL).circuitSeconds(6), Rows.row(Policy.IDEAL, 0.5, 1, 1)));

        assertThat(report.path("synthetic").booleanValue()).isTrue();
        assertThat(report.path("published").path("vclosJctOverEcmpPercent").doubleValue()).isEqualTo(-67.6);
        assertThat(report.path("published").path("ocsVclosJctOverIdealPercent").doubleValue()).isEqualTo(3.38);
        assertThat(report.path("fabric").path("leaves").intValue()).isEqualTo(4);
        assertThat(report.path("trace").path("name").textValue()).isEqualTo("jobs");
        assertThat(report.path("settings").path("queue").textValue()).isEqualTo("backfill");
        assertThat(report.path("settings").path("circuitSeconds").doubleValue()).isEqualTo(6);
    }

    private static JsonNode json(Outcome outcome) {
        return new ObjectMapper().valueToTree(ReplayFigures.of(outcome));
    }
}
