package org.cloister.isolation.control;

import org.onosproject.net.DeviceId;

import java.time.Instant;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** What the leader has read from the switches. */
final class Observed {

    private final Map<DeviceId, DeviceView> devices;
    private final Map<DeviceId, MeterView> meters;
    private final boolean readable;
    private final Instant since;

    /**
     * Creates an observation without meters.
     *
     * @param readable whether tables can be read at any time; else they are read when ONOS does
     */
    Observed(Map<DeviceId, DeviceView> devices, boolean readable) {
        this(devices, Map.of(), readable, Instant.EPOCH);
    }

    private Observed(Map<DeviceId, DeviceView> devices, Map<DeviceId, MeterView> meters, boolean readable,
                     Instant since) {
        this.devices = Map.copyOf(devices);
        this.meters = Map.copyOf(meters);
        this.readable = readable;
        this.since = since;
    }

    /** Returns the same with what is known of meters. */
    Observed with(Map<DeviceId, MeterView> found) {
        return new Observed(devices, found, readable, since);
    }

    /** Returns the same by a leader that has looked since a time: before it nobody may have done anything. */
    Observed since(Instant began) {
        return new Observed(devices, meters, readable, began);
    }

    /** Returns since when this leader looks. */
    Instant since() {
        return since;
    }

    /** Returns whether tables can be read at any time; else they are read when ONOS does. */
    boolean readable() {
        return readable;
    }

    MeterView meters(DeviceId device) {
        return meters.getOrDefault(device, MeterView.unknown());
    }

    DeviceView device(DeviceId device) {
        return devices.getOrDefault(device, DeviceView.unknown());
    }

    /** Returns the tags that cannot be given out because rules have them, whoever these belong to. */
    SortedSet<Integer> heldTags() {
        SortedSet<Integer> tags = new TreeSet<>();
        devices.values().forEach(view -> tags.addAll(view.heldTags()));
        return tags;
    }
}
