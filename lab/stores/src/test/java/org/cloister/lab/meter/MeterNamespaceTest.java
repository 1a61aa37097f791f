package org.cloister.lab.meter;

import org.junit.jupiter.api.Test;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.meter.MeterFailReason;
import org.onosproject.net.meter.MeterFeatures;
import org.onosproject.net.meter.MeterScope;
import org.onosproject.store.service.Serializer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cloister.lab.meter.Meters.APP;
import static org.cloister.lab.meter.Meters.LEAF;
import static org.cloister.lab.meter.Meters.features;
import static org.cloister.lab.meter.Meters.requested;
import static org.cloister.lab.meter.Meters.seen;

class MeterNamespaceTest {

    private final Serializer serializer = Serializer.using(MeterNamespace.builder().build());

    @Test
    void aMeterComesBackFromTheLogAsItWas() {
        StoredMeter stored = StoredMeter.of(requested(3)).observed(seen(requested(3), 17, 2))
                .failed(MeterFailReason.TIMEOUT);
        StoredMeter back = serializer.decode(serializer.encode(stored));
        Meter meter = back.meter();
        assertThat(back).isEqualTo(stored);
        assertThat(back.failure()).contains(MeterFailReason.TIMEOUT);
        assertThat(meter.appId()).isEqualTo(APP);
        assertThat(meter.bands()).hasToString(stored.meter().bands().toString()).hasSize(1);
        assertThat(meter.isBurst()).isTrue();
        assertThat(meter.packetsSeen()).isEqualTo(17);
        assertThat(meter.referenceCount()).isEqualTo(2);
    }

    @Test
    void featuresTravelBetweenNodes() {
        MeterFeatures announced = features(LEAF, MeterScope.globalScope(), 1, 262_144);
        MeterFeatures back = serializer.decode(serializer.encode(announced));
        assertThat(back).hasToString(announced.toString());
        assertThat(back.endIndex()).isEqualTo(262_144);
    }
}
