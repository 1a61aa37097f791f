package org.cloister.lab.meter;

import org.onosproject.net.meter.DefaultMeter;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.meter.MeterFailReason;
import org.onosproject.net.meter.MeterState;

import java.util.Objects;
import java.util.Optional;

/** A meter and, if the switch refused its last operation, why. */
final class StoredMeter {

    private final DefaultMeter meter;
    private final MeterFailReason failure;

    private StoredMeter(DefaultMeter meter, MeterFailReason failure) {
        this.meter = meter;
        this.failure = failure;
    }

    static StoredMeter of(Meter meter) {
        return new StoredMeter(copyOf(meter), null);
    }

    Meter meter() {
        return meter;
    }

    Optional<MeterFailReason> failure() {
        return Optional.ofNullable(failure);
    }

    StoredMeter failed(MeterFailReason reason) {
        return new StoredMeter(meter, reason);
    }

    StoredMeter withState(MeterState state) {
        DefaultMeter copy = copyOf(meter);
        copy.setState(state);
        return new StoredMeter(copy, failure);
    }

    /** Takes over the counters a switch reported; a meter that was waited for has now been seen. */
    StoredMeter observed(Meter seen) {
        DefaultMeter copy = copyOf(meter);
        if (copy.state() == MeterState.PENDING_ADD) {
            copy.setState(seen.state());
        }
        copy.setProcessedPackets(seen.packetsSeen());
        copy.setProcessedBytes(seen.bytesSeen());
        copy.setLife(seen.life());
        copy.setReferenceCount(seen.referenceCount());
        return new StoredMeter(copy, null);
    }

    // map functions may run more than once, and the map may hand out what it holds: never change a stored meter
    private static DefaultMeter copyOf(Meter meter) {
        Meter.Builder builder = DefaultMeter.builder()
                .forDevice(meter.deviceId())
                .fromApp(meter.appId())
                .withCellId(meter.meterCellId())
                .withUnit(meter.unit())
                .withBands(meter.bands())
                .withAnnotations(meter.annotations());
        if (meter.isBurst()) {
            builder.burst();
        }
        DefaultMeter copy = (DefaultMeter) builder.build();
        copy.setState(meter.state());
        copy.setProcessedPackets(meter.packetsSeen());
        copy.setProcessedBytes(meter.bytesSeen());
        copy.setLife(meter.life());
        copy.setReferenceCount(meter.referenceCount());
        return copy;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StoredMeter
                && meter.equals(((StoredMeter) other).meter)
                && meter.state() == ((StoredMeter) other).meter.state()
                && failure == ((StoredMeter) other).failure;
    }

    @Override
    public int hashCode() {
        return Objects.hash(meter, meter.state(), failure);
    }

    @Override
    public String toString() {
        return failure == null ? meter.toString() : meter + " failed: " + failure;
    }
}
