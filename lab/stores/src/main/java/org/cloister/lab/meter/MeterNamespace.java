package org.cloister.lab.meter;

import org.onlab.util.KryoNamespace;
import org.onosproject.net.meter.Band;
import org.onosproject.net.meter.DefaultBand;
import org.onosproject.net.meter.DefaultMeter;
import org.onosproject.net.meter.DefaultMeterFeatures;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.meter.MeterFailReason;
import org.onosproject.net.meter.MeterFeatures;
import org.onosproject.net.meter.MeterFeaturesFlag;
import org.onosproject.net.meter.MeterKey;
import org.onosproject.net.meter.MeterScope;
import org.onosproject.net.meter.MeterState;
import org.onosproject.net.meter.MeterTableKey;
import org.onosproject.store.serializers.KryoNamespaces;

/** What of the meter store travels between nodes and lies in the Raft log. The order is the format: append only. */
final class MeterNamespace {

    private MeterNamespace() {
    }

    static KryoNamespace.Builder builder() {
        return KryoNamespace.newBuilder()
                .register(KryoNamespaces.API)
                .register(MeterKey.class)
                .register(StoredMeter.class)
                .register(DefaultMeter.class)
                .register(DefaultBand.class)
                .register(Band.Type.class)
                .register(MeterState.class)
                .register(Meter.Unit.class)
                .register(MeterFailReason.class)
                .register(MeterTableKey.class)
                .register(MeterFeatures.class)
                .register(DefaultMeterFeatures.class)
                .register(MeterFeaturesFlag.class)
                .register(MeterScope.class);
    }
}
