package org.cloister.benchmarks.jmh;

import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class EffortTest {

    @Test
    void casesShareTheTime() {
        Effort effort = Effort.shared(Duration.ofSeconds(90), 30);

        assertThat(effort.each()).isEqualTo(Duration.ofSeconds(3));
        assertThat(effort.warmUp()).isEqualTo(effort.measurement());
    }

    @Test
    void noCaseGetsTooLittle() {
        Effort effort = Effort.shared(Duration.ofSeconds(90), 1000);

        assertThat(effort.warmUp().plus(effort.measurement())).isEqualTo(Effort.LEAST);
    }
}
