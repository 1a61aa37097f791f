package org.cloister.lab.openflow.flow;

import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.cloister.lab.openflow.DeviceIds;
import org.cloister.lab.openflow.RefusedMessage;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.DefaultTableStatisticsEntry;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRuleProviderService;
import org.onosproject.net.flow.IndexTableId;
import org.onosproject.net.flow.TableStatisticsEntry;
import org.onosproject.openflow.controller.Dpid;
import org.onosproject.openflow.controller.OpenFlowEventListener;
import org.projectfloodlight.openflow.protocol.OFErrorMsg;
import org.projectfloodlight.openflow.protocol.OFErrorType;
import org.projectfloodlight.openflow.protocol.OFFlowRemoved;
import org.projectfloodlight.openflow.protocol.OFFlowStatsReply;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFStatsReply;
import org.projectfloodlight.openflow.protocol.OFTableStatsEntry;
import org.projectfloodlight.openflow.protocol.OFTableStatsReply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells ONOS's core what switches say about their rules. Every reply with flow statistics counts as a poll, whoever asked
 * for it, as in stock ONOS: what it lacks is taken to be missing, so only all tables may ever be asked for.
 */
final class FlowMessageListener implements OpenFlowEventListener {

    /**
     * The errors that stock ONOS takes for those of rules. It misses that a rule is refused because its meter is unknown,
     * which Open vSwitch says by a meter error: such a rule counts as taken until a read shows that it is not there.
     */
    private static final Set<OFErrorType> HEARD = EnumSet.of(OFErrorType.BAD_ACTION, OFErrorType.BAD_INSTRUCTION,
                                                             OFErrorType.BAD_MATCH, OFErrorType.FLOW_MOD_FAILED);

    private static final Logger log = LoggerFactory.getLogger(FlowMessageListener.class);

    private final FlowRuleProviderService providerService;
    private final PendingBatches pendingBatches;
    private final FlowPolls flowPolls;

    FlowMessageListener(FlowRuleProviderService providerService, PendingBatches pendingBatches, FlowPolls flowPolls) {
        this.providerService = providerService;
        this.pendingBatches = pendingBatches;
        this.flowPolls = flowPolls;
    }

    @Override
    public void handleMessage(Dpid dpid, OFMessage message) {
        try {
            handle(dpid, DeviceIds.deviceId(dpid), message);
        } catch (RuntimeException e) {
            // the controller would swallow it, and with it the other listeners' share of the message
            log.warn("Cannot handle {} of {}", message.getType(), dpid, e);
        }
    }

    private void handle(Dpid dpid, DeviceId deviceId, OFMessage message) {
        switch (message.getType()) {
            case FLOW_REMOVED:
                providerService.flowRemoved(FlowEntryDecoder.decode(deviceId, (OFFlowRemoved) message));
                break;
            case STATS_REPLY:
                handleStatistics(dpid, deviceId, (OFStatsReply) message);
                break;
            case BARRIER_REPLY:
                pendingBatches.complete(deviceId, message.getXid()).ifPresent(
                        batch -> providerService.batchOperationCompleted(batch.id(), batch.completed()));
                break;
            case ERROR:
                handleError(deviceId, (OFErrorMsg) message);
                break;
            default:
        }
    }

    private void handleStatistics(Dpid dpid, DeviceId deviceId, OFStatsReply reply) {
        switch (reply.getStatsType()) {
            case FLOW:
                flowPolls.replied(dpid);
                List<FlowEntry> rules = ((OFFlowStatsReply) reply).getEntries().stream()
                        .map(entry -> FlowEntryDecoder.decode(deviceId, entry))
                        .collect(Collectors.toList());
                providerService.pushFlowMetrics(deviceId, rules);
                break;
            case TABLE:
                List<TableStatisticsEntry> tables = ((OFTableStatsReply) reply).getEntries().stream()
                        .map(entry -> tableStatistics(deviceId, entry))
                        .collect(Collectors.toList());
                providerService.pushTableStatistics(deviceId, tables);
                break;
            default:
        }
    }

    /** OpenFlow 1.3 does not tell a table's size here. */
    private static TableStatisticsEntry tableStatistics(DeviceId deviceId, OFTableStatsEntry entry) {
        return DefaultTableStatisticsEntry.builder()
                .withDeviceId(deviceId)
                .withTableId(IndexTableId.of(entry.getTableId().getValue()))
                .withActiveFlowEntries(entry.getActiveCount())
                .withPacketsLookedUpCount(entry.getLookupCount().getValue())
                .withPacketsMatchedCount(entry.getMatchedCount().getValue())
                .build();
    }

    private void handleError(DeviceId deviceId, OFErrorMsg error) {
        RefusedMessage refused = RefusedMessage.of(error);
        if (!HEARD.contains(error.getErrType()) || !refused.mayBe(RefusedMessage.FLOW_MOD)) {
            return;
        }
        PendingBatch batch = pendingBatches.find(deviceId, error.getXid()).orElse(null);
        if (batch == null) {
            log.warn("{} refused a rule: {}", deviceId, error);
            return;
        }
        log.warn("Batch {}: {} refused a rule: {}", batch.id(), deviceId, error);
        OptionalLong cookie = refused.firstLong();
        if (cookie.isEmpty() || !batch.fail(cookie.getAsLong())) {
            log.warn("Batch {}: {} did not tell which rule it refused; all count as failed", batch.id(), deviceId);
            batch.failAll();
        }
    }
}
