package org.cloister.isolation.cli;

import org.cloister.isolation.api.Bandwidth;
import org.cloister.isolation.api.FabricView;
import org.cloister.isolation.api.ImmutableBandwidth;
import org.cloister.isolation.api.ImmutableSlice;
import org.cloister.isolation.api.ImmutableSliceSpec;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class ReportsTest {

    @Test
    void fabricShowsWhatIsThereAndWhatIsWrong() {
        String text = FabricReport.of(Samples.fabric());

        assertThat(text).startsWith("Version 7f3a; planned and shown only");
        assertThat(rows(text)).contains(
                "leaf-1 | leaf | of:0000000000000011 | yes",
                "spine-1 | spine | of:0000000000000021 | no",
                "gpu-1-0 | gpu-1 | 0 | leaf-1/1 | 02:00:00:00:01:01 | 10.0.1.1 10.9.1.1 | slurma-1",
                "leaf-1/5 | spine-1/1 | 100 Gbit/s | 2500 Mbit/s | -",
                "spine-1/1 | leaf-1/5 | 100 Gbit/s | - | yes",
                "DeviceAbsent | spine-1 | ONOS does not reach it");
    }

    @Test
    void emptyFabricSaysSo() {
        assertThat(FabricReport.of(FabricView.builder().version("0").enforce(true).build()))
                .startsWith("Version 0\n").contains("Problems").contains("(none)");
    }

    @Test
    void slicesShowOneLineEach() {
        assertThat(rows(SlicesReport.of(List.of(Samples.slice())))).contains(
                "Id | Owner | State | Since | Tag | Members | Links | Guarantee",
                "slurma-1 | slurm | INSTALLING | 2024-05-01T12:00:00Z | 1207 | 1 | 1 | lock-step");
    }

    @Test
    void sliceThatHoldsNothingShowsDashes() {
        assertThat(rows(SlicesReport.of(List.of(ImmutableSlice.builder().from(Samples.slice())
                .state(SliceState.FAILED).allocation(Optional.empty()).build()))))
                .contains("slurma-1 | slurm | FAILED | 2024-05-01T12:00:00Z | - | - | - | -");
    }

    @Test
    void sliceShowsAllocationAndConditions() {
        String text = SliceReport.of(Samples.slice());

        assertThat(text.lines()).contains(
                "Slice        slurma-1",
                "State        INSTALLING since 2024-05-01T12:00:00Z, until 2024-05-01T12:01:00Z at most",
                "Generation   2, on the switches: 1",
                "Patterns     ring",
                "Tag          1207",
                "Guarantee    lock-step, flows on a link at most 1, fewest spines");
        assertThat(rows(text)).contains(
                "0 | gpu-1-0 | gpu-1 | 10.0.1.1 | leaf-1/1 | leaf-1/5",
                "leaf-1/5 | spine-1/1 | 100 Gbit/s",
                "Degraded | true | 2024-05-01T12:00:00Z | PortDown | leaf-1/5 is down");
    }

    @Test
    void sharedSliceShowsItsRate() {
        Slice shared = ImmutableSlice.builder().from(Samples.slice()).spec(ImmutableSliceSpec.builder()
                .from(Samples.slice().spec()).bandwidth(ImmutableBandwidth.builder().mode(Bandwidth.Mode.SHARED)
                        .guaranteedBitsPerSecond(10_000_000).build()).build()).build();
        assertThat(SliceReport.of(shared).lines()).contains("Bandwidth    shared, 10 Mbit/s for each member");
        assertThat(SliceReport.of(Samples.slice()).lines()).contains("Bandwidth    exclusive");
    }

    @Test
    void routesShowTheirHops() {
        assertThat(rows(RoutesReport.of(List.of(Samples.route())))).contains("0 | gpu-1-0 | leaf-2 | all | leaf-1/5, spine-1/2");
    }

    @ParameterizedTest
    @CsvSource({"0, 0 bit/s", "1, 1 bit/s", "1000, 1 kbit/s", "1500, 1500 bit/s", "25000000000, 25 Gbit/s",
        "9000000000000000, 9000 Tbit/s"})
    void ratesAreExact(long rate, String text) {
        assertThat(Rates.of(rate)).isEqualTo(text);
    }

    /** Lines with their columns' padding taken out. */
    private static List<String> rows(String text) {
        return Arrays.asList(text.lines().map(line -> line.replaceAll(" +\\| +", " | ").strip()).toArray(String[]::new));
    }
}
