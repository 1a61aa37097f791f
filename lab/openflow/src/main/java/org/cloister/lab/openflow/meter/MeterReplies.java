package org.cloister.lab.openflow.meter;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.meter.Band;
import org.onosproject.net.meter.DefaultBand;
import org.onosproject.net.meter.DefaultMeter;
import org.onosproject.net.meter.DefaultMeterFeatures;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.meter.MeterFailReason;
import org.onosproject.net.meter.MeterFeatures;
import org.onosproject.net.meter.MeterId;
import org.onosproject.net.meter.MeterState;
import org.projectfloodlight.openflow.protocol.OFMeterBandStats;
import org.projectfloodlight.openflow.protocol.OFMeterFeatures;
import org.projectfloodlight.openflow.protocol.OFMeterModFailedCode;
import org.projectfloodlight.openflow.protocol.OFMeterStats;
import org.projectfloodlight.openflow.protocol.ver13.OFMeterBandTypeSerializerVer13;
import org.projectfloodlight.openflow.protocol.ver13.OFMeterFlagsSerializerVer13;

/** What switches say about meters, in ONOS's terms. */
final class MeterReplies {

    private static final long FIRST_INDEX = 1;

    private MeterReplies() {
    }

    /**
     * Returns what a switch offers.
     *
     * @param features as the switch announced them, or null if it has no meters
     */
    static MeterFeatures features(DeviceId deviceId, OFMeterFeatures features) {
        if (features == null) {
            return DefaultMeterFeatures.noMeterFeatures(deviceId);
        }
        MeterFeatures.Builder builder = DefaultMeterFeatures.builder()
                .forDevice(deviceId)
                .withMaxBands(features.getMaxBands())
                .withMaxColors(features.getMaxColor())
                .withBandTypes(bandTypes(features.getBandTypes()))
                .withUnits(units(features.getCapabilities()))
                .hasBurst(has(features.getCapabilities(), OFMeterFlagsSerializerVer13.BURST_VAL))
                .hasStats(has(features.getCapabilities(), OFMeterFlagsSerializerVer13.STATS_VAL));
        if (features.getMaxMeter() > 0) {
            builder.withStartIndex(FIRST_INDEX).withEndIndex(features.getMaxMeter());
        }
        return builder.build();
    }

    /** Bit n of the mask stands for band type n. */
    private static Set<Band.Type> bandTypes(long mask) {
        Set<Band.Type> types = EnumSet.noneOf(Band.Type.class);
        if (has(mask, 1 << OFMeterBandTypeSerializerVer13.DROP_VAL)) {
            types.add(Band.Type.DROP);
        }
        if (has(mask, 1 << OFMeterBandTypeSerializerVer13.DSCP_REMARK_VAL)) {
            types.add(Band.Type.REMARK);
        }
        return types;
    }

    private static Set<Meter.Unit> units(long capabilities) {
        Set<Meter.Unit> units = EnumSet.noneOf(Meter.Unit.class);
        if (has(capabilities, OFMeterFlagsSerializerVer13.KBPS_VAL)) {
            units.add(Meter.Unit.KB_PER_SEC);
        }
        if (has(capabilities, OFMeterFlagsSerializerVer13.PKTPS_VAL)) {
            units.add(Meter.Unit.PKTS_PER_SEC);
        }
        return units;
    }

    private static boolean has(long mask, long bits) {
        return (mask & bits) != 0;
    }

    /**
     * Returns a meter that a switch holds, with its counters. Statistics tell neither rates nor the owner.
     *
     * @param owner stands in for the owner
     */
    static Meter meter(DeviceId deviceId, OFMeterStats statistics, ApplicationId owner) {
        List<Band> bands = statistics.getBandStats().stream().map(MeterReplies::band).collect(Collectors.toList());
        DefaultMeter meter = (DefaultMeter) DefaultMeter.builder()
                .forDevice(deviceId)
                .withCellId(MeterId.meterId(statistics.getMeterId()))
                .fromApp(owner)
                .withBands(bands)
                .build();
        meter.setState(MeterState.ADDED);
        meter.setLife(statistics.getDurationSec());
        meter.setReferenceCount(statistics.getFlowCount());
        meter.setProcessedPackets(statistics.getPacketInCount().getValue());
        meter.setProcessedBytes(statistics.getByteInCount().getValue());
        return meter;
    }

    private static Band band(OFMeterBandStats statistics) {
        DefaultBand band = (DefaultBand) DefaultBand.builder().ofType(Band.Type.DROP).build();
        band.setPackets(statistics.getPacketBandCount().getValue());
        band.setBytes(statistics.getByteBandCount().getValue());
        return band;
    }

    static MeterFailReason reason(OFMeterModFailedCode code) {
        switch (code) {
            case METER_EXISTS:
                return MeterFailReason.EXISTING_METER;
            case INVALID_METER:
                return MeterFailReason.INVALID_METER;
            case BAD_COMMAND:
                return MeterFailReason.UNKNOWN_COMMAND;
            case BAD_FLAGS:
                return MeterFailReason.UNKNOWN_FLAGS;
            case BAD_RATE:
                return MeterFailReason.BAD_RATE;
            case BAD_BURST:
                return MeterFailReason.BAD_BURST;
            case BAD_BAND:
                return MeterFailReason.BAD_BAND;
            case BAD_BAND_VALUE:
                return MeterFailReason.BAD_BAND_VALUE;
            case OUT_OF_METERS:
                return MeterFailReason.OUT_OF_METERS;
            case OUT_OF_BANDS:
                return MeterFailReason.OUT_OF_BANDS;
            default:
                return MeterFailReason.UNKNOWN;
        }
    }
}
