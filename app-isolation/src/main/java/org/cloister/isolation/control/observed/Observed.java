package org.cloister.isolation.control.observed;

import org.onosproject.net.DeviceId;

import java.time.Instant;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** What the leader has read from the switches. */
public final class Observed {

    private final Map<DeviceId, DeviceView> devices;
    private final Map<DeviceId, MeterView> meters;
    private final SeenDemands circuits;
    private final Instant since;

    /** Creates an observation without meters and circuits. */
    public Observed(Map<DeviceId, DeviceView> devices) {
        this(devices, Map.of(), SeenDemands.none(), Instant.EPOCH);
    }

    private Observed(Map<DeviceId, DeviceView> devices, Map<DeviceId, MeterView> meters, SeenDemands circuits,
                     Instant since) {
        this.devices = Map.copyOf(devices);
        this.meters = Map.copyOf(meters);
        this.circuits = circuits;
        this.since = since;
    }

    /** Returns the same with what is known of meters. */
    public Observed with(Map<DeviceId, MeterView> found) {
        return new Observed(devices, found, circuits, since);
    }

    /** Returns the same with what is known of circuits that are demanded. */
    public Observed with(SeenDemands found) {
        return new Observed(devices, meters, found, since);
    }

    /** Returns what is known of circuits that are demanded. */
    public SeenDemands circuits() {
        return circuits;
    }

    /** Returns the same by a leader that has looked since a time: before it nobody may have done anything. */
    public Observed since(Instant began) {
        return new Observed(devices, meters, circuits, began);
    }

    /** Returns since when this leader looks. */
    public Instant since() {
        return since;
    }

    /** Returns what is known of the meters of a device. */
    public MeterView meters(DeviceId device) {
        return meters.getOrDefault(device, MeterView.unknown());
    }

    /** Returns what is known of a device and its rules. */
    public DeviceView device(DeviceId device) {
        return devices.getOrDefault(device, DeviceView.unknown());
    }

    /** Returns the tags that cannot be given out because rules have them, whoever these belong to. */
    public SortedSet<Integer> heldTags() {
        SortedSet<Integer> tags = new TreeSet<>();
        devices.values().forEach(view -> tags.addAll(view.heldTags()));
        return tags;
    }
}
