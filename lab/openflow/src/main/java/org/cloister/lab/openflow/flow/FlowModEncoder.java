package org.cloister.lab.openflow.flow;

import java.util.Set;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.IndexTableId;
import org.onosproject.net.flow.oldbatch.FlowRuleBatchEntry.FlowRuleOperation;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFFlowMod;
import org.projectfloodlight.openflow.protocol.OFFlowModFlags;
import org.projectfloodlight.openflow.types.OFBufferId;
import org.projectfloodlight.openflow.types.TableId;
import org.projectfloodlight.openflow.types.U64;

/**
 * Flow rules as OpenFlow 1.3 FlowMods. The cookie is the flow id. Removal is strict: this very match at this very
 * priority. The switch is told a hard timeout and no idle one, as in stock ONOS, whose core times idle rules itself.
 */
final class FlowModEncoder {

    private static final int LAST_TABLE = 0xfe;

    private FlowModEncoder() {
    }

    /**
     * Returns the message that carries out an operation on a rule.
     *
     * @param xid transaction id, unsigned 32 bits
     * @throws UnsupportedRuleException if the rule cannot be expressed; the message names what and its value
     */
    static OFFlowMod encode(FlowRuleOperation operation, FlowRule rule, OFFactory factory, long xid) {
        try {
            OFFlowMod.Builder mod = command(operation, factory);
            if (operation != FlowRuleOperation.REMOVE) {
                mod.setInstructions(TreatmentCodec.encode(rule.treatment(), factory));
            }
            return mod.setXid(xid)
                    .setCookie(U64.of(rule.id().value()))
                    .setBufferId(OFBufferId.NO_BUFFER)
                    .setMatch(MatchCodec.encode(rule.selector(), factory))
                    .setFlags(Set.of(OFFlowModFlags.SEND_FLOW_REM))
                    .setPriority(rule.priority())
                    .setTableId(table(rule))
                    .setHardTimeout(rule.hardTimeout())
                    .build();
        } catch (IllegalArgumentException e) {
            throw new UnsupportedRuleException(e.getMessage());
        }
    }

    private static OFFlowMod.Builder command(FlowRuleOperation operation, OFFactory factory) {
        switch (operation) {
            case ADD:
                return factory.buildFlowAdd();
            case MODIFY:
                return factory.buildFlowModifyStrict();
            case REMOVE:
                return factory.buildFlowDeleteStrict();
            default:
                throw new UnsupportedRuleException("operation " + operation + " is not supported");
        }
    }

    private static TableId table(FlowRule rule) {
        int table = rule.table() instanceof IndexTableId ? ((IndexTableId) rule.table()).id() : -1;
        if (table < 0 || table > LAST_TABLE) {
            throw new UnsupportedRuleException("table " + rule.table() + " is not an OpenFlow table");
        }
        return TableId.of(table);
    }
}
