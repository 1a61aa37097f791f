package org.cloister.ocs.control;

import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.Link;
import org.onosproject.net.LinkKey;
import org.onosproject.net.Port;
import org.onosproject.net.device.DeviceEvent;
import org.onosproject.net.device.DeviceListener;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.device.PortStatistics;
import org.onosproject.net.link.LinkEvent;
import org.onosproject.net.link.LinkListener;
import org.onosproject.net.link.LinkService;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ports and links as ONOS has them, with the times at which this node heard of them: ONOS keeps none, and a link that
 * was known before a move says nothing of it. What was there before this node looked is as old as can be.
 */
final class OnosPacketLayer implements PacketLayer {

    private final DeviceService devices;
    private final LinkService links;
    private final Clock clock;
    private final Map<LinkKey, Instant> seen = new ConcurrentHashMap<>();
    private final Map<ConnectPoint, Instant> up = new ConcurrentHashMap<>();
    private final Map<ConnectPoint, Boolean> carrier = new ConcurrentHashMap<>();
    private final Map<ConnectPoint, Instant> lost = new ConcurrentHashMap<>();
    private final Map<DeviceId, Instant> came = new ConcurrentHashMap<>();
    private final LinkListener linkListener = this::link;
    private final DeviceListener deviceListener = this::device;
    private volatile Runnable listener = () -> { };
    private volatile Instant began = Instant.EPOCH;

    OnosPacketLayer(DeviceService devices, LinkService links, Clock clock) {
        this.devices = devices;
        this.links = links;
        this.clock = clock;
    }

    @Override
    public void start(Runnable told) {
        listener = told;
        began = clock.instant();
        devices.addListener(deviceListener);
        links.addListener(linkListener);
    }

    @Override
    public void stop() {
        links.removeListener(linkListener);
        devices.removeListener(deviceListener);
    }

    private void link(LinkEvent event) {
        LinkKey key = LinkKey.linkKey(event.subject());
        switch (event.type()) {
            case LINK_ADDED:
                seen.put(key, clock.instant());
                break;
            case LINK_REMOVED:
                seen.remove(key);
                lost.put(key.dst(), clock.instant());
                break;
            default:
                break;
        }
        listener.run();
    }

    private void device(DeviceEvent event) {
        switch (event.type()) {
            case PORT_ADDED:
            case PORT_UPDATED:
                if (event.port() != null) {
                    port(new ConnectPoint(event.subject().id(), event.port().number()), event.port().isEnabled());
                }
                break;
            case DEVICE_ADDED:
            case DEVICE_AVAILABILITY_CHANGED:
                came.put(event.subject().id(), clock.instant());
                break;
            case PORT_REMOVED:
            case DEVICE_REMOVED:
            case DEVICE_SUSPENDED:
                break;
            default:
                return; // statistics, a few times a minute for every port
        }
        listener.run();
    }

    private void port(ConnectPoint point, boolean now) {
        Boolean before = carrier.put(point, now);
        if (now && !Boolean.TRUE.equals(before)) {
            up.put(point, clock.instant());
        }
    }

    @Override
    public PacketPort port(ConnectPoint point) {
        ImmutablePacketPort.Builder facts = PacketPort.builder().carrier(carrier(point))
                .up(Optional.ofNullable(up.get(point))).packets(packets(point));
        boolean silent = true;
        for (Link link : links.getIngressLinks(point)) {
            if (counts(link)) {
                silent = false;
                facts.putHears(link.src(), seen.getOrDefault(LinkKey.linkKey(link), Instant.EPOCH));
            }
        }
        for (Link link : links.getEgressLinks(point)) {
            if (counts(link)) {
                facts.putHeardBy(link.dst(), seen.getOrDefault(LinkKey.linkKey(link), Instant.EPOCH));
            }
        }
        Instant steady = later(later(began, up.get(point)), came.get(point.deviceId()));
        return facts.steady(steady).silent(silent ? Optional.of(later(steady, lost.get(point))) : Optional.empty())
                .build();
    }

    private static Instant later(Instant one, Instant other) {
        return other == null || other.isBefore(one) ? one : other;
    }

    private static boolean counts(Link link) {
        return link.type() == Link.Type.DIRECT && link.state() == Link.State.ACTIVE;
    }

    private Optional<Boolean> carrier(ConnectPoint point) {
        if (!devices.isAvailable(point.deviceId())) {
            return Optional.empty();
        }
        Port port = devices.getPort(point.deviceId(), point.port());
        return Optional.of(port != null && port.isEnabled());
    }

    private long packets(ConnectPoint point) {
        PortStatistics sample = devices.getDeltaStatisticsForPort(point.deviceId(), point.port());
        if (sample == null || sample.durationSec() <= 0) {
            return 0;
        }
        return (sample.packetsReceived() + sample.packetsSent()) / sample.durationSec();
    }
}
