package org.cloister.benchmarks.replay.cli;

import org.cloister.benchmarks.replay.Policy;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class ProgressTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private Duration now = Duration.ofSeconds(100);

    @Test
    void tellsNowAndThenHowFarItIsAndHowLongTheRestTakes() {
        Progress progress = progress(false);

        tell(progress, 101, 0.5, 1, 10);
        tell(progress, 110, 0.5, 1, 100);
        tell(progress, 112, 0.9, 1, 50);
        tell(progress, 115, 0.9, 1, 50);
        now = Duration.ofSeconds(220);
        progress.end();

        assertThat(text().split("\n")).containsExactly(
                "replay:  25 %, cloister at load 0.50, seed 1: 100 of 100 jobs, about 0:30 left",
                "replay:  37 %, cloister at load 0.90, seed 1: 50 of 100 jobs, about 0:25 left",
                "replay: 4 replays took 2:00");
    }

    @Test
    void onATerminalItIsOneLineThatIsLeftEmpty() {
        Progress progress = progress(true);

        tell(progress, 101, 0.5, 1, 100);
        progress.end();

        assertThat(text()).doesNotContain("left\n").contains("\rreplay:  25 %, cloister at load 0.50")
                .endsWith(" \rreplay: 4 replays took 0:01\n");
    }

    private Progress progress(boolean isTerminal) {
        return new Progress(new PrintStream(bytes, true), isTerminal, 4, () -> now.toNanos());
    }

    private void tell(Progress progress, int seconds, double load, long seed, int finished) {
        now = Duration.ofSeconds(seconds);
        progress.progressed(Policy.CLOISTER, load, seed, finished, 100);
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
