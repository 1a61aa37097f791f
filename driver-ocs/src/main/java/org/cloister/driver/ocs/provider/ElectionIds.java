package org.cloister.driver.ocs.provider;

import org.onosproject.store.service.AtomicCounter;
import org.onosproject.store.service.StorageService;
import org.slf4j.Logger;

import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

import static org.onlab.util.Tools.groupedThreads;
import static org.slf4j.LoggerFactory.getLogger;

/**
 * Numbers of a switch's masters that grow even when ONOS loses its store. Terms of mastership begin anew with the store,
 * and a switch that heard a higher number refuses lower ones until it boots. So each number begins with the second in
 * which the store was first asked, which all nodes read from the store: a later store is of a later second.
 */
final class ElectionIds {

    static final String COUNTER = "cloister-ocs-store-began";

    private static final Logger LOG = getLogger(ElectionIds.class);
    /** Far more masters than a switch has while a store lasts. */
    private static final int TERM_BITS = 24;
    private static final long PAUSE_SECONDS = 1;

    private final StorageService storage;
    private final Clock clock;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(groupedThreads("cloister/ocs", "elections", LOG));

    ElectionIds(StorageService storage, Clock clock) {
        this.storage = storage;
        this.clock = clock;
    }

    /** Tells when the store began, once it answers; on a thread of its own. */
    void ask(LongConsumer listener) {
        thread.execute(() -> {
            try {
                listener.accept(storeBegan(storage, clock));
                thread.shutdown();
            } catch (RuntimeException e) {
                LOG.warn("Not master of any optical switch yet, the store does not answer: {}", e.toString());
                thread.schedule(() -> ask(listener), PAUSE_SECONDS, TimeUnit.SECONDS);
            }
        });
    }

    /** Asks no more. */
    void end() {
        thread.shutdownNow();
    }

    /** Returns the second in which the store was first asked. */
    static long storeBegan(StorageService storage, Clock clock) {
        AtomicCounter began = storage.getAtomicCounter(COUNTER);
        began.compareAndSet(0, clock.instant().getEpochSecond());
        return began.get();
    }

    /** Returns the number of a master. */
    static long of(long storeBegan, long term) {
        return (storeBegan << TERM_BITS) + term;
    }
}
