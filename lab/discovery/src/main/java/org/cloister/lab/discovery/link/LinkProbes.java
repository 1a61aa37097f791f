package org.cloister.lab.discovery.link;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.onlab.packet.Ethernet;
import org.onlab.packet.MacAddress;
import org.onlab.packet.ONOSLLDP;
import org.onosproject.net.Device;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.packet.DefaultOutboundPacket;
import org.onosproject.net.packet.OutboundPacket;

/** Builds the probes that leave a port: LLDP, and the same as BDDP, which other switches pass on as a broadcast. */
final class LinkProbes {

    private final ClusterIdentity identity;

    LinkProbes(ClusterIdentity identity) {
        this.identity = identity;
    }

    /**
     * Returns the probes for a port.
     *
     * @param portName name of the port, or an empty string
     */
    List<OutboundPacket> forPort(Device device, PortNumber port, String portName, boolean useBddp) {
        List<OutboundPacket> probes = new ArrayList<>();
        probes.add(probe(device, port, portName, Ethernet.TYPE_LLDP, MacAddress.ONOS_LLDP));
        if (useBddp) {
            probes.add(probe(device, port, portName, Ethernet.TYPE_BSN, MacAddress.BROADCAST));
        }
        return probes;
    }

    private OutboundPacket probe(Device device, PortNumber port, String portName, short etherType, MacAddress destination) {
        Ethernet frame = new Ethernet();
        frame.setEtherType(etherType);
        frame.setSourceMACAddress(identity.mac());
        frame.setDestinationMACAddress(destination);
        frame.setPad(true);
        frame.setPayload(ONOSLLDP.onosSecureLLDP(device.id().toString(), device.chassisId(),
                                                 (int) port.toLong(), portName, identity.secret()));
        return new DefaultOutboundPacket(device.id(), DefaultTrafficTreatment.builder().setOutput(port).build(),
                                         ByteBuffer.wrap(frame.serialize()));
    }
}
