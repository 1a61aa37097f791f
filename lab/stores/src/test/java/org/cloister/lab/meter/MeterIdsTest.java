package org.cloister.lab.meter;

import org.junit.jupiter.api.Test;
import org.onosproject.net.DeviceId;
import org.onosproject.net.behaviour.MeterQuery;
import org.onosproject.net.driver.AbstractHandlerBehaviour;
import org.onosproject.net.driver.Behaviour;
import org.onosproject.net.driver.DefaultDriver;
import org.onosproject.net.driver.DefaultDriverData;
import org.onosproject.net.driver.DefaultDriverHandler;
import org.onosproject.net.driver.DriverHandler;
import org.onosproject.net.driver.DriverServiceAdapter;
import org.onosproject.net.meter.MeterFeatures;
import org.onosproject.net.meter.MeterScope;
import org.onosproject.net.meter.MeterTableKey;
import org.onosproject.net.pi.model.PiMeterId;
import org.onosproject.net.pi.runtime.PiMeterCellId;
import org.onosproject.store.service.TestStorageService;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cloister.lab.meter.Meters.LEAF;
import static org.cloister.lab.meter.Meters.SPINE;
import static org.cloister.lab.meter.Meters.features;
import static org.cloister.lab.meter.Meters.id;

class MeterIdsTest {

    private static final MeterTableKey TABLE = MeterTableKey.key(LEAF, MeterScope.globalScope());
    private static final MeterFeatures THREE = features(LEAF, MeterScope.globalScope(), 1, 3);

    private final MeterIds ids = new MeterIds(new TestStorageService(), new TwoMeterDriver());

    @Test
    void allotsEachIdOnceAndThenNone() {
        ids.open(TABLE);
        assertThat(List.of(next(), next(), next())).containsExactly(id(1), id(2), id(3));
        assertThat(ids.allocate(TABLE, THREE)).isNull();
    }

    @Test
    void theLowestReturnedIdComesFirst() {
        ids.open(TABLE);
        next();
        next();
        next();
        ids.release(LEAF, id(3));
        ids.release(LEAF, id(2));
        assertThat(List.of(next(), next())).containsExactly(id(2), id(3));
    }

    @Test
    void anIdThatWasNeverAllottedIsNotTakenBack() {
        ids.open(TABLE);
        next();
        ids.release(LEAF, id(3));
        assertThat(List.of(next(), next())).containsExactly(id(2), id(3));
    }

    @Test
    void returnedIdsOfAForgottenTableAreNotReused() {
        ids.open(TABLE);
        next();
        ids.release(LEAF, id(1));
        ids.forget(TABLE);
        ids.open(TABLE);
        assertThat(next()).isEqualTo(id(2));
    }

    @Test
    void theDriverIsAskedWhereTheDeviceSaidNothing() {
        assertThat(ids.allocate(TABLE, null)).isEqualTo(id(1));
        assertThat(ids.allocate(TABLE, null)).isEqualTo(id(2));
        assertThat(ids.allocate(TABLE, null)).isNull();
        ids.release(LEAF, id(1));
        assertThat(ids.allocate(TABLE, null)).isEqualTo(id(1));
    }

    @Test
    void aDeviceWithoutMetersGetsNone() {
        assertThat(ids.allocate(MeterTableKey.key(SPINE, MeterScope.globalScope()), null)).isNull();
    }

    @Test
    void tablesOfAPipelineCountOnTheirOwnFromTheirFirstIndex() {
        MeterScope scope = MeterScope.of("ingress");
        MeterTableKey table = MeterTableKey.key(LEAF, scope);
        assertThat(ids.allocate(table, features(LEAF, scope, 4, 9)))
                .isEqualTo(PiMeterCellId.ofIndirect(PiMeterId.of("ingress"), 4));
        ids.open(TABLE);
        assertThat(next()).isEqualTo(id(1));
    }

    private Object next() {
        return ids.allocate(TABLE, THREE);
    }

    /** Knows two meters on the leaf and no meter query on the spine. */
    private static final class TwoMeterDriver extends DriverServiceAdapter {
        @Override
        public DriverHandler createHandler(DeviceId device, String... credentials) {
            Map<Class<? extends Behaviour>, Class<? extends Behaviour>> behaviours =
                    device.equals(LEAF) ? Map.of(MeterQuery.class, TwoMeters.class) : Map.of();
            return new DefaultDriverHandler(new DefaultDriverData(
                    new DefaultDriver("test", List.of(), "none", "none", "none", behaviours, Map.of()), device));
        }
    }

    /** Found by name, as drivers are. */
    public static final class TwoMeters extends AbstractHandlerBehaviour implements MeterQuery {
        @Override
        public long getMaxMeters() {
            return 2;
        }
    }
}
