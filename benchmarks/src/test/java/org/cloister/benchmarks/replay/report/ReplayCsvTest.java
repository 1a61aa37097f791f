package org.cloister.benchmarks.replay.report;

import org.cloister.benchmarks.replay.Policy;
import org.junit.jupiter.api.Test;

import java.io.IOException;

import static org.assertj.core.api.Assertions.assertThat;

class ReplayCsvTest {

    @Test
    void aLineForEachPolicyAndLoad() throws IOException {
        StringBuilder csv = new StringBuilder();

        ReplayCsv.write(Rows.outcome(true, Rows.row(Policy.ECMP_4, 0.5, 100, 100)), csv);

        assertThat(csv.toString().split("\n")).containsExactly(
                "policy,load,seeds,jctMeanSeconds,jctMeanSecondsHalfWidth,jctP99Seconds,jctP99SecondsHalfWidth,"
                        + "jwtMeanSeconds,jwtMeanSecondsHalfWidth,jrtMeanSeconds,jrtMeanSecondsHalfWidth,"
                        + "utilisation,utilisationHalfWidth,fragmentation,fragmentationHalfWidth,measured,censored,"
                        + "demandInWindow,unprovenRefusals,synthetic",
                "ecmp-4,0.5,2,100.0,0.0,4000.0,0.0,0.0,0.0,11.0,12.706,0.5,0.0,0.875,1.58825,160,3,0.5,0,true");
    }
}
