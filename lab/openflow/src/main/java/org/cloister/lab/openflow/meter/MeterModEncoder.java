package org.cloister.lab.openflow.meter;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.onosproject.net.meter.Band;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.meter.MeterId;
import org.onosproject.net.meter.MeterOperation;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFMeterFlags;
import org.projectfloodlight.openflow.protocol.OFMeterMod;
import org.projectfloodlight.openflow.protocol.OFMeterModCommand;
import org.projectfloodlight.openflow.protocol.meterband.OFMeterBand;
import org.projectfloodlight.openflow.protocol.meterband.OFMeterBandDrop;

/** Meter operations as OpenFlow 1.3 MeterMods. The transaction id is the meter's id. */
final class MeterModEncoder {

    private MeterModEncoder() {
    }

    /** Returns the index that OpenFlow knows a meter by. */
    private static long index(Meter meter) {
        if (!(meter.meterCellId() instanceof MeterId)) {
            throw new IllegalArgumentException("meter " + meter.meterCellId() + " is not an OpenFlow meter");
        }
        return ((MeterId) meter.meterCellId()).id();
    }

    /**
     * Returns the message that carries out an operation.
     *
     * @throws IllegalArgumentException if the meter cannot be expressed; the message names what and its value
     */
    static OFMeterMod encode(MeterOperation operation, OFFactory factory) {
        Meter meter = operation.meter();
        long index = index(meter);
        OFMeterMod.Builder mod = factory.buildMeterMod().setXid(index).setMeterId(index).setCommand(command(operation.type()));
        if (operation.type() != MeterOperation.Type.REMOVE) {
            mod.setFlags(flags(meter)).setMeters(bands(meter, factory));
        }
        return mod.build();
    }

    private static OFMeterModCommand command(MeterOperation.Type type) {
        switch (type) {
            case ADD:
                return OFMeterModCommand.ADD;
            case MODIFY:
                return OFMeterModCommand.MODIFY;
            default:
                return OFMeterModCommand.DELETE;
        }
    }

    private static Set<OFMeterFlags> flags(Meter meter) {
        Set<OFMeterFlags> flags = EnumSet.noneOf(OFMeterFlags.class);
        switch (meter.unit()) {
            case KB_PER_SEC:
                flags.add(OFMeterFlags.KBPS);
                break;
            case PKTS_PER_SEC:
                flags.add(OFMeterFlags.PKTPS);
                break;
            default:
                throw new IllegalArgumentException("unit " + meter.unit() + " is not supported");
        }
        if (meter.isBurst()) {
            flags.add(OFMeterFlags.BURST);
        }
        return flags;
    }

    private static List<OFMeterBand> bands(Meter meter, OFFactory factory) {
        List<OFMeterBand> bands = new ArrayList<>();
        for (Band band : meter.bands()) {
            if (band.type() != Band.Type.DROP) {
                throw new IllegalArgumentException("band " + band + " is not supported: only DROP is");
            }
            OFMeterBandDrop.Builder drop = factory.meterBands().buildDrop().setRate(band.rate());
            if (meter.isBurst()) {
                drop.setBurstSize(band.burst());
            }
            bands.add(drop.build());
        }
        return bands;
    }
}
