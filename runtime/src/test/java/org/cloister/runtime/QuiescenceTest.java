package org.cloister.runtime;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import static org.assertj.core.api.Assertions.assertThat;

/** Threads are stopped when they have done what they were told last, and not for ever later. */
class QuiescenceTest {

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final CountDownLatch busy = new CountDownLatch(1);

    @AfterEach
    void stop() {
        busy.countDown();
        thread.shutdownNow();
    }

    private void beBusy() {
        thread.execute(() -> {
            try {
                busy.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Test
    void whatWasSaidLastIsDoneBeforeTheEnd() {
        beBusy();
        AtomicBoolean given = new AtomicBoolean();
        thread.schedule(() -> given.set(true), 0, TimeUnit.MILLISECONDS);
        thread.schedule(() -> { }, 1, TimeUnit.HOURS);
        new Thread(busy::countDown).start();
        assertThat(Quiescence.await(thread, Duration.ofSeconds(30))).isTrue();
        thread.shutdownNow();
        assertThat(given).isTrue();
    }

    @Test
    void aThreadThatDoesNotComeToItIsNotWaitedForForEver() {
        beBusy();
        assertThat(Quiescence.await(thread, Duration.ofMillis(20))).isFalse();
    }

    @Test
    void aThreadThatIsStoppedHasNothingToDo() {
        thread.shutdownNow();
        assertThat(Quiescence.await(thread, Duration.ofSeconds(30))).isFalse();
    }
}
