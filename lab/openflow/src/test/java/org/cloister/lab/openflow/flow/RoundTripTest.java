package org.cloister.lab.openflow.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.cloister.lab.openflow.Wire;
import org.onlab.packet.EthType;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip4Prefix;
import org.onlab.packet.MacAddress;
import org.onlab.packet.TpPort;
import org.onlab.packet.VlanId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowEntry.FlowEntryState;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.flow.criteria.Criteria;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.oldbatch.FlowRuleBatchEntry.FlowRuleOperation;
import org.onosproject.net.meter.MeterId;
import org.projectfloodlight.openflow.protocol.OFFlowAdd;
import org.projectfloodlight.openflow.protocol.OFFlowMod;
import org.projectfloodlight.openflow.protocol.OFFlowStatsReply;

/**
 * Whatever rule goes out over the wire comes back as the same rule. ONOS installs a rule anew, and tears it down first,
 * whenever that is not so.
 */
class RoundTripTest {

    private static final DeviceId DEVICE = DeviceId.deviceId("of:00000000000000a1");

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE, seed = "2509")
    void aRuleComesBackAsItWent(@ForAll("rules") FlowRule rule) {
        FlowEntry back = throughASwitch(rule);
        assertThat((Object) back).isEqualTo(rule);
        assertThat(back.exactMatch(rule)).isTrue();
        assertThat(back.id()).isEqualTo(rule.id());
        assertThat(back.table()).isEqualTo(rule.table());
        assertThat(back.priority()).isEqualTo(rule.priority());
        // equality of treatments leaves these two out
        assertThat(back.treatment().meters()).isEqualTo(rule.treatment().meters());
        assertThat(back.treatment().clearedDeferred()).isEqualTo(rule.treatment().clearedDeferred());
        assertThat(back.isPermanent()).isTrue();
        assertThat(back.state()).isEqualTo(FlowEntryState.ADDED);
        assertThat(back.life()).isEqualTo(12);
        assertThat(back.packets()).isEqualTo(3);
        assertThat(back.bytes()).isEqualTo(4_000_000_000L);
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE, seed = "2509")
    void removalNamesTheSameMatchAndPriority(@ForAll("rules") FlowRule rule) {
        OFFlowMod add = Wire.carry(FlowModEncoder.encode(FlowRuleOperation.ADD, rule, Wire.OF13, 1));
        OFFlowMod remove = Wire.carry(FlowModEncoder.encode(FlowRuleOperation.REMOVE, rule, Wire.OF13, 1));
        assertThat(remove.getMatch()).isEqualTo(add.getMatch());
        assertThat(remove.getPriority()).isEqualTo(add.getPriority());
        assertThat(remove.getTableId()).isEqualTo(add.getTableId());
    }

    private static FlowEntry throughASwitch(FlowRule rule) {
        OFFlowAdd add = Wire.carry((OFFlowAdd) FlowModEncoder.encode(FlowRuleOperation.ADD, rule, Wire.OF13, 1));
        OFFlowStatsReply reply = Wire.carry(Replies.statistics(List.of(Replies.entry(add, 12, 3, 4_000_000_000L))));
        return FlowEntryDecoder.decode(DEVICE, reply.getEntries().get(0));
    }

    @Provide
    Arbitrary<FlowRule> rules() {
        return Combinators.combine(selectors(), treatments(), Arbitraries.integers().between(0, 253),
                                   Arbitraries.integers().between(0, 65_535))
                .as((selector, treatment, table, priority) -> Rules.rule(DEVICE, table, priority, selector, treatment));
    }

    /** Matches as a switch takes them: OpenFlow allows a field only with what it depends on. */
    private static Arbitrary<TrafficSelector> selectors() {
        return Combinators.combine(some(link()), vlan(), Arbitraries.oneOf(ip(), arp(), otherType(), none()))
                .as((link, vlan, network) -> {
                    TrafficSelector.Builder selector = DefaultTrafficSelector.builder();
                    link.forEach(selector::add);
                    vlan.forEach(selector::add);
                    network.forEach(selector::add);
                    return selector.build();
                });
    }

    private static Arbitrary<List<Criterion>> none() {
        return Arbitraries.just(List.of());
    }

    /** Some of these, each field once. */
    private static Arbitrary<List<Criterion>> some(Arbitrary<Criterion> criteria) {
        return criteria.list().ofMaxSize(4).map(all -> {
            Map<String, Criterion> byField = new LinkedHashMap<>();
            all.forEach(criterion -> byField.put(criterion.type().name().replace("_MASKED", ""), criterion));
            return List.copyOf(byField.values());
        });
    }

    private static Arbitrary<List<Criterion>> with(Arbitrary<List<Criterion>> criteria, Criterion... more) {
        return criteria.map(all -> {
            List<Criterion> joined = new ArrayList<>(List.of(more));
            joined.addAll(all);
            return joined;
        });
    }

    private static Arbitrary<Criterion> link() {
        return Arbitraries.oneOf(
                physicalPorts().map(Criteria::matchInPort),
                Arbitraries.longs().map(Criteria::matchMetadata),
                macs().map(Criteria::matchEthDst),
                macs().map(Criteria::matchEthSrc),
                maskedMacs().map(m -> Criteria.matchEthDstMasked(m[0], m[1])),
                maskedMacs().map(m -> Criteria.matchEthSrcMasked(m[0], m[1])));
    }

    private static Arbitrary<List<Criterion>> vlan() {
        Arbitrary<Criterion> tagged = Arbitraries.oneOf(vlans(), Arbitraries.just(VlanId.ANY)).map(Criteria::matchVlanId);
        Arbitrary<Criterion> pcp = Arbitraries.bytes().between((byte) 0, (byte) 7).map(Criteria::matchVlanPcp);
        return Arbitraries.oneOf(none(), Arbitraries.just(List.of(Criteria.matchVlanId(VlanId.NONE))),
                                 tagged.map(List::of), Combinators.combine(tagged, pcp).as(List::of));
    }

    private static Arbitrary<List<Criterion>> ip() {
        Criterion ipv4 = Criteria.matchEthType(0x0800);
        Arbitrary<List<Criterion>> addresses = some(Arbitraries.oneOf(
                prefixes().map(Criteria::matchIPSrc), prefixes().map(Criteria::matchIPDst)));
        Arbitrary<List<Criterion>> tcp = some(Arbitraries.oneOf(
                transportPorts().map(Criteria::matchTcpSrc), transportPorts().map(Criteria::matchTcpDst)));
        Arbitrary<List<Criterion>> udp = some(Arbitraries.oneOf(
                transportPorts().map(Criteria::matchUdpSrc), transportPorts().map(Criteria::matchUdpDst)));
        Arbitrary<List<Criterion>> other = Arbitraries.shorts().between((short) 0, (short) 254)
                .map(protocol -> List.of(Criteria.matchIPProtocol(protocol)));
        Arbitrary<List<Criterion>> transport = Arbitraries.oneOf(
                none(), other, with(tcp, Criteria.matchIPProtocol((short) 6)), with(udp, Criteria.matchIPProtocol((short) 17)));
        return with(Combinators.combine(addresses, transport).as((a, t) -> {
            List<Criterion> joined = new ArrayList<>(a);
            joined.addAll(t);
            return joined;
        }), ipv4);
    }

    private static Arbitrary<List<Criterion>> arp() {
        return with(some(Arbitraries.oneOf(
                Arbitraries.of(1, 2).map(Criteria::matchArpOp),
                addresses().map(Criteria::matchArpSpa),
                addresses().map(Criteria::matchArpTpa),
                macs().map(Criteria::matchArpSha),
                macs().map(Criteria::matchArpTha))), Criteria.matchEthType(0x0806));
    }

    private static Arbitrary<List<Criterion>> otherType() {
        return Arbitraries.of(0x0800, 0x86dd, 0x88cc, 0x8942, 0x9100).map(type -> List.of(Criteria.matchEthType(type)));
    }

    private static Arbitrary<TrafficTreatment> treatments() {
        Arbitrary<TrafficTreatment> drop = Arbitraries.of(
                DefaultTrafficTreatment.emptyTreatment(),
                DefaultTrafficTreatment.builder().drop().build(),
                DefaultTrafficTreatment.builder().meter(MeterId.meterId(9)).drop().build());
        Arbitrary<TrafficTreatment> acting = Combinators.combine(
                actions().list().ofMaxSize(5), actions().list().ofMaxSize(3), steps().list().ofMaxSize(3))
                .as((immediate, deferred, steps) -> {
                    TrafficTreatment.Builder treatment = DefaultTrafficTreatment.builder();
                    treatment.immediate();
                    immediate.forEach(action -> action.accept(treatment));
                    treatment.deferred();
                    deferred.forEach(action -> action.accept(treatment));
                    steps.forEach(step -> step.accept(treatment));
                    return treatment.build();
                });
        return Arbitraries.frequencyOf(Tuple.of(1, drop), Tuple.of(9, acting));
    }

    private static Arbitrary<Consumer<TrafficTreatment.Builder>> actions() {
        List<Arbitrary<? extends Consumer<TrafficTreatment.Builder>>> actions = new ArrayList<>();
        actions.add(physicalPorts().map(port -> action(t -> t.setOutput(port))));
        actions.add(Arbitraries.of(PortNumber.CONTROLLER, PortNumber.IN_PORT, PortNumber.FLOOD, PortNumber.ALL,
                                   PortNumber.NORMAL, PortNumber.LOCAL).map(port -> action(t -> t.setOutput(port))));
        actions.add(Arbitraries.of(0x8100, 0x88a8).map(type -> action(t -> t.pushVlan(new EthType(type)))));
        actions.add(Arbitraries.just(action(t -> t.pushVlan())));
        actions.add(Arbitraries.just(action(t -> t.popVlan())));
        actions.add(vlans().map(vlan -> action(t -> t.setVlanId(vlan))));
        actions.add(Arbitraries.bytes().between((byte) 0, (byte) 7).map(pcp -> action(t -> t.setVlanPcp(pcp))));
        actions.add(macs().map(mac -> action(t -> t.setEthSrc(mac))));
        actions.add(macs().map(mac -> action(t -> t.setEthDst(mac))));
        actions.add(addresses().map(ip -> action(t -> t.setIpSrc(ip))));
        actions.add(addresses().map(ip -> action(t -> t.setIpDst(ip))));
        return Arbitraries.oneOf(actions);
    }

    private static Arbitrary<Consumer<TrafficTreatment.Builder>> steps() {
        List<Arbitrary<? extends Consumer<TrafficTreatment.Builder>>> steps = new ArrayList<>();
        steps.add(Arbitraries.integers().between(1, 253).map(table -> action(t -> t.transition(table))));
        steps.add(Arbitraries.just(action(t -> t.wipeDeferred())));
        steps.add(Arbitraries.longs().map(value -> action(t -> t.writeMetadata(value, 0xffffL))));
        steps.add(Arbitraries.just(action(t -> t.meter(MeterId.meterId(4_711)))));
        return Arbitraries.oneOf(steps);
    }

    private static Consumer<TrafficTreatment.Builder> action(Consumer<TrafficTreatment.Builder> action) {
        return action;
    }

    private static Arbitrary<PortNumber> physicalPorts() {
        return Arbitraries.longs().between(1, 70_000).map(PortNumber::portNumber);
    }

    private static Arbitrary<MacAddress> macs() {
        return Arbitraries.longs().between(0, 0xffffffffffffL).map(MacAddress::valueOf);
    }

    /** A switch keeps only the bits under the mask, so a value has no others. */
    private static Arbitrary<MacAddress[]> maskedMacs() {
        return Combinators.combine(macs(), Arbitraries.integers().between(1, 47)).as((mac, bits) -> {
            long mask = 0xffffffffffffL << (48 - bits) & 0xffffffffffffL;
            return new MacAddress[] {MacAddress.valueOf(mac.toLong() & mask), MacAddress.valueOf(mask)};
        });
    }

    private static Arbitrary<VlanId> vlans() {
        return Arbitraries.shorts().between((short) 1, (short) 4094).map(VlanId::vlanId);
    }

    private static Arbitrary<Ip4Address> addresses() {
        return Arbitraries.integers().map(Ip4Address::valueOf);
    }

    private static Arbitrary<Ip4Prefix> prefixes() {
        return Combinators.combine(addresses(), Arbitraries.integers().between(1, 32)).as(Ip4Prefix::valueOf);
    }

    private static Arbitrary<TpPort> transportPorts() {
        return Arbitraries.integers().between(0, 65_535).map(TpPort::tpPort);
    }
}
