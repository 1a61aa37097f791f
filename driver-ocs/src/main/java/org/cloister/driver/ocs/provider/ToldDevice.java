package org.cloister.driver.ocs.provider;

import org.cloister.driver.ocs.session.OcsSessions;
import org.cloister.driver.ocs.session.OcsSwitch;
import org.cloister.driver.ocs.session.PortState;
import org.onosproject.net.DeviceId;
import org.onosproject.net.device.DeviceProviderService;
import org.onosproject.net.device.PortDescription;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What ONOS was told of one switch, and what it is to be told. States are told at once; power, which changes all the
 * time, when {@link #measured} is called, so that it makes no storm of events. For one thread at a time.
 */
final class ToldDevice {

    private final DeviceId device;
    private final DeviceProviderService service;
    private final Map<String, ToldPort> ports = new HashMap<>();
    private boolean connected;
    private boolean master;

    ToldDevice(String name, DeviceProviderService service) {
        device = OcsSessions.device(name);
        this.service = service;
    }

    /** Tells of a switch that is configured. */
    void update(OcsSwitch known) {
        if (!known.connected() || known.snapshot().isEmpty()) {
            disconnect();
            return;
        }
        if (!connected) {
            connected = true;
            ports.clear();
            // waits for the election of a master
            service.deviceConnected(device, SwitchDescription.of(known));
        }
        if (known.master() && !master) {
            // ONOS does not listen to those who are not
            ports.clear();
        }
        master = known.master();
        if (master) {
            tell(known);
        }
    }

    /** Tells of a switch that is not connected, or not configured any more; ONOS keeps the device. */
    void disconnect() {
        if (connected) {
            connected = false;
            master = false;
            ports.clear();
            service.deviceDisconnected(device);
        }
    }

    /** Tells of what was measured. */
    void measured(OcsSwitch known) {
        if (!connected || !master || known.snapshot().isEmpty()) {
            return;
        }
        Collection<PortState> shown = known.snapshot().get().ports().values();
        List<PortDescription> changed = new ArrayList<>();
        boolean any = false;
        for (PortState port : shown) {
            SortedMap<String, String> annotations = PortDescriptions.states(port);
            annotations.putAll(PortDescriptions.powers(port));
            any |= !annotations.equals(ports.getOrDefault(port.name(), ToldPort.NONE).annotations);
            changed.add(told(port, PortDescriptions.isEnabled(port, known.capabilities()), annotations));
        }
        if (any) {
            service.updatePorts(device, changed);
        }
        service.updatePortStatistics(device, shown.stream().map(port -> PortDescriptions.statistics(device, port))
                .collect(Collectors.toList()));
    }

    private void tell(OcsSwitch known) {
        SortedMap<String, PortState> shown = known.snapshot().orElseThrow().ports();
        boolean all = !ports.keySet().equals(shown.keySet());
        List<PortDescription> changed = new ArrayList<>();
        for (PortState port : shown.values()) {
            boolean enabled = PortDescriptions.isEnabled(port, known.capabilities());
            ToldPort before = ports.getOrDefault(port.name(), ToldPort.NONE);
            SortedMap<String, String> annotations = PortDescriptions.states(port);
            if (!all && enabled == before.enabled && before.annotations.entrySet().containsAll(annotations.entrySet())
                    && before.annotations.containsKey(PortDescriptions.PEER)
                    == annotations.containsKey(PortDescriptions.PEER)) {
                continue;
            }
            annotations.putAll(PortDescriptions.powers(port));
            changed.add(told(port, enabled, annotations));
        }
        if (all) {
            ports.keySet().retainAll(shown.keySet());
            service.updatePorts(device, changed);
        } else {
            changed.forEach(port -> service.portStatusChanged(device, port));
        }
    }

    private PortDescription told(PortState port, boolean enabled, SortedMap<String, String> annotations) {
        ToldPort before = ports.put(port.name(), new ToldPort(enabled, annotations));
        SortedSet<String> keys = before == null ? new TreeSet<>() : new TreeSet<>(before.annotations.keySet());
        return PortDescriptions.of(port, enabled, annotations, keys);
    }

    private static final class ToldPort {

        static final ToldPort NONE = new ToldPort(false, new TreeMap<>());

        final boolean enabled;
        final SortedMap<String, String> annotations;

        ToldPort(boolean enabled, SortedMap<String, String> annotations) {
            this.enabled = enabled;
            this.annotations = annotations;
        }
    }
}
