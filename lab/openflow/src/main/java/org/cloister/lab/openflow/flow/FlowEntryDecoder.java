package org.cloister.lab.openflow.flow;

import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.DefaultFlowEntry;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowEntry.FlowEntryState;
import org.onosproject.net.flow.FlowRule.FlowRemoveReason;
import org.projectfloodlight.openflow.protocol.OFFlowRemoved;
import org.projectfloodlight.openflow.protocol.OFFlowStatsEntry;

/** Flow entries from what a switch reports. */
final class FlowEntryDecoder {

    private FlowEntryDecoder() {
    }

    /** Returns a rule that a switch holds, with its counters and its age in seconds. */
    static FlowEntry decode(DeviceId deviceId, OFFlowStatsEntry entry) {
        return new DefaultFlowEntry(
                DefaultFlowRule.builder()
                        .forDevice(deviceId)
                        .forTable(entry.getTableId().getValue())
                        .withPriority(entry.getPriority())
                        .withSelector(MatchCodec.decode(entry.getMatch()))
                        .withTreatment(TreatmentCodec.decode(entry.getInstructions()))
                        .withIdleTimeout(entry.getIdleTimeout())
                        .withCookie(entry.getCookie().getValue())
                        .build(),
                FlowEntryState.ADDED, entry.getDurationSec(),
                entry.getPacketCount().getValue(), entry.getByteCount().getValue());
    }

    /** Returns a rule that a switch no longer holds, with the reason and its last counters; its treatment is not told. */
    static FlowEntry decode(DeviceId deviceId, OFFlowRemoved removed) {
        return new DefaultFlowEntry(
                DefaultFlowRule.builder()
                        .forDevice(deviceId)
                        .forTable(removed.getTableId().getValue())
                        .withPriority(removed.getPriority())
                        .withSelector(MatchCodec.decode(removed.getMatch()))
                        .withIdleTimeout(removed.getIdleTimeout())
                        .withCookie(removed.getCookie().getValue())
                        .withReason(FlowRemoveReason.parseShort((short) removed.getReason().ordinal()))
                        .build(),
                FlowEntryState.REMOVED, removed.getDurationSec(),
                removed.getPacketCount().getValue(), removed.getByteCount().getValue());
    }
}
