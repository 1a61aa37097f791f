package org.cloister.isolation.control.observed;

import org.immutables.value.Value;

import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;

/** What the leader knows of the meters of one device. */
@Value.Immutable
@Value.Style(jdkOnly = true, get = "*", visibility = Value.Style.ImplementationVisibility.PUBLIC)
public interface MeterView {

    /** Whether ONOS told its meters; else absence means nothing. */
    @Value.Default
    default boolean known() {
        return false;
    }

    /** Whether meters are being submitted or withdrawn, so that the list is about to change. */
    @Value.Default
    default boolean busy() {
        return false;
    }

    /** Our meters, by id. */
    @Value.NaturalOrder
    SortedMap<Long, SeenMeter> meters();

    /** How many meters others have. */
    @Value.Default
    default int others() {
        return 0;
    }

    /** How many meters the switch says it can have; empty if that is not known. */
    OptionalLong capacity();

    /** What it did not take lately, by size. */
    Map<MeterSize, Failure> failures();

    /** The ids that it did not take: ONOS goes on sending such a meter until it is withdrawn. */
    @Value.NaturalOrder
    SortedSet<Long> refused();

    static MeterView unknown() {
        return ImmutableMeterView.builder().build();
    }
}
