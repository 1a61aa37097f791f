package org.cloister.lab.openflow.flow;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.cloister.lab.openflow.Ports;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip4Prefix;
import org.onlab.packet.MacAddress;
import org.onlab.packet.TpPort;
import org.onlab.packet.VlanId;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.criteria.ArpHaCriterion;
import org.onosproject.net.flow.criteria.ArpOpCriterion;
import org.onosproject.net.flow.criteria.ArpPaCriterion;
import org.onosproject.net.flow.criteria.Criteria;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.criteria.EthCriterion;
import org.onosproject.net.flow.criteria.EthTypeCriterion;
import org.onosproject.net.flow.criteria.IPCriterion;
import org.onosproject.net.flow.criteria.IPProtocolCriterion;
import org.onosproject.net.flow.criteria.MetadataCriterion;
import org.onosproject.net.flow.criteria.PortCriterion;
import org.onosproject.net.flow.criteria.TcpPortCriterion;
import org.onosproject.net.flow.criteria.UdpPortCriterion;
import org.onosproject.net.flow.criteria.VlanIdCriterion;
import org.onosproject.net.flow.criteria.VlanPcpCriterion;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFMatchV3;
import org.projectfloodlight.openflow.protocol.match.Match;
import org.projectfloodlight.openflow.protocol.match.MatchField;
import org.projectfloodlight.openflow.protocol.oxm.OFOxm;
import org.projectfloodlight.openflow.types.ArpOpcode;
import org.projectfloodlight.openflow.types.EthType;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.IpProtocol;
import org.projectfloodlight.openflow.types.Masked;
import org.projectfloodlight.openflow.types.OFMetadata;
import org.projectfloodlight.openflow.types.OFValueType;
import org.projectfloodlight.openflow.types.OFVlanVidMatch;
import org.projectfloodlight.openflow.types.TransportPort;
import org.projectfloodlight.openflow.types.VlanPcp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Traffic selectors as OpenFlow 1.3 matches and back. Each field is written once, with both directions side by side,
 * because ONOS compares what a switch reports with what it asked for: a direction that is missing or not the exact
 * inverse makes it install the rule anew at every poll.
 */
final class MatchCodec {

    private static final Logger log = LoggerFactory.getLogger(MatchCodec.class);
    private static final Map<Criterion.Type, BiConsumer<Criterion, Match.Builder>> ENCODERS =
            new EnumMap<>(Criterion.Type.class);
    private static final Map<MatchField<?>, Function<Match, Optional<Criterion>>> DECODERS = new HashMap<>();

    static {
        exact(Criterion.Type.IN_PORT, MatchField.IN_PORT, PortCriterion.class,
              c -> Ports.toOpenFlow(c.port()), v -> Criteria.matchInPort(Ports.fromOpenFlow(v)));
        exact(Criterion.Type.METADATA, MatchField.METADATA, MetadataCriterion.class,
              c -> OFMetadata.ofRaw(c.metadata()), v -> Criteria.matchMetadata(v.getValue().getValue()));
        ethernet(Criterion.Type.ETH_DST, Criterion.Type.ETH_DST_MASKED, MatchField.ETH_DST);
        ethernet(Criterion.Type.ETH_SRC, Criterion.Type.ETH_SRC_MASKED, MatchField.ETH_SRC);
        exact(Criterion.Type.ETH_TYPE, MatchField.ETH_TYPE, EthTypeCriterion.class,
              c -> EthType.of(Short.toUnsignedInt(c.ethType().toShort())), v -> Criteria.matchEthType(v.getValue()));
        vlan();
        exact(Criterion.Type.VLAN_PCP, MatchField.VLAN_PCP, VlanPcpCriterion.class,
              c -> VlanPcp.of(c.priority()), v -> Criteria.matchVlanPcp(v.getValue()));
        prefix(Criterion.Type.IPV4_SRC, MatchField.IPV4_SRC, Criteria::matchIPSrc);
        prefix(Criterion.Type.IPV4_DST, MatchField.IPV4_DST, Criteria::matchIPDst);
        exact(Criterion.Type.IP_PROTO, MatchField.IP_PROTO, IPProtocolCriterion.class,
              c -> IpProtocol.of(c.protocol()), v -> Criteria.matchIPProtocol(v.getIpProtocolNumber()));
        exact(Criterion.Type.TCP_SRC, MatchField.TCP_SRC, TcpPortCriterion.class,
              c -> TransportPort.of(c.tcpPort().toInt()), v -> Criteria.matchTcpSrc(TpPort.tpPort(v.getPort())));
        exact(Criterion.Type.TCP_DST, MatchField.TCP_DST, TcpPortCriterion.class,
              c -> TransportPort.of(c.tcpPort().toInt()), v -> Criteria.matchTcpDst(TpPort.tpPort(v.getPort())));
        exact(Criterion.Type.UDP_SRC, MatchField.UDP_SRC, UdpPortCriterion.class,
              c -> TransportPort.of(c.udpPort().toInt()), v -> Criteria.matchUdpSrc(TpPort.tpPort(v.getPort())));
        exact(Criterion.Type.UDP_DST, MatchField.UDP_DST, UdpPortCriterion.class,
              c -> TransportPort.of(c.udpPort().toInt()), v -> Criteria.matchUdpDst(TpPort.tpPort(v.getPort())));
        exact(Criterion.Type.ARP_OP, MatchField.ARP_OP, ArpOpCriterion.class,
              c -> ArpOpcode.of(c.arpOp()), v -> Criteria.matchArpOp(v.getOpcode()));
        exact(Criterion.Type.ARP_SPA, MatchField.ARP_SPA, ArpPaCriterion.class,
              c -> IPv4Address.of(c.ip().toInt()), v -> Criteria.matchArpSpa(Ip4Address.valueOf(v.getInt())));
        exact(Criterion.Type.ARP_TPA, MatchField.ARP_TPA, ArpPaCriterion.class,
              c -> IPv4Address.of(c.ip().toInt()), v -> Criteria.matchArpTpa(Ip4Address.valueOf(v.getInt())));
        exact(Criterion.Type.ARP_SHA, MatchField.ARP_SHA, ArpHaCriterion.class,
              c -> Macs.toOpenFlow(c.mac()), v -> Criteria.matchArpSha(Macs.fromOpenFlow(v)));
        exact(Criterion.Type.ARP_THA, MatchField.ARP_THA, ArpHaCriterion.class,
              c -> Macs.toOpenFlow(c.mac()), v -> Criteria.matchArpTha(Macs.fromOpenFlow(v)));
    }

    private MatchCodec() {
    }

    /**
     * Returns the match of a selector.
     *
     * @throws UnsupportedRuleException if a criterion has no encoding here, or none that comes back as it went
     */
    static Match encode(TrafficSelector selector, OFFactory factory) {
        Criterion unreadable = selector.getCriterion(Criterion.Type.DUMMY);
        if (unreadable instanceof UnreadableMatch) {
            return ((UnreadableMatch) unreadable).match();
        }
        Match.Builder match = factory.buildMatch();
        for (Criterion criterion : selector.criteria()) {
            BiConsumer<Criterion, Match.Builder> encoder = ENCODERS.get(criterion.type());
            if (encoder == null) {
                throw new UnsupportedRuleException("criterion " + criterion + " is not supported");
            }
            encoder.accept(criterion, match);
        }
        return match.build();
    }

    /** Returns the selector of a match, with an {@link UnreadableMatch} in it if a field could not be read, which is logged once. */
    static TrafficSelector decode(Match match) {
        TrafficSelector.Builder selector = DefaultTrafficSelector.builder();
        boolean readable = true;
        // the fields as they came: the library's own view leaves out those whose prerequisites it does not find
        for (OFOxm<?> oxm : ((OFMatchV3) match).getOxmList()) {
            Optional<Criterion> criterion = decode(oxm.getMatchField(), match);
            criterion.ifPresent(selector::add);
            readable &= criterion.isPresent();
        }
        if (readable) {
            return selector.build();
        }
        if (Unreadable.isNew(match)) {
            log.warn("A switch holds a rule with a match that this provider cannot read: {}", match);
        }
        return selector.add(new UnreadableMatch(match)).build();
    }

    private static Optional<Criterion> decode(MatchField<?> field, Match match) {
        Function<Match, Optional<Criterion>> decoder = DECODERS.get(field);
        return decoder == null || !field.arePrerequisitesOK(match) ? Optional.empty() : decoder.apply(match);
    }

    private static <C extends Criterion, F extends OFValueType<F>> void exact(
            Criterion.Type type, MatchField<F> field, Class<C> criterion, Function<C, F> to, Function<F, Criterion> from) {
        ENCODERS.put(type, (c, match) -> match.setExact(field, to.apply(criterion.cast(c))));
        DECODERS.put(field, match -> match.isExact(field) ? Optional.of(from.apply(match.get(field))) : Optional.empty());
    }

    private static void ethernet(Criterion.Type exact, Criterion.Type masked,
                                 MatchField<org.projectfloodlight.openflow.types.MacAddress> field) {
        boolean source = exact == Criterion.Type.ETH_SRC;
        exact(exact, field, EthCriterion.class, c -> Macs.toOpenFlow(c.mac()),
              v -> source ? Criteria.matchEthSrc(Macs.fromOpenFlow(v)) : Criteria.matchEthDst(Macs.fromOpenFlow(v)));
        ENCODERS.put(masked, (c, match) -> {
            MacAddress mask = ((EthCriterion) c).mask();
            if (mask.equals(MacAddress.BROADCAST) || mask.equals(MacAddress.ZERO)) {
                throw new UnsupportedRuleException("criterion " + c + ": a switch reports mask " + mask
                                                   + " as an exact match or none; say so in the rule");
            }
            match.setMasked(field, Macs.toOpenFlow(((EthCriterion) c).mac()), Macs.toOpenFlow(mask));
        });
        Function<Match, Optional<Criterion>> decodeExact = DECODERS.get(field);
        DECODERS.put(field, match -> {
            if (!match.isPartiallyMasked(field)) {
                return decodeExact.apply(match);
            }
            Masked<org.projectfloodlight.openflow.types.MacAddress> value = match.getMasked(field);
            MacAddress mac = Macs.fromOpenFlow(value.getValue());
            MacAddress mask = Macs.fromOpenFlow(value.getMask());
            return Optional.of(source ? Criteria.matchEthSrcMasked(mac, mask) : Criteria.matchEthDstMasked(mac, mask));
        });
    }

    /** NONE is an untagged frame, ANY a frame with whatever tag, anything else that very tag. */
    private static void vlan() {
        ENCODERS.put(Criterion.Type.VLAN_VID, (c, match) -> {
            VlanId vlan = ((VlanIdCriterion) c).vlanId();
            if (vlan.equals(VlanId.ANY)) {
                match.setMasked(MatchField.VLAN_VID, OFVlanVidMatch.PRESENT, OFVlanVidMatch.PRESENT);
            } else if (vlan.equals(VlanId.NONE)) {
                match.setExact(MatchField.VLAN_VID, OFVlanVidMatch.NONE);
            } else {
                match.setExact(MatchField.VLAN_VID, OFVlanVidMatch.ofVlan(vlan.toShort()));
            }
        });
        DECODERS.put(MatchField.VLAN_VID, match -> {
            if (match.isPartiallyMasked(MatchField.VLAN_VID)) {
                Masked<OFVlanVidMatch> value = match.getMasked(MatchField.VLAN_VID);
                boolean any = value.getValue().equals(OFVlanVidMatch.PRESENT) && value.getMask().equals(OFVlanVidMatch.PRESENT);
                return any ? Optional.of(Criteria.matchVlanId(VlanId.ANY)) : Optional.empty();
            }
            OFVlanVidMatch value = match.get(MatchField.VLAN_VID);
            return Optional.of(Criteria.matchVlanId(value.isPresentBitSet() ? VlanId.vlanId(value.getVlan()) : VlanId.NONE));
        });
    }

    private static void prefix(Criterion.Type type, MatchField<IPv4Address> field, Function<Ip4Prefix, Criterion> from) {
        ENCODERS.put(type, (c, match) -> {
            Ip4Prefix prefix = ((IPCriterion) c).ip().getIp4Prefix();
            if (prefix.prefixLength() == 0) {
                throw new UnsupportedRuleException("criterion " + c + ": a switch does not report a prefix that matches all;"
                                                   + " leave it out of the rule");
            }
            IPv4Address address = IPv4Address.of(prefix.address().toInt());
            if (prefix.prefixLength() == Ip4Prefix.MAX_MASK_LENGTH) {
                match.setExact(field, address);
            } else {
                match.setMasked(field, address, IPv4Address.ofCidrMaskLength(prefix.prefixLength()));
            }
        });
        DECODERS.put(field, match -> {
            if (!match.isPartiallyMasked(field)) {
                return Optional.of(from.apply(Ip4Prefix.valueOf(match.get(field).getInt(), Ip4Prefix.MAX_MASK_LENGTH)));
            }
            Masked<IPv4Address> value = match.getMasked(field);
            return value.getMask().isCidrMask()
                    ? Optional.of(from.apply(Ip4Prefix.valueOf(value.getValue().getInt(), value.getMask().asCidrMaskLength())))
                    : Optional.empty();
        });
    }
}
