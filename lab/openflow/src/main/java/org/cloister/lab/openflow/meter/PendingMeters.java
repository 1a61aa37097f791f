package org.cloister.lab.openflow.meter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.onosproject.net.DeviceId;
import org.onosproject.net.meter.MeterId;
import org.onosproject.net.meter.MeterKey;
import org.onosproject.net.meter.MeterOperation;

/** Meters that were sent to a switch and that its statistics have not shown yet, each until its deadline. */
final class PendingMeters {

    private final LongSupplier nanoTime;
    private final Map<MeterKey, Waiting> operations = new ConcurrentHashMap<>();

    /** Creates an empty set that takes the time from a clock as {@link System#nanoTime()} is one. */
    PendingMeters(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    void add(MeterOperation operation, Duration expiry) {
        MeterKey key = MeterKey.key(operation.meter().deviceId(), operation.meter().meterCellId());
        operations.put(key, new Waiting(operation, nanoTime.getAsLong() + expiry.toNanos()));
    }

    /** Takes out the operation on a meter, if there is one. */
    Optional<MeterOperation> take(DeviceId deviceId, long index) {
        return Optional.ofNullable(operations.remove(MeterKey.key(deviceId, MeterId.meterId(index))))
                .map(waiting -> waiting.operation);
    }

    /** Takes out the operations whose deadline has passed. */
    List<MeterOperation> expired() {
        long now = nanoTime.getAsLong();
        List<MeterOperation> expired = new ArrayList<>();
        operations.forEach((key, waiting) -> {
            if (now - waiting.deadline >= 0 && operations.remove(key, waiting)) {
                expired.add(waiting.operation);
            }
        });
        return expired;
    }

    private static final class Waiting {
        private final MeterOperation operation;
        private final long deadline;

        private Waiting(MeterOperation operation, long deadline) {
            this.operation = operation;
            this.deadline = deadline;
        }
    }
}
