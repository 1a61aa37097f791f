package org.cloister.lab.discovery.link;

import java.util.Set;
import org.onosproject.net.Annotated;
import org.onosproject.net.Device;

/** Where no probes are sent: on optical devices, which pass light and read no frame, and where an annotation says so. */
final class ProbeSuppression {

    private static final String NO_LLDP = "no-lldp";
    private static final Set<Device.Type> OPTICAL = Set.of(
            Device.Type.ROADM, Device.Type.FIBER_SWITCH, Device.Type.OPTICAL_AMPLIFIER,
            Device.Type.OTN, Device.Type.OLS, Device.Type.TERMINAL_DEVICE);

    private ProbeSuppression() {
    }

    static boolean suppresses(Device device) {
        return OPTICAL.contains(device.type()) || isMarked(device);
    }

    /** Returns whether a device or port carries the annotation {@code no-lldp}, with whatever value. */
    static boolean isMarked(Annotated element) {
        return element.annotations().keys().contains(NO_LLDP);
    }
}
