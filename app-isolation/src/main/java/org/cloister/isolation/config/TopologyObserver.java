package org.cloister.isolation.config;

import org.cloister.isolation.fabric.FabricSettings;
import org.cloister.isolation.fabric.ImmutableTopologyView;
import org.cloister.isolation.fabric.Optics;
import org.cloister.isolation.fabric.Switch;
import org.cloister.isolation.fabric.TopologyView;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.ElementId;
import org.onosproject.net.Link;
import org.onosproject.net.LinkKey;
import org.onosproject.net.Port;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.link.LinkService;

import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Reads from ONOS what it sees of the configured devices. */
final class TopologyObserver {

    private final DeviceService devices;
    private final LinkService links;

    private final Supplier<Optics> optics;

    TopologyObserver(DeviceService devices, LinkService links, Supplier<Optics> optics) {
        this.devices = devices;
        this.links = links;
        this.optics = optics;
    }

    /** Returns a view without the parts that are not topology. */
    ImmutableTopologyView.Builder observe(FabricSettings settings) {
        ImmutableTopologyView.Builder view = TopologyView.builder().optics(optics.get());
        Set<ElementId> configured = settings.switches().values().stream().map(Switch::device)
                .collect(Collectors.toSet());
        for (Switch each : settings.switches().values()) {
            observe(each.device(), view);
        }
        for (Link link : links.getLinks()) {
            if (counts(link) && (configured.contains(link.src().elementId())
                    || configured.contains(link.dst().elementId()))) {
                view.addLinks(LinkKey.linkKey(link.src(), link.dst()));
            }
        }
        return view;
    }

    private void observe(DeviceId device, ImmutableTopologyView.Builder view) {
        if (!devices.isAvailable(device)) {
            return;
        }
        view.addAvailableDevices(device);
        for (Port port : devices.getPorts(device)) {
            ConnectPoint at = new ConnectPoint(device, port.number());
            if (port.isEnabled()) {
                view.addEnabledPorts(at);
            } else {
                view.addDisabledPorts(at);
            }
        }
    }

    /** An indirect link has a switch in it that nobody controls. */
    private static boolean counts(Link link) {
        return link.state() == Link.State.ACTIVE && link.type() == Link.Type.DIRECT;
    }
}
