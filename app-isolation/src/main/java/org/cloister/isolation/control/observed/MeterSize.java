package org.cloister.isolation.control.observed;

import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.store.StoredMeter;
import org.onosproject.net.meter.Band;
import org.onosproject.net.meter.Meter;

import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/** What a meter does: two meters of one size on one device are the same to everybody. */
public final class MeterSize implements Comparable<MeterSize> {

    /** Bands of OpenFlow count kbit/s, and kbit of burst. */
    public static final long KILO = 1_000;

    private static final Comparator<MeterSize> ORDER = Comparator.<MeterSize>comparingLong(size -> size.bitsPerSecond)
            .thenComparingLong(size -> size.burstBits);

    private final long bitsPerSecond;
    private final long burstBits;

    private MeterSize(long bitsPerSecond, long burstBits) {
        this.bitsPerSecond = bitsPerSecond;
        this.burstBits = burstBits;
    }

    /** Returns the size of a rate in bit/s and a burst in bits. */
    public static MeterSize of(long bitsPerSecond, long burstBits) {
        return new MeterSize(bitsPerSecond, burstBits);
    }

    /** Returns what a member needs; empty if it is not limited. */
    public static Optional<MeterSize> of(AllocatedMember member) {
        return member.limitBitsPerSecond().isEmpty() ? Optional.empty()
                : Optional.of(of(member.limitBitsPerSecond().getAsLong(), member.burstBits().orElseThrow(() ->
                        new IllegalArgumentException("member " + member.host() + " has a limit and no burst"))));
    }

    /** Returns the size of a meter that a document names. */
    public static MeterSize of(StoredMeter meter) {
        return of(meter.bitsPerSecond(), meter.burstBits());
    }

    /** Returns the size of a meter that ONOS has; empty if it is none that we would make. */
    public static Optional<MeterSize> of(Meter meter) {
        if (meter.unit() != Meter.Unit.KB_PER_SEC || !meter.isBurst() || meter.bands().size() != 1) {
            return Optional.empty();
        }
        Band band = meter.bands().iterator().next();
        return band.type() != Band.Type.DROP || band.burst() == null ? Optional.empty()
                : Optional.of(of(band.rate() * KILO, band.burst() * KILO));
    }

    /** Returns the rate in bit/s. */
    public long bitsPerSecond() {
        return bitsPerSecond;
    }

    /** Returns the burst in bits. */
    public long burstBits() {
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
