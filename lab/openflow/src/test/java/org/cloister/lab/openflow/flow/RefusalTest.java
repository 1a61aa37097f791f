package org.cloister.lab.openflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.cloister.lab.openflow.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.onlab.packet.Ip4Prefix;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;
import org.onlab.packet.MplsLabel;
import org.onlab.packet.TpPort;
import org.onosproject.core.GroupId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.flow.criteria.Criteria;
import org.onosproject.net.flow.oldbatch.FlowRuleBatchEntry.FlowRuleOperation;
import org.onosproject.net.meter.MeterId;

/** Nothing is ever left out of a rule: what cannot be sent, or would not come back, is refused by name and value. */
class RefusalTest {

    private static final DeviceId DEVICE = DeviceId.deviceId("of:0000000000000001");
    private static final TrafficSelector ALL = DefaultTrafficSelector.emptySelector();
    private static final TrafficTreatment DROP = DefaultTrafficTreatment.emptyTreatment();

    static Stream<Arguments> selectors() {
        return Stream.of(
                Arguments.of(match().matchIPv6Src(IpPrefix.valueOf("2001:db8::/32")), "IPV6_SRC:2001:db8::/32"),
                Arguments.of(match().matchMplsLabel(MplsLabel.mplsLabel(16)), "MPLS_LABEL:16"),
                Arguments.of(match().matchTunnelId(5), "TUNNEL_ID:5"),
                Arguments.of(match().matchInPhyPort(PortNumber.portNumber(3)), "IN_PHY_PORT:3"),
                Arguments.of(match().matchTcpSrcMasked(TpPort.tpPort(8), TpPort.tpPort(8)), "TCP_SRC_MASKED:8/8"),
                Arguments.of(match().matchInPort(PortNumber.portNumber(1L << 33)), "8589934592"),
                Arguments.of(match().matchInPort(PortNumber.ANY), "ANY"),
                Arguments.of(match().matchIPDst(Ip4Prefix.valueOf("0.0.0.0/0")), "IPV4_DST:0.0.0.0/0"),
                Arguments.of(match().matchEthDstMasked(MacAddress.ONOS, MacAddress.BROADCAST), "FF:FF:FF:FF:FF:FF"),
                Arguments.of(match().matchEthSrcMasked(MacAddress.ONOS, MacAddress.ZERO), "00:00:00:00:00:00"),
                Arguments.of(match().add(Criteria.dummy()), "criterion"));
    }

    static Stream<Arguments> treatments() {
        return Stream.of(
                Arguments.of(act().pushMpls(), "MPLS_PUSH"),
                Arguments.of(act().group(new GroupId(4)), "GROUP:0x4"),
                Arguments.of(act().setQueue(2), "QUEUE"),
                Arguments.of(act().decNwTtl(), "DEC_TTL"),
                Arguments.of(act().setTcpDst(TpPort.tpPort(80)), "TCP_DST{port=80}"),
                Arguments.of(act().setTunnelId(9), "TUNNEL_ID:9"),
                Arguments.of(act().setArpOp((short) 2), "ARP_OP:2"),
                Arguments.of(act().truncate(64), "TRUNCATE"),
                Arguments.of(act().setOutput(PortNumber.ANY), "ANY"),
                Arguments.of(act().meter(MeterId.meterId(1)).meter(MeterId.meterId(2)), "one meter per rule"),
                Arguments.of(act().drop().transition(1), "NOACTION"),
                Arguments.of(act().drop().setOutput(PortNumber.portNumber(1)), "NOACTION"),
                Arguments.of(act().deferred().drop(), "NOACTION"),
                Arguments.of(act().drop().wipeDeferred(), "NOACTION"));
    }

    private static TrafficSelector.Builder match() {
        return DefaultTrafficSelector.builder();
    }

    private static TrafficTreatment.Builder act() {
        return DefaultTrafficTreatment.builder();
    }

    @ParameterizedTest
    @MethodSource("selectors")
    void aSelectorThatCannotBeExpressed(TrafficSelector.Builder selector, String named) {
        assertRefused(selector.build(), DROP, 0, named);
    }

    @ParameterizedTest
    @MethodSource("treatments")
    void aTreatmentThatCannotBeExpressed(TrafficTreatment.Builder treatment, String named) {
        assertRefused(ALL, treatment.build(), 0, named);
    }

    @Test
    void aTableThatOpenFlowDoesNotHave() {
        assertRefused(ALL, DROP, 255, "table");
    }

    @Test
    void removalNeedsNoTreatment() {
        assertThat(FlowModEncoder.encode(FlowRuleOperation.REMOVE, Rules.unsupported(DEVICE, 1), Wire.OF13, 1)).isNotNull();
    }

    private static void assertRefused(TrafficSelector selector, TrafficTreatment treatment, int table, String named) {
        assertThatThrownBy(() -> FlowModEncoder.encode(
                FlowRuleOperation.ADD, Rules.rule(DEVICE, table, 1, selector, treatment), Wire.OF13, 1))
                .isInstanceOf(UnsupportedRuleException.class)
                .hasMessageContaining(named);
    }
}
