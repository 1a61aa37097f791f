package org.cloister.lab.openflow.device;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.onosproject.net.DeviceId;
import org.onosproject.net.MastershipRole;
import org.onosproject.net.device.DeviceDescription;
import org.onosproject.net.device.DeviceProvider;
import org.onosproject.net.device.DeviceProviderRegistry;
import org.onosproject.net.device.DeviceProviderService;
import org.onosproject.net.device.PortDescription;
import org.onosproject.net.device.PortStatistics;
import org.onosproject.net.provider.AbstractProviderRegistry;
import org.onosproject.net.provider.AbstractProviderService;

/** The core's side of devices: keeps what it is told, in its order. */
final class FakeDeviceService extends AbstractProviderRegistry<DeviceProvider, DeviceProviderService>
        implements DeviceProviderRegistry {

    final List<String> told = new ArrayList<>();
    DeviceDescription description;
    List<PortDescription> ports;
    PortDescription port;
    Collection<PortStatistics> statistics;

    @Override
    protected DeviceProviderService createProviderService(DeviceProvider provider) {
        return new Service(provider);
    }

    private final class Service extends AbstractProviderService<DeviceProvider> implements DeviceProviderService {

        private Service(DeviceProvider provider) {
            super(provider);
        }

        @Override
        public void deviceConnected(DeviceId deviceId, DeviceDescription connected) {
            told.add("connected " + deviceId);
            description = connected;
        }

        @Override
        public void deviceDisconnected(DeviceId deviceId) {
            told.add("disconnected " + deviceId);
        }

        @Override
        public void updatePorts(DeviceId deviceId, List<PortDescription> descriptions) {
            told.add("ports " + deviceId);
            ports = descriptions;
        }

        @Override
        public void deletePort(DeviceId deviceId, PortDescription deleted) {
            told.add("deleted " + deviceId + "/" + deleted.portNumber());
            port = deleted;
        }

        @Override
        public void portStatusChanged(DeviceId deviceId, PortDescription changed) {
            told.add("changed " + deviceId + "/" + changed.portNumber());
            port = changed;
        }

        @Override
        public void receivedRoleReply(DeviceId deviceId, MastershipRole requested, MastershipRole response) {
            told.add("role " + deviceId + " " + requested + " " + response);
        }

        @Override
        public void updatePortStatistics(DeviceId deviceId, Collection<PortStatistics> updated) {
            told.add("statistics " + deviceId);
            statistics = updated;
        }
    }
}
