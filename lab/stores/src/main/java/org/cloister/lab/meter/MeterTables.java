package org.cloister.lab.meter;

import org.onosproject.net.DeviceId;
import org.onosproject.net.meter.MeterCellId;
import org.onosproject.net.meter.MeterId;
import org.onosproject.net.meter.MeterScope;
import org.onosproject.net.meter.MeterTableKey;
import org.onosproject.net.pi.model.PiMeterId;
import org.onosproject.net.pi.runtime.PiMeterCellId;

/**
 * Which table of a device a meter is in, and at which index: OpenFlow has one table, P4Runtime one for each meter of
 * the pipeline.
 */
final class MeterTables {

    private MeterTables() {
    }

    static MeterTableKey tableOf(DeviceId device, MeterCellId cell) {
        return MeterTableKey.key(device, scopeOf(cell));
    }

    static MeterScope scopeOf(MeterCellId cell) {
        return cell instanceof PiMeterCellId
                ? MeterScope.of(((PiMeterCellId) cell).meterId().id())
                : MeterScope.globalScope();
    }

    static long indexOf(MeterCellId cell) {
        return cell instanceof PiMeterCellId ? ((PiMeterCellId) cell).index() : ((MeterId) cell).id();
    }

    static MeterCellId cellAt(MeterScope scope, long index) {
        return scope.isGlobal()
                ? MeterId.meterId(index)
                : PiMeterCellId.ofIndirect(PiMeterId.of(scope.id()), index);
    }
}
