package org.cloister.lab.meter;

import org.onosproject.core.ApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.driver.DriverService;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.meter.MeterCellId;
import org.onosproject.net.meter.MeterEvent;
import org.onosproject.net.meter.MeterFailReason;
import org.onosproject.net.meter.MeterFeatures;
import org.onosproject.net.meter.MeterId;
import org.onosproject.net.meter.MeterKey;
import org.onosproject.net.meter.MeterOperation;
import org.onosproject.net.meter.MeterScope;
import org.onosproject.net.meter.MeterState;
import org.onosproject.net.meter.MeterStore;
import org.onosproject.net.meter.MeterStoreDelegate;
import org.onosproject.net.meter.MeterStoreResult;
import org.onosproject.net.meter.MeterTableKey;
import org.onosproject.store.AbstractStore;
import org.onosproject.store.service.ConsistentMap;
import org.onosproject.store.service.EventuallyConsistentMap;
import org.onosproject.store.service.EventuallyConsistentMapEvent;
import org.onosproject.store.service.EventuallyConsistentMapListener;
import org.onosproject.store.service.MapEvent;
import org.onosproject.store.service.MapEventListener;
import org.onosproject.store.service.Serializer;
import org.onosproject.store.service.StorageException;
import org.onosproject.store.service.StorageService;
import org.onosproject.store.service.Versioned;
import org.onosproject.store.service.WallClockTimestamp;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import static com.google.common.base.Preconditions.checkArgument;
import static org.onosproject.net.meter.MeterEvent.Type.METER_ADDED;
import static org.onosproject.net.meter.MeterEvent.Type.METER_ADD_REQ;
import static org.onosproject.net.meter.MeterEvent.Type.METER_REFERENCE_COUNT_ZERO;
import static org.onosproject.net.meter.MeterEvent.Type.METER_REMOVED;
import static org.onosproject.net.meter.MeterEvent.Type.METER_REM_REQ;

/**
 * Meters in a {@link ConsistentMap}, whose events become requests to the switch and answers to callers.
 *
 * <p>A meter goes PENDING_ADD → ADDED when statistics show it, → PENDING_REMOVE when it is withdrawn, and leaves the
 * map, and its id with it, when statistics no longer show it. A failure changes no state: it is noted beside the meter
 * until the next statistics or the withdrawal.
 */
@Component(immediate = true, service = MeterStore.class)
public class ConsistentMeterStore extends AbstractStore<MeterEvent, MeterStoreDelegate> implements MeterStore {

    private static final Logger log = LoggerFactory.getLogger(ConsistentMeterStore.class);

    private final MapEventListener<MeterKey, StoredMeter> meterListener = this::meterChanged;
    private final EventuallyConsistentMapListener<MeterTableKey, MeterFeatures> featuresListener =
            this::featuresChanged;

    private final ConsistentMap<MeterKey, StoredMeter> meters;
    private final EventuallyConsistentMap<MeterTableKey, MeterFeatures> features;
    private final MeterIds ids;
    private final PendingResults pending = new PendingResults();
    private volatile boolean userDefinedIndexes;

    @Activate
    public ConsistentMeterStore(@Reference StorageService storage, @Reference DriverService drivers) {
        ids = new MeterIds(storage, drivers);
        meters = storage.<MeterKey, StoredMeter>consistentMapBuilder()
                .withName("onos-meter-store")
                .withSerializer(Serializer.using(MeterNamespace.builder().build()))
                .build();
        features = storage.<MeterTableKey, MeterFeatures>eventuallyConsistentMapBuilder()
                .withName("onos-meter-features-store")
                .withTimestampProvider((table, value) -> new WallClockTimestamp())
                .withSerializer(MeterNamespace.builder())
                .build();
        meters.addListener(meterListener);
        features.addListener(featuresListener);
        log.info("Started");
    }

    @Deactivate
    public void deactivate() {
        meters.removeListener(meterListener);
        features.removeListener(featuresListener);
        // an eventually consistent map lives on each node; destroying it ends only this node's part
        features.destroy();
        log.info("Stopped");
    }

    @Override
    public CompletableFuture<MeterStoreResult> addOrUpdateMeter(Meter meter) {
        checkArgument(indexIsWithinFeatures(meter), "Meter index %s is not one that %s announced",
                meter.meterCellId(), meter.deviceId());
        MeterKey key = keyOf(meter);
        CompletableFuture<MeterStoreResult> result = pending.await(key);
        try {
            meters.put(key, StoredMeter.of(meter));
        } catch (StorageException e) {
            log.error("Meter {} not stored", key, e);
            pending.fail(key, e);
        }
        return result;
    }

    @Override
    public CompletableFuture<MeterStoreResult> deleteMeter(Meter meter) {
        MeterKey key = keyOf(meter);
        CompletableFuture<MeterStoreResult> result = pending.await(key);
        try {
            Versioned<StoredMeter> stored = meters.computeIfPresent(key, (k, old) ->
                    old.meter().state() == MeterState.PENDING_REMOVE ? old : old.withState(meter.state()));
            if (stored == null) {
                pending.succeed(key);
            }
        } catch (StorageException e) {
            log.error("Removal of meter {} not stored", key, e);
            pending.fail(key, e);
        }
        return result;
    }

    @Override
    public Meter updateMeterState(Meter seen) {
        Versioned<StoredMeter> stored = meters.computeIfPresent(keyOf(seen), (k, old) -> old.observed(seen));
        return stored == null ? null : stored.value().meter();
    }

    @Override
    public void failedMeter(MeterOperation operation, MeterFailReason reason) {
        meters.computeIfPresent(keyOf(operation.meter()), (k, old) -> old.failed(reason));
    }

    @Override
    public void purgeMeter(Meter meter) {
        try {
            if (meters.remove(keyOf(meter)) != null) {
                release(meter.deviceId(), meter.meterCellId());
            }
        } catch (StorageException e) {
            log.error("Meter {} not purged", keyOf(meter), e);
        }
    }

    @Override
    public void purgeMeters(DeviceId device) {
        metersThat(meter -> meter.deviceId().equals(device)).forEach(this::purgeMeter);
    }

    @Override
    public void purgeMeters(DeviceId device, ApplicationId application) {
        metersThat(meter -> meter.deviceId().equals(device) && Objects.equals(meter.appId(), application))
                .forEach(this::purgeMeter);
    }

    @Override
    public Meter getMeter(MeterKey key) {
        StoredMeter stored = Versioned.valueOrNull(meters.get(key));
        return stored == null ? null : stored.meter();
    }

    @Override
    public Collection<Meter> getAllMeters() {
        return metersThat(meter -> true);
    }

    @Override
    public Collection<Meter> getAllMeters(DeviceId device) {
        return metersThat(meter -> meter.deviceId().equals(device));
    }

    @Override
    public Collection<Meter> getAllMeters(DeviceId device, MeterScope scope) {
        return metersThat(meter -> meter.deviceId().equals(device)
                && MeterTables.scopeOf(meter.meterCellId()).equals(scope));
    }

    @Override
    public MeterStoreResult storeMeterFeatures(MeterFeatures announced) {
        return changeFeatures(() -> features.put(tableOf(announced), announced));
    }

    @Override
    public MeterStoreResult storeMeterFeatures(Collection<MeterFeatures> announced) {
        return changeFeatures(() -> announced.forEach(one -> features.put(tableOf(one), one)));
    }

    @Override
    public MeterStoreResult deleteMeterFeatures(DeviceId device) {
        return changeFeatures(() -> features.keySet().stream()
                .filter(table -> table.deviceId().equals(device))
                .collect(Collectors.toSet())
                .forEach(features::remove));
    }

    @Override
    public MeterStoreResult deleteMeterFeatures(Collection<MeterFeatures> withdrawn) {
        return changeFeatures(() -> withdrawn.forEach(one -> features.remove(tableOf(one))));
    }

    @Override
    public MeterCellId allocateMeterId(DeviceId device, MeterScope scope) {
        if (userDefinedIndexes) {
            log.warn("No meter id allotted for {}: users define the indexes", device);
            return null;
        }
        MeterTableKey table = MeterTableKey.key(device, scope);
        return ids.allocate(table, features.get(table));
    }

    @Override
    @Deprecated
    public void freeMeterId(DeviceId device, MeterId id) {
        release(device, id);
    }

    @Override
    public boolean userDefinedIndexMode(boolean enable) {
        if (meters.isEmpty() && ids.untouched()) {
            userDefinedIndexes = enable;
        } else if (userDefinedIndexes != enable) {
            log.warn("User defined meter indexes stay {}: meters were already allotted",
                    userDefinedIndexes ? "enabled" : "disabled");
        }
        return userDefinedIndexes;
    }

    private void meterChanged(MapEvent<MeterKey, StoredMeter> event) {
        if (event.type() == MapEvent.Type.REMOVE) {
            pending.succeed(event.key());
            notifyDelegate(new MeterEvent(METER_REMOVED, event.oldValue().value().meter()));
            return;
        }
        StoredMeter stored = event.newValue().value();
        switch (stored.meter().state()) {
            case PENDING_ADD:
                requestOrFail(event.key(), stored, METER_ADD_REQ);
                break;
            case PENDING_REMOVE:
                requestOrFail(event.key(), stored, METER_REM_REQ);
                break;
            case ADDED:
                seenOnSwitch(event.key(), Versioned.valueOrNull(event.oldValue()), stored.meter());
                break;
            default:
                log.warn("Meter {} is in a state that the store does not act on", stored);
        }
    }

    private void requestOrFail(MeterKey key, StoredMeter stored, MeterEvent.Type request) {
        if (stored.failure().isPresent()) {
            pending.fail(key, stored.failure().get());
        } else {
            notifyDelegate(new MeterEvent(request, stored.meter()));
        }
    }

    private void seenOnSwitch(MeterKey key, StoredMeter old, Meter meter) {
        if (old != null && old.meter().state() == MeterState.PENDING_ADD) {
            pending.succeed(key);
            notifyDelegate(new MeterEvent(METER_ADDED, meter));
        } else if (meter.referenceCount() == 0 && meter.meterCellId().type() == MeterCellId.MeterCellType.INDEX) {
            notifyDelegate(new MeterEvent(METER_REFERENCE_COUNT_ZERO, meter));
        }
    }

    private void featuresChanged(EventuallyConsistentMapEvent<MeterTableKey, MeterFeatures> event) {
        if (event.type() == EventuallyConsistentMapEvent.Type.PUT) {
            ids.open(event.key());
        } else {
            ids.forget(event.key());
        }
    }

    private MeterStoreResult changeFeatures(Runnable change) {
        try {
            change.run();
            return MeterStoreResult.success();
        } catch (StorageException e) {
            log.error("Meter features not stored", e);
            return MeterStoreResult.fail(MeterFailReason.TIMEOUT);
        }
    }

    private void release(DeviceId device, MeterCellId cell) {
        if (!userDefinedIndexes) {
            ids.release(device, cell);
        }
    }

    private boolean indexIsWithinFeatures(Meter meter) {
        MeterFeatures announced = features.get(MeterTables.tableOf(meter.deviceId(), meter.meterCellId()));
        long index = MeterTables.indexOf(meter.meterCellId());
        return announced != null && index >= announced.startIndex() && index <= announced.endIndex();
    }

    private Set<Meter> metersThat(Predicate<Meter> wanted) {
        return meters.values().stream()
                .map(stored -> stored.value().meter())
                .filter(wanted)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static MeterKey keyOf(Meter meter) {
        return MeterKey.key(meter.deviceId(), meter.meterCellId());
    }

    private static MeterTableKey tableOf(MeterFeatures features) {
        return MeterTableKey.key(features.deviceId(), features.scope());
    }
}
