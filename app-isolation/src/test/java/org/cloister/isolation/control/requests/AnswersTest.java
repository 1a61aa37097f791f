package org.cloister.isolation.control.requests;

import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.store.DistributedSliceStore;
import org.cloister.isolation.store.VersionedSlice;
import org.cloister.testing.MemoryStorage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** A slice's changes are looked at in their order, however many threads there are. */
final class AnswersTest {

    private static final SliceId ID = SliceId.of("job-1");

    private final ExecutorService threads = Executors.newFixedThreadPool(4);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void theLaterOfTwoChangesIsNotLookedAtFirst() throws Exception {
        DistributedSliceStore store = new DistributedSliceStore(new MemoryStorage(), Runnable::run);
        store.activate();
        Answers answers = new Answers(store, threads);
        CountDownLatch firstMayGoOn = new CountDownLatch(1);
        AtomicInteger looks = new AtomicInteger();
        // the first look is that of the caller, the second that of the first change
        CompletableFuture<String> answer = answers.of(ID, now -> {
            switch (looks.incrementAndGet()) {
                case 1:
                    return Optional.empty();
                case 2:
                    await(firstMayGoOn);
                    return Optional.of("the first change");
                default:
                    return Optional.of("the second change");
            }
        });

        answers.changed(ID, Optional.<VersionedSlice>empty());
        answers.changed(ID, Optional.<VersionedSlice>empty());
        // a thread is free: without order it looks at the second change now
        threads.submit(() -> { }).get(5, TimeUnit.SECONDS);
        threads.submit(() -> { }).get(5, TimeUnit.SECONDS);
        firstMayGoOn.countDown();

        assertThat(answer.get(5, TimeUnit.SECONDS)).isEqualTo("the first change");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
