package org.cloister.driver.ocs.provider;

import org.cloister.driver.ocs.Dialect;
import org.cloister.driver.ocs.behaviour.OcsDrivers;
import org.cloister.driver.ocs.session.OcsSessions;
import org.cloister.driver.ocs.session.OcsSwitch;
import org.onlab.packet.ChassisId;
import org.onosproject.net.AnnotationKeys;
import org.onosproject.net.DefaultAnnotations;
import org.onosproject.net.Device;
import org.onosproject.net.device.DefaultDeviceDescription;
import org.onosproject.net.device.DeviceDescription;

/** An optical switch as a device of ONOS. Sessions do not tell of makers, so it says whose model the switch follows. */
final class SwitchDescription {

    private static final String HARDWARE = "optical circuit switch";

    private SwitchDescription() {
    }

    /** Returns the description of a connected switch. */
    static DeviceDescription of(OcsSwitch opticalSwitch) {
        Dialect dialect = Dialect.of(opticalSwitch.dialect()).orElseThrow();
        DefaultAnnotations annotations = DefaultAnnotations.builder()
                .set(AnnotationKeys.DRIVER, driver(dialect))
                .set(AnnotationKeys.PROTOCOL, dialect == Dialect.OCP_GNMI ? "gNMI, TLS" : "NETCONF, SSH")
                .build();
        return new DefaultDeviceDescription(OcsSessions.device(opticalSwitch.name()).uri(), Device.Type.FIBER_SWITCH,
                dialect == Dialect.OCP_GNMI ? "OCP" : "Polatis", HARDWARE, dialect.toString(), "unknown",
                new ChassisId(), annotations);
    }

    /** Returns the name of the driver of a dialect's switches. */
    static String driver(Dialect dialect) {
        return dialect == Dialect.OCP_GNMI ? OcsDrivers.GNMI : OcsDrivers.NETCONF;
    }
}
