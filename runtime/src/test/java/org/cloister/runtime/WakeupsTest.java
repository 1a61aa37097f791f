package org.cloister.runtime;

import org.cloister.testing.VirtualTime;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class WakeupsTest {

    private final VirtualTime time = new VirtualTime();
    private final Instant start = time.now();
    private final List<Long> passes = new ArrayList<>();
    private Runnable inPass = () -> {
    };
    private final Wakeups wakeups = new Wakeups(time, time.clock(), () -> {
        passes.add(Duration.between(start, time.now()).toMillis());
        inPass.run();
    });

    @Test
    void manyWishesAreOnePass() {
        wakeups.now();
        wakeups.now();
        wakeups.soon();
        time.pass(Duration.ofSeconds(5));
        assertThat(passes).containsExactly(0L);
        wakeups.soon();
        wakeups.soon();
        wakeups.later();
        time.pass(Duration.ofSeconds(5));
        assertThat(passes.subList(1, passes.size())).containsExactly(5005L, 6000L);
    }

    @Test
    void whatIsUrgentDoesNotWaitForWhatIsNot() {
        wakeups.soon();
        wakeups.now();
        time.pass(Duration.ofSeconds(5));
        assertThat(passes).as("one pass for both, at once").containsExactly(0L);
    }

    @Test
    void theFirstTimeHoldsAndCanBeAskedForAgainByItsOwnPass() {
        inPass = () -> wakeups.at(time.now().plusSeconds(30));
        wakeups.at(start.plusSeconds(30));
        wakeups.at(start.plusSeconds(10));
        wakeups.at(start.plusSeconds(20));
        time.pass(Duration.ofSeconds(75));
        assertThat(passes).containsExactly(10_001L, 40_002L, 70_003L);
    }
}
