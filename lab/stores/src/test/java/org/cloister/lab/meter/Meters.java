package org.cloister.lab.meter;

import com.google.common.collect.ImmutableSet;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.meter.Band;
import org.onosproject.net.meter.DefaultBand;
import org.onosproject.net.meter.DefaultMeter;
import org.onosproject.net.meter.DefaultMeterFeatures;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.meter.MeterCellId;
import org.onosproject.net.meter.MeterFeatures;
import org.onosproject.net.meter.MeterId;
import org.onosproject.net.meter.MeterScope;
import org.onosproject.net.meter.MeterState;

import java.util.List;

/** Meters, and what a switch says of them. */
final class Meters {

    static final DeviceId LEAF = DeviceId.deviceId("of:0000000000000011");
    static final DeviceId SPINE = DeviceId.deviceId("of:0000000000000021");
    static final ApplicationId APP = new DefaultApplicationId(7, "org.example.app");
    static final ApplicationId OTHER_APP = new DefaultApplicationId(8, "org.example.other");

    private Meters() {
    }

    static MeterId id(long index) {
        return MeterId.meterId(index);
    }

    static DefaultMeter requested(long index) {
        return meter(LEAF, id(index), APP, MeterState.PENDING_ADD);
    }

    static DefaultMeter meter(DeviceId device, MeterCellId cell, ApplicationId application, MeterState state) {
        Band band = DefaultBand.builder().ofType(Band.Type.DROP).withRate(50_000).burstSize(5_000).build();
        DefaultMeter meter = (DefaultMeter) DefaultMeter.builder()
                .forDevice(device)
                .withCellId(cell)
                .fromApp(application)
                .withUnit(Meter.Unit.KB_PER_SEC)
                .withBands(List.of(band))
                .burst()
                .build();
        meter.setState(state);
        return meter;
    }

    /** A meter as statistics show it: no application, the state ADDED, counters. */
    static DefaultMeter seen(Meter meter, long packets, long references) {
        DefaultMeter seen = meter(meter.deviceId(), meter.meterCellId(), null, MeterState.ADDED);
        seen.setProcessedPackets(packets);
        seen.setReferenceCount(references);
        return seen;
    }

    static DefaultMeter withdrawn(Meter meter) {
        return meter(meter.deviceId(), meter.meterCellId(), meter.appId(), MeterState.PENDING_REMOVE);
    }

    static MeterFeatures features(DeviceId device, MeterScope scope, long first, long last) {
        return DefaultMeterFeatures.builder()
                .forDevice(device)
                .withScope(scope)
                .withStartIndex(first)
                .withEndIndex(last)
                .withBandTypes(ImmutableSet.of(Band.Type.DROP))
                .withUnits(ImmutableSet.of(Meter.Unit.KB_PER_SEC))
                .hasStats(true)
                .hasBurst(true)
                .withMaxBands((byte) 1)
                .withMaxColors((byte) 0)
                .build();
    }
}
