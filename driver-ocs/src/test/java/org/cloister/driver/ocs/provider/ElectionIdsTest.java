package org.cloister.driver.ocs.provider;

import org.cloister.driver.ocs.FakeStore;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

class ElectionIdsTest {

    private static final long LONG_AGO = 1_700_000_000;

    private final FakeStore store = new FakeStore();

    @Test
    void storeRemembersWhenItBegan() {
        assertThat(ElectionIds.storeBegan(store, at(LONG_AGO))).isEqualTo(LONG_AGO);
        assertThat(ElectionIds.storeBegan(store, at(LONG_AGO + 10))).isEqualTo(LONG_AGO);
    }

    @Test
    void firstMasterOfANewStoreComesAfterTheLastOneOfTheFormer() {
        long last = ElectionIds.of(ElectionIds.storeBegan(store, at(LONG_AGO)), 10_000_000);
        long first = ElectionIds.of(ElectionIds.storeBegan(new FakeStore(), at(LONG_AGO + 1)), 1);
        assertThat(first).isGreaterThan(last);
        assertThat(ElectionIds.of(LONG_AGO, 2)).isGreaterThan(ElectionIds.of(LONG_AGO, 1));
    }

    @Test
    void storeThatDoesNotAnswerIsAskedAgain() throws Exception {
        store.fallSilent(1);
        CompletableFuture<Long> began = new CompletableFuture<>();
        ElectionIds elections = new ElectionIds(store, at(LONG_AGO));
        elections.ask(began::complete);
        assertThat(began.get(10, TimeUnit.SECONDS)).isEqualTo(LONG_AGO);
        elections.end();
    }

    private static Clock at(long second) {
        return Clock.fixed(Instant.ofEpochSecond(second), ZoneOffset.UTC);
    }
}
