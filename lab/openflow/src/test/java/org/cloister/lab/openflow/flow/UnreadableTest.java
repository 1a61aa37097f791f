package org.cloister.lab.openflow.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cloister.lab.openflow.Wire;
import org.junit.jupiter.api.Test;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.criteria.Criteria;
import org.onosproject.net.flow.oldbatch.FlowRuleBatchEntry.FlowRuleOperation;
import org.projectfloodlight.openflow.protocol.OFFlowAdd;
import org.projectfloodlight.openflow.protocol.OFFlowMod;
import org.projectfloodlight.openflow.protocol.OFFlowStatsReply;
import org.projectfloodlight.openflow.protocol.match.Match;
import org.projectfloodlight.openflow.protocol.match.MatchField;
import org.projectfloodlight.openflow.types.EthType;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.U64;

/** Rules of somebody else on a switch, with fields that have no criterion here. */
class UnreadableTest {

    private static final DeviceId DEVICE = DeviceId.deviceId("of:0000000000000001");
    private static final Match FOREIGN = Wire.OF13.buildMatch()
            .setExact(MatchField.IN_PORT, OFPort.of(1))
            .setExact(MatchField.ETH_TYPE, EthType.IPv6)
            .setExact(MatchField.IPV6_DST, IPv6Address.of("2001:db8::1"))
            .build();

    private static FlowEntry seen(Match match) {
        OFFlowAdd add = Wire.OF13.buildFlowAdd().setMatch(match).setPriority(7).setCookie(U64.of(5)).build();
        OFFlowStatsReply reply = Wire.carry(Replies.statistics(List.of(Replies.entry(add, 1, 0, 0))));
        return FlowEntryDecoder.decode(DEVICE, reply.getEntries().get(0));
    }

    @Test
    void isNotTakenForTheRuleThatItsReadablePartIs() {
        FlowEntry foreign = seen(FOREIGN);
        FlowEntry ours = seen(Wire.OF13.buildMatch()
                .setExact(MatchField.IN_PORT, OFPort.of(1)).setExact(MatchField.ETH_TYPE, EthType.IPv6).build());
        assertThat(ours.selector()).isEqualTo(DefaultTrafficSelector.builder()
                .matchInPort(PortNumber.portNumber(1)).matchEthType((short) 0x86dd).build());
        assertThat((Object) foreign).isNotEqualTo(ours);
        assertThat(foreign.selector().criteria()).contains(Criteria.matchInPort(PortNumber.portNumber(1)));
    }

    @Test
    void isTheSameRuleAtEveryPoll() {
        assertThat((Object) seen(FOREIGN)).isEqualTo(seen(FOREIGN));
    }

    @Test
    void canBeRemovedAsItStands() {
        OFFlowMod removal = Wire.carry(FlowModEncoder.encode(FlowRuleOperation.REMOVE, seen(FOREIGN), Wire.OF13, 0));
        assertThat(removal.getMatch()).isEqualTo(FOREIGN);
        assertThat(removal.getPriority()).isEqualTo(7);
    }

    @Test
    void isLoggedOnce() {
        assertThat(Unreadable.isNew("some match")).isTrue();
        assertThat(Unreadable.isNew("some match")).isFalse();
    }
}
