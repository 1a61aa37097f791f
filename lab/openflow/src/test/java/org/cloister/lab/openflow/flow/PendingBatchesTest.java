package org.cloister.lab.openflow.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.oldbatch.FlowRuleBatchEntry;
import org.onosproject.net.flow.oldbatch.FlowRuleBatchOperation;

class PendingBatchesTest {

    private static final DeviceId A = DeviceId.deviceId("of:000000000000000a");
    private static final DeviceId B = DeviceId.deviceId("of:000000000000000b");

    private long now;
    private final PendingBatches batches = new PendingBatches(() -> now);

    private static PendingBatch batch(DeviceId device, long id) {
        return new PendingBatch(new FlowRuleBatchOperation(
                List.of(new FlowRuleBatchEntry(FlowRuleBatchEntry.FlowRuleOperation.ADD, Rules.forwarding(device, 1))),
                device, id));
    }

    @Test
    void aBatchIsCompletedOnceAndByItsOwnSwitch() {
        PendingBatch batch = batch(A, 5);
        batches.add(batch, Duration.ofSeconds(10));
        assertThat(batches.complete(B, 5)).isEmpty();
        assertThat(batches.complete(A, 6)).isEmpty();
        assertThat(batches.complete(A, 5)).containsSame(batch);
        assertThat(batches.complete(A, 5)).isEmpty();
    }

    @Test
    void aBatchExpiresAtItsDeadlineAndNotBefore() {
        PendingBatch batch = batch(A, 5);
        batches.add(batch, Duration.ofSeconds(10));
        now = Duration.ofSeconds(10).toNanos() - 1;
        assertThat(batches.expired()).isEmpty();
        now++;
        assertThat(batches.expired()).containsExactly(batch);
        assertThat(batches.expired()).isEmpty();
        assertThat(batches.complete(A, 5)).isEmpty();
    }

    @Test
    void idsBeyond32BitsAreFoundByWhatTheWireKeepsOfThem() {
        PendingBatch batch = batch(A, (7L << 32) + 9);
        batches.add(batch, Duration.ofSeconds(10));
        assertThat(batches.complete(A, 9)).containsSame(batch);
    }
}
