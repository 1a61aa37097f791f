package org.cloister.isolation.program.sim;

import org.onlab.packet.Ip4Address;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.VlanId;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.criteria.ArpHaCriterion;
import org.onosproject.net.flow.criteria.ArpPaCriterion;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.criteria.EthCriterion;
import org.onosproject.net.flow.criteria.EthTypeCriterion;
import org.onosproject.net.flow.criteria.IPCriterion;
import org.onosproject.net.flow.criteria.PortCriterion;
import org.onosproject.net.flow.criteria.VlanIdCriterion;

import java.util.Optional;
import java.util.Set;

/** Whether a frame that came in at a port fits a selector. */
final class Matching {

    private static final Set<Criterion.Type> OF_IPV4 = Set.of(Criterion.Type.IPV4_SRC, Criterion.Type.IPV4_DST);
    private static final Set<Criterion.Type> OF_ARP = Set.of(Criterion.Type.ARP_SHA, Criterion.Type.ARP_SPA,
            Criterion.Type.ARP_THA, Criterion.Type.ARP_TPA);

    private final VlanReading reading;

    Matching(VlanReading reading) {
        this.reading = reading;
    }

    /** Fails for a selector that a switch refuses: a header's fields need the header's EtherType. */
    static void check(TrafficSelector selector) {
        for (Criterion criterion : selector.criteria()) {
            if (OF_IPV4.contains(criterion.type())) {
                require(selector, Frame.IPV4);
            } else if (OF_ARP.contains(criterion.type())) {
                require(selector, Frame.ARP);
            }
        }
    }

    private static void require(TrafficSelector selector, int etherType) {
        Criterion found = selector.getCriterion(Criterion.Type.ETH_TYPE);
        if (found == null || etherType(found) != etherType) {
            throw new AssertionError("a switch refuses " + selector.criteria() + " without eth_type");
        }
    }

    boolean fits(TrafficSelector selector, long inPort, Frame frame) {
        for (Criterion criterion : selector.criteria()) {
            if (!fits(criterion, inPort, frame)) {
                return false;
            }
        }
        return true;
    }

    static boolean fitsPort(TrafficSelector selector, long inPort) {
        Long port = port(selector);
        return port == null || port == inPort;
    }

    /** Returns the port that a selector is about; null if it is about all. */
    static Long port(TrafficSelector selector) {
        Criterion port = selector.getCriterion(Criterion.Type.IN_PORT);
        return port == null ? null : ((PortCriterion) port).port().toLong();
    }

    private boolean fits(Criterion criterion, long inPort, Frame frame) {
        switch (criterion.type()) {
            case IN_PORT:
                return ((PortCriterion) criterion).port().toLong() == inPort;
            case VLAN_VID:
                return vlan(((VlanIdCriterion) criterion).vlanId(), frame);
            case ETH_TYPE:
                return etherType(criterion) == reading.etherType(frame);
            case ETH_SRC:
                return ((EthCriterion) criterion).mac().equals(frame.src());
            case ETH_DST:
                return ((EthCriterion) criterion).mac().equals(frame.dst());
            case IPV4_SRC:
                return address(criterion, frame.ipv4().map(Frame.Ipv4::src));
            case IPV4_DST:
                return address(criterion, frame.ipv4().map(Frame.Ipv4::dst));
            case ARP_SHA:
                return frame.arp().map(Frame.Arp::sha).equals(Optional.of(((ArpHaCriterion) criterion).mac()));
            case ARP_SPA:
                return frame.arp().map(Frame.Arp::spa).equals(Optional.of(((ArpPaCriterion) criterion).ip()));
            case ARP_TPA:
                return frame.arp().map(Frame.Arp::tpa).equals(Optional.of(((ArpPaCriterion) criterion).ip()));
            default:
                throw new AssertionError("the simulator does not know " + criterion);
        }
    }

    private static int etherType(Criterion criterion) {
        return Short.toUnsignedInt(((EthTypeCriterion) criterion).ethType().toShort());
    }

    private static boolean vlan(VlanId wanted, Frame frame) {
        if (wanted.equals(VlanId.NONE)) {
            return frame.tags().isEmpty();
        }
        return !frame.tags().isEmpty()
                && (wanted.equals(VlanId.ANY) || wanted.toShort() == frame.tags().get(0).vlan());
    }

    private static boolean address(Criterion criterion, Optional<Ip4Address> address) {
        IpPrefix prefix = ((IPCriterion) criterion).ip();
        return address.filter(prefix::contains).isPresent();
    }
}
