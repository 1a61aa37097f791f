package org.cloister.lab.meter;

import org.onosproject.net.DeviceId;
import org.onosproject.net.behaviour.MeterQuery;
import org.onosproject.net.driver.DriverHandler;
import org.onosproject.net.driver.DriverService;
import org.onosproject.net.meter.MeterCellId;
import org.onosproject.net.meter.MeterFeatures;
import org.onosproject.net.meter.MeterKey;
import org.onosproject.net.meter.MeterScope;
import org.onosproject.net.meter.MeterTableKey;
import org.onosproject.store.serializers.KryoNamespaces;
import org.onosproject.store.service.AtomicCounterMap;
import org.onosproject.store.service.DistributedSet;
import org.onosproject.store.service.Serializer;
import org.onosproject.store.service.StorageService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Allots meter ids: the lowest one that came back first, else the next one that was never used.
 *
 * <p>The counter and the set of returned ids are distributed primitives, so that two nodes never allot the same id.
 * A table's set is open while its features are known; an id returned at another time is not reused.
 */
final class MeterIds {

    private static final Logger log = LoggerFactory.getLogger(MeterIds.class);

    private final StorageService storage;
    private final DriverService drivers;
    private final AtomicCounterMap<MeterTableKey> nextIndexes;
    private final Map<MeterTableKey, DistributedSet<MeterKey>> returned = new ConcurrentHashMap<>();

    MeterIds(StorageService storage, DriverService drivers) {
        this.storage = storage;
        this.drivers = drivers;
        this.nextIndexes = storage.<MeterTableKey>atomicCounterMapBuilder()
                .withName("onos-meters-id-store")
                .withSerializer(Serializer.using(KryoNamespaces.API, MeterTableKey.class, MeterScope.class))
                .build();
    }

    /** Returns true if no id was ever allotted. */
    boolean untouched() {
        return nextIndexes.isEmpty();
    }

    void open(MeterTableKey table) {
        returned.computeIfAbsent(table, key -> storage.<MeterKey>setBuilder()
                .withName("onos-meters-available-store-" + key.deviceId() + key.scope().id())
                .withSerializer(Serializer.using(KryoNamespaces.API, MeterKey.class))
                .build()
                .asDistributedSet());
    }

    void forget(MeterTableKey table) {
        DistributedSet<MeterKey> set = returned.remove(table);
        if (set != null) {
            set.destroy();
        }
    }

    /**
     * Allots an id.
     *
     * @param table    where
     * @param features what the device said of that table; null if it said nothing, then its driver is asked
     * @return the id, or null if all are in use
     */
    MeterCellId allocate(MeterTableKey table, MeterFeatures features) {
        long first = features == null ? -1 : features.startIndex();
        long last = features == null ? -1 : features.endIndex();
        if (first == -1 || last == -1) {
            // OpenFlow numbers its meters from 1
            first = 1;
            last = maxMetersOfDriver(table.deviceId());
            if (last == 0) {
                return null;
            }
            open(table);
        }
        MeterCellId reused = takeReturned(table);
        return reused != null ? reused : takeNext(table, first, last);
    }

    /** Takes an id back; one that was never allotted is ignored. */
    void release(DeviceId device, MeterCellId cell) {
        MeterTableKey table = MeterTables.tableOf(device, cell);
        if (nextIndexes.get(table) <= MeterTables.indexOf(cell)) {
            return;
        }
        DistributedSet<MeterKey> set = returned.get(table);
        if (set == null) {
            log.warn("Meter id {} of {} will not be reused: its table is not known", cell, device);
            return;
        }
        set.add(MeterKey.key(device, cell));
    }

    private MeterCellId takeReturned(MeterTableKey table) {
        DistributedSet<MeterKey> set = returned.get(table);
        if (set == null) {
            return null;
        }
        List<MeterKey> lowestFirst = set.stream()
                .sorted(Comparator.comparingLong(key -> MeterTables.indexOf(key.meterCellId())))
                .collect(Collectors.toList());
        for (MeterKey key : lowestFirst) {
            if (set.remove(key)) { // false: another node was faster
                return key.meterCellId();
            }
        }
        return null;
    }

    private MeterCellId takeNext(MeterTableKey table, long first, long last) {
        long index;
        do {
            index = nextIndexes.getAndIncrement(table);
        } while (index < first);
        return index > last ? null : MeterTables.cellAt(table.scope(), index);
    }

    private long maxMetersOfDriver(DeviceId device) {
        DriverHandler handler = drivers.createHandler(device);
        return handler != null && handler.hasBehaviour(MeterQuery.class)
                ? handler.behaviour(MeterQuery.class).getMaxMeters()
                : 0;
    }
}
