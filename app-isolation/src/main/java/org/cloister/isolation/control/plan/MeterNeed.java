package org.cloister.isolation.control.plan;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.control.observed.MeterSize;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Switch;
import org.cloister.isolation.store.Move;
import org.cloister.isolation.store.Retired;
import org.cloister.isolation.store.StoredMeter;
import org.cloister.isolation.store.StoredSlice;
import org.onosproject.net.DeviceId;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** A meter that a member needs on its leaf, for all of its slice's allocations that limit it alike. */
public final class MeterNeed {

    private final DeviceId device;
    private final String host;
    private final MeterSize size;

    private MeterNeed(DeviceId device, String host, MeterSize size) {
        this.device = device;
        this.host = host;
        this.size = size;
    }

    /** Returns what an allocation needs, in rank order; left out is what it needs on switches that are not configured. */
    public static List<MeterNeed> of(Fabric fabric, Allocation allocation) {
        List<MeterNeed> needs = new ArrayList<>();
        allocation.members().forEach(member -> MeterSize.of(member).ifPresent(size -> {
            Switch leaf = fabric.switches().get(member.leaf());
            if (leaf != null) {
                needs.add(new MeterNeed(leaf.device(), member.host(), size));
            }
        }));
        return needs;
    }

    /** Returns what a slice needs to carry traffic, now and after its move. */
    public static Set<MeterNeed> of(Fabric fabric, StoredSlice slice) {
        Set<MeterNeed> needs = new LinkedHashSet<>();
        slice.allocation().ifPresent(allocation -> needs.addAll(of(fabric, allocation)));
        slice.move().map(Move::allocation).ifPresent(allocation -> needs.addAll(of(fabric, allocation)));
        return needs;
    }

    /** Returns what rules of a slice may still use, those of earlier allocations included. */
    public static Set<MeterNeed> held(Fabric fabric, StoredSlice slice) {
        Set<MeterNeed> needs = of(fabric, slice);
        slice.retired().stream().map(Retired::allocation).forEach(each -> needs.addAll(of(fabric, each)));
        return needs;
    }

    /** Returns what a meter of a slice is there for. */
    public static MeterNeed of(StoredMeter meter) {
        return new MeterNeed(DeviceId.deviceId(meter.device()), meter.host(), MeterSize.of(meter));
    }

    /** Returns the leaf. */
    public DeviceId device() {
        return device;
    }

    /** Returns the host of the member. */
    public String host() {
        return host;
    }

    /** Returns what the meter is to do. */
    public MeterSize size() {
        return size;
    }

    /** Returns the meter that meets this need. */
    public StoredMeter by(long id) {
        return StoredMeter.builder().device(device.toString()).host(host).bitsPerSecond(size.bitsPerSecond())
                .burstBits(size.burstBits()).id(id).build();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MeterNeed && device.equals(((MeterNeed) other).device)
                && host.equals(((MeterNeed) other).host) && size.equals(((MeterNeed) other).size);
    }

    @Override
    public int hashCode() {
        return Objects.hash(device, host, size);
    }

    @Override
    public String toString() {
        return host + " on " + device + ": " + size;
    }
}
