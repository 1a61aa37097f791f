package org.cloister.lab.discovery.link;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.onlab.packet.Ethernet;
import org.onlab.packet.MacAddress;
import org.onlab.packet.ONOSLLDP;
import org.onosproject.net.AnnotationKeys;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DefaultAnnotations;
import org.onosproject.net.Device;
import org.onosproject.net.DeviceId;
import org.onosproject.net.Link;
import org.onosproject.net.Port;
import org.onosproject.net.PortNumber;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.link.DefaultLinkDescription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the link that a received LLDP or BDDP frame speaks of. As in stock ONOS, a probe from another cluster makes an
 * EDGE link, and an ordinary LLDP frame makes a link when its chassis and port are those of a known switch: whoever can
 * send frames into a port can claim a link there. Consumers must not trust more than that.
 */
final class ProbeReader {

    private static final Logger log = LoggerFactory.getLogger(ProbeReader.class);

    private final ClusterIdentity identity;
    private final DeviceService deviceService;

    ProbeReader(ClusterIdentity identity, DeviceService deviceService) {
        this.identity = identity;
        this.deviceService = deviceService;
    }

    /**
     * Reads a frame.
     *
     * @param maxDelay how old a signed probe may be
     * @return the link, or nothing if the frame is not about one
     */
    Optional<SeenLink> read(Ethernet frame, ConnectPoint receivedFrom, Duration maxDelay) {
        ONOSLLDP probe = ONOSLLDP.parseONOSLLDP(frame);
        return probe != null ? readProbe(probe, frame, receivedFrom, maxDelay) : readPlain(frame, receivedFrom);
    }

    private Optional<SeenLink> readProbe(ONOSLLDP probe, Ethernet frame, ConnectPoint receivedFrom, Duration maxDelay) {
        boolean ours = identity.isOurs(frame.getSourceMAC().toString());
        if (ours && !ONOSLLDP.verify(probe, identity.secret(), maxDelay.toMillis())) {
            log.warn("Probe at {} ignored: it is not signed by this cluster, or older than {}", receivedFrom, maxDelay);
            return Optional.empty();
        }
        String device = probe.getDeviceString();
        if (device == null || device.isEmpty()) {
            return Optional.empty();
        }
        ConnectPoint source = knownPort(DeviceId.deviceId(device), PortNumber.portNumber(probe.getPort()));
        Link.Type type = ours ? linkType(frame) : Link.Type.EDGE;
        return Optional.of(new SeenLink(new DefaultLinkDescription(source, receivedFrom, type), null));
    }

    /** A probe carries no port name, and ONOS tells a port with a name from one without. */
    private ConnectPoint knownPort(DeviceId deviceId, PortNumber number) {
        Port port = deviceService.getPort(deviceId, number);
        return new ConnectPoint(deviceId, port == null ? number : port.number());
    }

    private Optional<SeenLink> readPlain(Ethernet frame, ConnectPoint receivedFrom) {
        ONOSLLDP lldp = ONOSLLDP.parseLLDP(frame);
        MacAddress chassis = lldp.getChassisIdByMac();
        String portName = lldp.getPortNameString() != null ? lldp.getPortNameString() : lldp.getPortDescString();
        if (chassis == null || portName == null) {
            return Optional.empty();
        }
        return sourcePort(chassis, portName).map(port -> {
            ConnectPoint source = new ConnectPoint(port.element().id(), port.number());
            DefaultAnnotations annotations = DefaultAnnotations.builder()
                    .set(AnnotationKeys.PROTOCOL, "LINKDISCOVERY")
                    .set(AnnotationKeys.LAYER, "ETHERNET")
                    .build();
            return new SeenLink(new DefaultLinkDescription(source, receivedFrom, linkType(frame), true, annotations),
                                Duration.ofSeconds(lldp.getTtlBySeconds()));
        });
    }

    private Optional<Port> sourcePort(MacAddress chassis, String portName) {
        return StreamSupport.stream(deviceService.getAvailableDevices().spliterator(), false)
                .filter(device -> hasAddress(device, chassis))
                .findFirst()
                .flatMap(device -> deviceService.getPorts(device.id()).stream()
                        .filter(port -> Objects.equals(portName, port.annotations().value(AnnotationKeys.PORT_NAME)))
                        .findFirst())
                .filter(Port::isEnabled);
    }

    private boolean hasAddress(Device device, MacAddress chassis) {
        return device.chassisId() != null && MacAddress.valueOf(device.chassisId().value()).equals(chassis)
                || deviceService.getPorts(device.id()).stream()
                .map(port -> port.annotations().value(AnnotationKeys.PORT_MAC))
                .anyMatch(mac -> mac != null && MacAddress.valueOf(mac).equals(chassis));
    }

    private static Link.Type linkType(Ethernet frame) {
        return frame.getEtherType() == Ethernet.TYPE_LLDP ? Link.Type.DIRECT : Link.Type.INDIRECT;
    }
}
