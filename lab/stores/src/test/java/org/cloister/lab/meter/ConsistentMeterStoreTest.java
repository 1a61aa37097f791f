package org.cloister.lab.meter;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onosproject.net.driver.DriverServiceAdapter;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.meter.MeterEvent;
import org.onosproject.net.meter.MeterFailReason;
import org.onosproject.net.meter.MeterKey;
import org.onosproject.net.meter.MeterOperation;
import org.onosproject.net.meter.MeterScope;
import org.onosproject.net.meter.MeterState;
import org.onosproject.net.meter.MeterStoreResult;
import org.onosproject.net.pi.model.PiMeterId;
import org.onosproject.net.pi.runtime.PiMeterCellId;
import org.onosproject.store.service.TestStorageService;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.cloister.lab.meter.Meters.APP;
import static org.cloister.lab.meter.Meters.LEAF;
import static org.cloister.lab.meter.Meters.OTHER_APP;
import static org.cloister.lab.meter.Meters.SPINE;
import static org.cloister.lab.meter.Meters.features;
import static org.cloister.lab.meter.Meters.id;
import static org.cloister.lab.meter.Meters.meter;
import static org.cloister.lab.meter.Meters.requested;
import static org.cloister.lab.meter.Meters.seen;
import static org.cloister.lab.meter.Meters.withdrawn;
import static org.onosproject.net.meter.MeterEvent.Type.METER_ADDED;
import static org.onosproject.net.meter.MeterEvent.Type.METER_ADD_REQ;
import static org.onosproject.net.meter.MeterEvent.Type.METER_REFERENCE_COUNT_ZERO;
import static org.onosproject.net.meter.MeterEvent.Type.METER_REMOVED;
import static org.onosproject.net.meter.MeterEvent.Type.METER_REM_REQ;

class ConsistentMeterStoreTest {

    private static final MeterScope GLOBAL = MeterScope.globalScope();

    private final List<MeterEvent.Type> events = new ArrayList<>();
    private final ConsistentMeterStore store =
            new ConsistentMeterStore(new TestStorageService(), new DriverServiceAdapter());

    @BeforeEach
    void switchesAnnounceTheirTables() {
        store.setDelegate(event -> events.add(event.type()));
        store.storeMeterFeatures(List.of(features(LEAF, GLOBAL, 1, 100), features(SPINE, GLOBAL, 1, 100)));
    }

    @Test
    void aRequestCompletesWhenStatisticsShowTheMeter() {
        CompletableFuture<MeterStoreResult> result = store.addOrUpdateMeter(requested(1));
        assertThat(events).containsExactly(METER_ADD_REQ);
        assertThat(result).isNotDone();

        store.updateMeterState(seen(requested(1), 5, 1));
        assertThat(result.join().type()).isEqualTo(MeterStoreResult.Type.SUCCESS);
        assertThat(events).containsExactly(METER_ADD_REQ, METER_ADDED);
        Meter stored = stored(1);
        assertThat(stored.state()).isEqualTo(MeterState.ADDED);
        assertThat(stored.packetsSeen()).isEqualTo(5);
        assertThat(stored.appId()).isEqualTo(APP);
        assertThat(stored.isBurst()).isTrue();
    }

    @Test
    void laterStatisticsRenewTheCountersAndReportAMeterThatNoRuleUses() {
        added(1);
        events.clear();
        store.updateMeterState(seen(requested(1), 9, 1));
        assertThat(stored(1).packetsSeen()).isEqualTo(9);
        assertThat(events).isEmpty();

        store.updateMeterState(seen(requested(1), 9, 0));
        assertThat(events).containsExactly(METER_REFERENCE_COUNT_ZERO);
    }

    @Test
    void statisticsOfAnUnknownMeterChangeNothing() {
        assertThat(store.updateMeterState(seen(requested(1), 1, 1))).isNull();
        assertThat(store.getAllMeters()).isEmpty();
    }

    @Test
    void aRefusalReachesTheCallerAndTheMeterStaysUntilItIsWithdrawn() {
        CompletableFuture<MeterStoreResult> result = store.addOrUpdateMeter(requested(1));
        store.failedMeter(new MeterOperation(requested(1), MeterOperation.Type.ADD), MeterFailReason.OUT_OF_METERS);
        assertThat(result.join().reason()).contains(MeterFailReason.OUT_OF_METERS);
        assertThat(stored(1).state()).isEqualTo(MeterState.PENDING_ADD);
        // who asks again is not told the old reason
        assertThat(store.addOrUpdateMeter(requested(1))).isNotDone();
    }

    @Test
    void aWithdrawalCompletesWhenTheMeterIsGone() {
        added(1);
        events.clear();
        CompletableFuture<MeterStoreResult> result = store.deleteMeter(withdrawn(requested(1)));
        assertThat(events).containsExactly(METER_REM_REQ);

        store.updateMeterState(seen(requested(1), 6, 0));
        assertThat(stored(1).state()).as("statistics from before the removal").isEqualTo(MeterState.PENDING_REMOVE);
        assertThat(result).isNotDone();

        store.purgeMeter(requested(1));
        assertThat(result.join().type()).isEqualTo(MeterStoreResult.Type.SUCCESS);
        assertThat(store.getAllMeters()).isEmpty();
        assertThat(events).endsWith(METER_REMOVED);
    }

    @Test
    void withdrawingAnUnknownMeterSucceedsAtOnce() {
        assertThat(store.deleteMeter(withdrawn(requested(1))).join().type()).isEqualTo(MeterStoreResult.Type.SUCCESS);
        assertThat(events).isEmpty();
    }

    @Test
    void anIndexThatTheSwitchDidNotAnnounceIsRefusedByName() {
        assertThatIllegalArgumentException().isThrownBy(() -> store.addOrUpdateMeter(requested(101)))
                .withMessageContaining("65").withMessageContaining(LEAF.toString());
        store.deleteMeterFeatures(LEAF);
        assertThatIllegalArgumentException().isThrownBy(() -> store.addOrUpdateMeter(requested(1)));
        assertThat(store.getAllMeters()).isEmpty();
    }

    @Test
    void purgesADeviceOrOneApplicationOnIt() {
        added(1);
        store.addOrUpdateMeter(meter(LEAF, id(2), OTHER_APP, MeterState.PENDING_ADD));
        store.addOrUpdateMeter(meter(SPINE, id(1), APP, MeterState.PENDING_ADD));

        store.purgeMeters(LEAF, APP);
        assertThat(store.getAllMeters(LEAF)).extracting(Meter::meterCellId).containsExactly(id(2));
        store.purgeMeters(LEAF);
        assertThat(store.getAllMeters()).extracting(Meter::deviceId).containsExactly(SPINE);
    }

    @Test
    void listsTheMetersOfOneTable() {
        MeterScope ingress = MeterScope.of("ingress");
        PiMeterCellId cell = PiMeterCellId.ofIndirect(PiMeterId.of("ingress"), 4);
        store.storeMeterFeatures(features(LEAF, ingress, 0, 10));
        added(1);
        store.addOrUpdateMeter(meter(LEAF, cell, APP, MeterState.PENDING_ADD));
        store.addOrUpdateMeter(meter(SPINE, id(1), APP, MeterState.PENDING_ADD));

        assertThat(store.getAllMeters(LEAF, ingress)).extracting(Meter::meterCellId).containsExactly(cell);
        assertThat(store.getAllMeters(LEAF, GLOBAL)).extracting(Meter::meterCellId).containsExactly(id(1));
    }

    @Test
    void usersMayDefineIndexesOnlyWhileNoneWasAllotted() {
        assertThat(store.userDefinedIndexMode(true)).isTrue();
        assertThat(store.allocateMeterId(LEAF, GLOBAL)).isNull();
        assertThat(store.userDefinedIndexMode(false)).isFalse();

        assertThat(store.allocateMeterId(LEAF, GLOBAL)).isEqualTo(id(1));
        assertThat(store.userDefinedIndexMode(true)).isFalse();
    }

    @Test
    void aPurgedMeterGivesItsIdBack() {
        assertThat(store.allocateMeterId(LEAF, GLOBAL)).isEqualTo(id(1));
        added(1);
        assertThat(store.allocateMeterId(LEAF, GLOBAL)).isEqualTo(id(2));
        store.purgeMeter(requested(1));
        assertThat(store.allocateMeterId(LEAF, GLOBAL)).isEqualTo(id(1));
    }

    private void added(long index) {
        store.addOrUpdateMeter(requested(index));
        store.updateMeterState(seen(requested(index), 0, 1));
    }

    private Meter stored(long index) {
        return store.getMeter(MeterKey.key(LEAF, id(index)));
    }
}
