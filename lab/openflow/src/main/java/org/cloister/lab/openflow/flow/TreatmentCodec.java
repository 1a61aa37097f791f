package org.cloister.lab.openflow.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.flow.instructions.Instruction;
import org.onosproject.net.meter.MeterId;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.action.OFAction;
import org.projectfloodlight.openflow.protocol.instruction.OFInstruction;
import org.projectfloodlight.openflow.protocol.instruction.OFInstructionApplyActions;
import org.projectfloodlight.openflow.protocol.instruction.OFInstructionGotoTable;
import org.projectfloodlight.openflow.protocol.instruction.OFInstructionMeter;
import org.projectfloodlight.openflow.protocol.instruction.OFInstructionWriteActions;
import org.projectfloodlight.openflow.protocol.instruction.OFInstructionWriteMetadata;
import org.projectfloodlight.openflow.types.TableId;
import org.projectfloodlight.openflow.types.U64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Traffic treatments as OpenFlow 1.3 instructions and back. Immediate instructions become apply-actions, deferred ones
 * write-actions; a treatment that does nothing, a drop, becomes no instruction at all.
 */
final class TreatmentCodec {

    private static final Logger log = LoggerFactory.getLogger(TreatmentCodec.class);

    private TreatmentCodec() {
    }

    /**
     * Returns the instructions of a treatment.
     *
     * @throws UnsupportedRuleException if an instruction has no encoding here, or none that comes back as it went
     */
    static List<OFInstruction> encode(TrafficTreatment treatment, OFFactory factory) {
        checkSupported(treatment);
        List<OFInstruction> instructions = new ArrayList<>();
        if (!treatment.meters().isEmpty()) {
            instructions.add(factory.instructions().meter(treatment.metered().meterId().id()));
        }
        List<OFAction> immediate = ActionCodec.encode(treatment.immediate(), factory);
        if (!immediate.isEmpty()) {
            instructions.add(factory.instructions().applyActions(immediate));
        }
        if (treatment.clearedDeferred()) {
            instructions.add(factory.instructions().clearActions());
        }
        List<OFAction> deferred = ActionCodec.encode(treatment.deferred(), factory);
        if (!deferred.isEmpty()) {
            instructions.add(factory.instructions().writeActions(deferred));
        }
        if (treatment.writeMetadata() != null) {
            instructions.add(factory.instructions().writeMetadata(
                    U64.of(treatment.writeMetadata().metadata()), U64.of(treatment.writeMetadata().metadataMask())));
        }
        if (treatment.tableTransition() != null) {
            instructions.add(factory.instructions().gotoTable(TableId.of(treatment.tableTransition().tableId())));
        }
        return instructions;
    }

    private static void checkSupported(TrafficTreatment treatment) {
        if (treatment.statTrigger() != null) {
            throw new UnsupportedRuleException("instruction " + treatment.statTrigger() + " is not supported");
        }
        if (treatment.meters().size() > 1) {
            throw new UnsupportedRuleException("instructions " + treatment.meters() + ": OpenFlow 1.3 has one meter per rule");
        }
        boolean drops = Stream.concat(treatment.immediate().stream(), treatment.deferred().stream())
                .anyMatch(instruction -> instruction.type() == Instruction.Type.NOACTION);
        boolean alone = treatment.immediate().size() == 1 && treatment.deferred().isEmpty()
                && treatment.tableTransition() == null && !treatment.clearedDeferred();
        if (drops && !alone) {
            // the wire has no such instruction, so it would come back without it and be installed anew at every poll
            throw new UnsupportedRuleException("instruction NOACTION beside others in " + treatment);
        }
    }

    /** Returns the treatment of some instructions; what cannot be read is logged once. */
    static TrafficTreatment decode(List<OFInstruction> instructions) {
        TrafficTreatment.Builder treatment = DefaultTrafficTreatment.builder();
        for (OFInstruction instruction : instructions) {
            if (!decode(instruction, treatment) && Unreadable.isNew(instruction)) {
                log.warn("A switch holds an instruction that this provider cannot read: {}", instruction);
            }
        }
        return treatment.build();
    }

    private static boolean decode(OFInstruction instruction, TrafficTreatment.Builder treatment) {
        switch (instruction.getType()) {
            case METER:
                treatment.meter(MeterId.meterId(((OFInstructionMeter) instruction).getMeterId()));
                return true;
            case APPLY_ACTIONS:
                return ActionCodec.decode(((OFInstructionApplyActions) instruction).getActions(), treatment.immediate());
            case CLEAR_ACTIONS:
                treatment.wipeDeferred();
                return true;
            case WRITE_ACTIONS:
                return ActionCodec.decode(((OFInstructionWriteActions) instruction).getActions(), treatment.deferred());
            case WRITE_METADATA:
                OFInstructionWriteMetadata metadata = (OFInstructionWriteMetadata) instruction;
                treatment.writeMetadata(metadata.getMetadata().getValue(), metadata.getMetadataMask().getValue());
                return true;
            case GOTO_TABLE:
                treatment.transition((int) ((OFInstructionGotoTable) instruction).getTableId().getValue());
                return true;
            default:
                return false;
        }
    }
}
