package org.cloister.lab.openflow;

import org.onosproject.net.DeviceId;
import org.onosproject.openflow.controller.Dpid;

/** The two names of a switch: OpenFlow's datapath id and ONOS's device id, {@code of:} and sixteen hex digits. */
public final class DeviceIds {

    private DeviceIds() {
    }

    /** Returns the device id of a datapath. */
    public static DeviceId deviceId(Dpid dpid) {
        return DeviceId.deviceId(Dpid.uri(dpid));
    }

    /**
     * Returns the datapath id of a device.
     *
     * @throws IllegalArgumentException if the device's scheme is not {@code of}
     */
    public static Dpid dpid(DeviceId deviceId) {
        return Dpid.dpid(deviceId.uri());
    }
}
