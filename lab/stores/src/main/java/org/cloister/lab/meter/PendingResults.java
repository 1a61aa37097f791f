package org.cloister.lab.meter;

import org.onosproject.net.meter.MeterFailReason;
import org.onosproject.net.meter.MeterKey;
import org.onosproject.net.meter.MeterStoreResult;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The requests of this node that wait for a switch, one for each meter: a later request replaces an earlier one. */
final class PendingResults {

    private final Map<MeterKey, CompletableFuture<MeterStoreResult>> futures = new ConcurrentHashMap<>();

    CompletableFuture<MeterStoreResult> await(MeterKey key) {
        CompletableFuture<MeterStoreResult> future = new CompletableFuture<>();
        futures.put(key, future);
        return future;
    }

    void succeed(MeterKey key) {
        complete(key, MeterStoreResult.success());
    }

    void fail(MeterKey key, MeterFailReason reason) {
        complete(key, MeterStoreResult.fail(reason));
    }

    void fail(MeterKey key, Exception cause) {
        CompletableFuture<MeterStoreResult> future = futures.remove(key);
        if (future != null) {
            future.completeExceptionally(cause);
        }
    }

    private void complete(MeterKey key, MeterStoreResult result) {
        CompletableFuture<MeterStoreResult> future = futures.remove(key);
        if (future != null) {
            future.complete(result);
        }
    }
}
