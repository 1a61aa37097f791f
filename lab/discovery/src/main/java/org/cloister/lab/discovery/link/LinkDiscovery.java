package org.cloister.lab.discovery.link;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import org.onlab.packet.Ethernet;
import org.onosproject.mastership.MastershipEvent;
import org.onosproject.mastership.MastershipService;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.Device;
import org.onosproject.net.DeviceId;
import org.onosproject.net.Link;
import org.onosproject.net.LinkKey;
import org.onosproject.net.Port;
import org.onosproject.net.PortNumber;
import org.onosproject.net.device.DeviceEvent;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.link.DefaultLinkDescription;
import org.onosproject.net.link.LinkProviderService;
import org.onosproject.net.packet.PacketContext;
import org.onosproject.net.packet.PacketService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which devices and ports are probed, and what becomes of the probes. Frames are read on the thread that received them;
 * everything else is called on one thread.
 */
final class LinkDiscovery {

    private static final Logger log = LoggerFactory.getLogger(LinkDiscovery.class);

    private final DeviceService deviceService;
    private final MastershipService mastershipService;
    private final PacketService packetService;
    private final LinkProviderService providerService;
    private final LinkProbes probes;
    private final ProbeReader reader;
    private final ScheduledExecutorService timer;
    private final Map<DeviceId, ProbedPorts> probed = new ConcurrentHashMap<>();
    private final LinkAges ages = new LinkAges(System::nanoTime);
    private volatile LldpLinkProvider.Settings settings;

    LinkDiscovery(DeviceService deviceService, MastershipService mastershipService, PacketService packetService,
                  LinkProviderService providerService, ClusterIdentity identity, ScheduledExecutorService timer,
                  LldpLinkProvider.Settings settings) {
        this.deviceService = deviceService;
        this.mastershipService = mastershipService;
        this.packetService = packetService;
        this.providerService = providerService;
        this.probes = new LinkProbes(identity);
        this.reader = new ProbeReader(identity, deviceService);
        this.timer = timer;
        this.settings = settings;
    }

    /** Takes new settings, and starts probing anew by them. */
    void configure(LldpLinkProvider.Settings changed) {
        settings = changed;
        probed.keySet().forEach(this::stopProbing);
        syncDevices();
    }

    /** Probes what the device service knows: events can be missed around a change of mastership. */
    void syncDevices() {
        deviceService.getAvailableDevices().forEach(this::probeDevice);
    }

    /** Takes down the links that no probe has confirmed in time. */
    void prune() {
        ages.forget(link -> !mastershipService.isLocalMaster(link.dst().deviceId()));
        for (LinkKey link : ages.stale()) {
            providerService.linkVanished(new DefaultLinkDescription(link.src(), link.dst(), Link.Type.DIRECT));
        }
    }

    void mastershipChanged(MastershipEvent event) {
        Device device = deviceService.getDevice(event.subject());
        if (event.type() == MastershipEvent.Type.MASTER_CHANGED && device != null) {
            probeDevice(device);
        }
    }

    void deviceChanged(DeviceEvent event) {
        Device device = event.subject();
        switch (event.type()) {
            case DEVICE_ADDED:
            case DEVICE_UPDATED:
                probeDevice(device);
                break;
            case DEVICE_AVAILABILITY_CHANGED:
                if (deviceService.isAvailable(device.id())) {
                    probeDevice(device);
                    break;
                }
                deviceGone(device.id());
                break;
            case DEVICE_REMOVED:
            case DEVICE_SUSPENDED:
                deviceGone(device.id());
                break;
            case PORT_ADDED:
            case PORT_UPDATED:
                if (event.port().isEnabled()) {
                    probeDevice(device);
                    break;
                }
                portGone(device.id(), event.port().number());
                break;
            case PORT_REMOVED:
                portGone(device.id(), event.port().number());
                break;
            default:
        }
    }

    private void deviceGone(DeviceId deviceId) {
        stopProbing(deviceId);
        providerService.linksVanished(deviceId);
    }

    private void portGone(DeviceId deviceId, PortNumber port) {
        ProbedPorts ports = probed.get(deviceId);
        if (ports != null) {
            ports.remove(port);
        }
        providerService.linksVanished(new ConnectPoint(deviceId, port));
    }

    /** Starts or goes on probing a device if it is this node's to probe, and brings the set of its ports up to date. */
    private void probeDevice(Device device) {
        if (!mastershipService.isLocalMaster(device.id())) {
            ages.forget(link -> link.dst().deviceId().equals(device.id()));
            stopProbing(device.id());
        } else if (ProbeSuppression.suppresses(device)) {
            stopProbing(device.id());
        } else {
            ProbedPorts ports = probed.computeIfAbsent(device.id(), id -> new ProbedPorts(
                    id, timer, settings.probeRate(), (port, name) -> sendProbes(device.id(), port, name)));
            deviceService.getPorts(device.id()).forEach(port -> updatePort(ports, port));
        }
    }

    private static void updatePort(ProbedPorts ports, Port port) {
        if (port.isEnabled() && !port.number().isLogical() && !ProbeSuppression.isMarked(port)) {
            ports.add(port);
        } else {
            ports.remove(port.number());
        }
    }

    private void stopProbing(DeviceId deviceId) {
        ProbedPorts ports = probed.remove(deviceId);
        if (ports != null) {
            ports.stop();
        }
    }

    private void sendProbes(DeviceId deviceId, PortNumber port, String portName) {
        Device device = deviceService.getDevice(deviceId);
        if (device != null && mastershipService.isLocalMaster(deviceId)) {
            probes.forPort(device, port, portName, settings.useBddp()).forEach(packetService::emit);
        }
    }

    /** Makes a link of a received probe. */
    void received(PacketContext context) {
        Ethernet frame = context.inPacket().parsed();
        ConnectPoint from = context.inPacket().receivedFrom();
        if (context.isHandled() || frame == null || !probed.containsKey(from.deviceId())
                || frame.getEtherType() != Ethernet.TYPE_LLDP && frame.getEtherType() != Ethernet.TYPE_BSN) {
            return;
        }
        try {
            reader.read(frame, from, Duration.ofMillis(settings.maxDiscoveryDelayMs())).ifPresent(seen -> {
                providerService.linkDetected(seen.description());
                LinkKey link = LinkKey.linkKey(seen.description().src(), seen.description().dst());
                ages.seen(link, seen.timeToLive().orElse(Duration.ofMillis(settings.staleLinkAge())));
                if (isAway(seen.description().src().deviceId()) || isAway(seen.description().dst().deviceId())) {
                    // a device went while the probe was read: its other links are gone already, and this one is late
                    providerService.linkVanished(seen.description());
                }
                context.block();
            });
        } catch (RuntimeException e) {
            // a frame from anywhere: whatever is wrong with it must not reach the switch's session
            log.warn("Frame of type {} at {} ignored: {}", Integer.toHexString(frame.getEtherType() & 0xffff), from, e.toString());
        }
    }

    /**
     * Returns false for what is not known: neighbours of other clusters are no devices here. Ports do not count: when light
     * comes, a probe may be here before the word that its port is up.
     */
    private boolean isAway(DeviceId device) {
        return deviceService.getDevice(device) != null && !deviceService.isAvailable(device);
    }
}
