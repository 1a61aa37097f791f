package org.cloister.isolation.control;

import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.store.StoredMeter;
import org.onosproject.net.meter.Band;
import org.onosproject.net.meter.Meter;

import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/** What a meter does: two meters of one size on one device are the same to everybody. */
final class MeterSize implements Comparable<MeterSize> {

    /** Bands of OpenFlow count kbit/s, and kbit of burst. */
    static final long KILO = 1_000;

    private static final Comparator<MeterSize> ORDER = Comparator.<MeterSize>comparingLong(size -> size.bitsPerSecond)
            .thenComparingLong(size -> size.burstBits);

    private final long bitsPerSecond;
    private final long burstBits;

    private MeterSize(long bitsPerSecond, long burstBits) {
        this.bitsPerSecond = bitsPerSecond;
        this.burstBits = burstBits;
    }

    static MeterSize of(long bitsPerSecond, long burstBits) {
        return new MeterSize(bitsPerSecond, burstBits);
    }

    /** Returns what a member needs; empty if it is not limited. */
    static Optional<MeterSize> of(AllocatedMember member) {
        return member.limitBitsPerSecond().isEmpty() ? Optional.empty()
                : Optional.of(of(member.limitBitsPerSecond().getAsLong(), member.burstBits().orElseThrow(() ->
                        new IllegalArgumentException("member " + member.host() + " has a limit and no burst"))));
    }

    static MeterSize of(StoredMeter meter) {
        return of(meter.bitsPerSecond(), meter.burstBits());
    }

    /** Returns the size of a meter that ONOS has; empty if it is none that we would make. */
    static Optional<MeterSize> of(Meter meter) {
        if (meter.unit() != Meter.Unit.KB_PER_SEC || !meter.isBurst() || meter.bands().size() != 1) {
            return Optional.empty();
        }
        Band band = meter.bands().iterator().next();
        return band.type() != Band.Type.DROP || band.burst() == null ? Optional.empty()
                : Optional.of(of(band.rate() * KILO, band.burst() * KILO));
    }

    long bitsPerSecond() {
        return bitsPerSecond;
    }

    long burstBits() {
        return burstBits;
    }

    @Override
    public int compareTo(MeterSize other) {
        return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MeterSize && compareTo((MeterSize) other) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(bitsPerSecond, burstBits);
    }

    @Override
    public String toString() {
        return bitsPerSecond + " bit/s with a burst of " + burstBits + " bits";
    }
}
