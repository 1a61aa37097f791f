package org.cloister.lab.openflow.flow;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.CompletedBatchOperation;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.oldbatch.FlowRuleBatchEntry;
import org.onosproject.net.flow.oldbatch.FlowRuleBatchOperation;

/** A batch on its way to a switch, and which of its rules have failed so far. */
final class PendingBatch {

    private final FlowRuleBatchOperation batch;
    private final Map<Long, FlowRule> rulesByCookie = new HashMap<>();
    private final Set<FlowRule> failed = new HashSet<>();

    PendingBatch(FlowRuleBatchOperation batch) {
        this.batch = batch;
        for (FlowRuleBatchEntry entry : batch.getOperations()) {
            rulesByCookie.put(entry.target().id().value(), entry.target());
        }
    }

    /** Returns the batch's id as the transaction id of its messages: the lower 32 bits. */
    static long xid(FlowRuleBatchOperation batch) {
        return batch.id() & 0xffffffffL;
    }

    long xid() {
        return xid(batch);
    }

    long id() {
        return batch.id();
    }

    DeviceId deviceId() {
        return batch.deviceId();
    }

    /** Marks a rule as failed. */
    synchronized void fail(FlowRule rule) {
        failed.add(rule);
    }

    /**
     * Marks the rule with a cookie as failed.
     *
     * @return whether the batch has such a rule
     */
    synchronized boolean fail(long cookie) {
        FlowRule rule = rulesByCookie.get(cookie);
        return rule != null && (failed.contains(rule) || failed.add(rule));
    }

    /** Marks all rules as failed. */
    synchronized void failAll() {
        failed.addAll(rulesByCookie.values());
    }

    synchronized CompletedBatchOperation completed() {
        return new CompletedBatchOperation(failed.isEmpty(), failed, batch.deviceId());
    }
}
