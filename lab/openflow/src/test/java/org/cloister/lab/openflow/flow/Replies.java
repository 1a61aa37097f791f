package org.cloister.lab.openflow.flow;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.cloister.lab.openflow.Wire;
import org.projectfloodlight.openflow.protocol.OFFlowMod;
import org.projectfloodlight.openflow.protocol.OFFlowModFailedCode;
import org.projectfloodlight.openflow.protocol.OFFlowRemovedReason;
import org.projectfloodlight.openflow.protocol.OFFlowStatsEntry;
import org.projectfloodlight.openflow.protocol.OFFlowStatsReply;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.types.OFErrorCauseData;
import org.projectfloodlight.openflow.types.U64;

/** What a switch answers. */
final class Replies {

    private static final int ERROR_DATA_BYTES = 64;

    private Replies() {
    }

    /** Returns the entry of a switch that did what a FlowMod said. */
    static OFFlowStatsEntry entry(OFFlowMod mod, long seconds, long packets, long bytes) {
        return Wire.OF13.buildFlowStatsEntry()
                .setTableId(mod.getTableId())
                .setPriority(mod.getPriority())
                .setMatch(mod.getMatch())
                .setInstructions(mod.getInstructions())
                .setCookie(mod.getCookie())
                .setHardTimeout(mod.getHardTimeout())
                .setDurationSec(seconds)
                .setPacketCount(U64.of(packets))
                .setByteCount(U64.of(bytes))
                .build();
    }

    static OFFlowStatsReply statistics(List<OFFlowStatsEntry> entries) {
        return Wire.OF13.buildFlowStatsReply().setFlags(Collections.emptySet()).setEntries(entries).build();
    }

    static OFMessage barrier(long xid) {
        return Wire.OF13.buildBarrierReply().setXid(xid).build();
    }

    /** Returns a switch's refusal of a message, of which it gives back the first 64 bytes. */
    static OFMessage refusal(OFMessage refused) {
        byte[] bytes = Wire.bytes(refused);
        byte[] head = Arrays.copyOf(bytes, Math.min(bytes.length, ERROR_DATA_BYTES));
        return refusal(refused.getXid(), head);
    }

    static OFMessage refusal(long xid, byte[] data) {
        return Wire.OF13.errorMsgs().buildFlowModFailedErrorMsg()
                .setXid(xid)
                .setCode(OFFlowModFailedCode.TABLE_FULL)
                .setData(OFErrorCauseData.of(data, OFVersion.OF_13))
                .build();
    }

    static OFMessage removed(OFFlowMod mod) {
        return Wire.OF13.buildFlowRemoved()
                .setCookie(mod.getCookie()).setPriority(mod.getPriority()).setTableId(mod.getTableId())
                .setMatch(mod.getMatch())
                .setReason(OFFlowRemovedReason.DELETE)
                .setPacketCount(U64.of(5)).setByteCount(U64.of(500)).setDurationSec(9)
                .build();
    }
}
