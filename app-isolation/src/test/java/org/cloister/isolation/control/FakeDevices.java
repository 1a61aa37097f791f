package org.cloister.isolation.control;

import org.onosproject.net.DefaultDevice;
import org.onosproject.net.Device;
import org.onosproject.net.DeviceId;
import org.onosproject.net.device.DeviceEvent;
import org.onosproject.net.device.DeviceListener;
import org.onosproject.net.device.DeviceServiceAdapter;
import org.onosproject.net.provider.ProviderId;

import java.util.ArrayList;
import java.util.List;

/** ONOS's devices: those of the fake switches. */
final class FakeDevices extends DeviceServiceAdapter {

    private final FakeOnosRules onos;
    private final List<DeviceListener> listeners = new ArrayList<>();

    FakeDevices(FakeOnosRules onos) {
        this.onos = onos;
    }

    @Override
    public boolean isAvailable(DeviceId device) {
        return onos.at(device) != null && onos.at(device).available;
    }

    @Override
    public void addListener(DeviceListener listener) {
        listeners.add(listener);
    }

    @Override
    public void removeListener(DeviceListener listener) {
        listeners.remove(listener);
    }

    /** Has a switch come or go. */
    void available(FakeSwitch at, boolean now) {
        at.available = now;
        Device device = new DefaultDevice(new ProviderId("of", "test"), at.device, Device.Type.SWITCH, "", "", "", "",
                null);
        List.copyOf(listeners).forEach(listener ->
                listener.event(new DeviceEvent(DeviceEvent.Type.DEVICE_AVAILABILITY_CHANGED, device)));
    }
}
