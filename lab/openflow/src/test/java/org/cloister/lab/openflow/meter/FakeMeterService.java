package org.cloister.lab.openflow.meter;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.onosproject.net.DeviceId;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.meter.MeterFailReason;
import org.onosproject.net.meter.MeterFeatures;
import org.onosproject.net.meter.MeterId;
import org.onosproject.net.meter.MeterOperation;
import org.onosproject.net.meter.MeterProvider;
import org.onosproject.net.meter.MeterProviderRegistry;
import org.onosproject.net.meter.MeterProviderService;
import org.onosproject.net.provider.AbstractProviderRegistry;
import org.onosproject.net.provider.AbstractProviderService;

/** The core's side of meters: keeps what it is told. */
final class FakeMeterService extends AbstractProviderRegistry<MeterProvider, MeterProviderService>
        implements MeterProviderRegistry {

    final Map<DeviceId, MeterFeatures> features = new HashMap<>();
    final Map<Long, MeterFailReason> failures = new LinkedHashMap<>();
    final List<Collection<Meter>> metrics = new ArrayList<>();

    @Override
    protected MeterProviderService createProviderService(MeterProvider provider) {
        return new Service(provider);
    }

    private final class Service extends AbstractProviderService<MeterProvider> implements MeterProviderService {

        private Service(MeterProvider provider) {
            super(provider);
        }

        @Override
        public void meterOperationFailed(MeterOperation operation, MeterFailReason reason) {
            failures.put(((MeterId) operation.meter().meterCellId()).id(), reason);
        }

        @Override
        public void pushMeterMetrics(DeviceId deviceId, Collection<Meter> meters) {
            metrics.add(meters);
        }

        @Override
        public void pushMeterFeatures(DeviceId deviceId, MeterFeatures pushed) {
            features.put(deviceId, pushed);
        }

        @Override
        public void pushMeterFeatures(DeviceId deviceId, Collection<MeterFeatures> pushed) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void deleteMeterFeatures(DeviceId deviceId) {
            features.remove(deviceId);
        }
    }
}
