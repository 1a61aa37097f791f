package org.cloister.lab.openflow.flow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.onosproject.net.DeviceId;

/** The batches that wait for their barrier reply, each until its deadline. */
final class PendingBatches {

    private final LongSupplier nanoTime;
    private final Map<Long, Waiting> byXid = new ConcurrentHashMap<>();

    /** Creates an empty set that takes the time from a clock as {@link System#nanoTime()} is one. */
    PendingBatches(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    void add(PendingBatch batch, Duration expiry) {
        byXid.put(batch.xid(), new Waiting(batch, nanoTime.getAsLong() + expiry.toNanos()));
    }

    /** Returns the batch that a message of a switch belongs to. */
    Optional<PendingBatch> find(DeviceId deviceId, long xid) {
        return waiting(deviceId, xid).map(waiting -> waiting.batch);
    }

    /** Takes out the batch that a barrier reply of a switch completes. */
    Optional<PendingBatch> complete(DeviceId deviceId, long xid) {
        return waiting(deviceId, xid).filter(waiting -> byXid.remove(xid, waiting)).map(waiting -> waiting.batch);
    }

    private Optional<Waiting> waiting(DeviceId deviceId, long xid) {
        return Optional.ofNullable(byXid.get(xid)).filter(waiting -> waiting.batch.deviceId().equals(deviceId));
    }

    /** Takes out the batches whose deadline has passed. */
    List<PendingBatch> expired() {
        long now = nanoTime.getAsLong();
        List<PendingBatch> expired = new ArrayList<>();
        byXid.forEach((xid, waiting) -> {
            if (now - waiting.deadline >= 0 && byXid.remove(xid, waiting)) {
                expired.add(waiting.batch);
            }
        });
        return expired;
    }

    private static final class Waiting {
        private final PendingBatch batch;
        private final long deadline;

        private Waiting(PendingBatch batch, long deadline) {
            this.batch = batch;
            this.deadline = deadline;
        }
    }
}
