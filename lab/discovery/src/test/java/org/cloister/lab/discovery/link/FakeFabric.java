package org.cloister.lab.discovery.link;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.onlab.packet.ChassisId;
import org.onlab.packet.DeserializationException;
import org.onlab.packet.Ethernet;
import org.onosproject.core.ApplicationId;
import org.onosproject.mastership.MastershipServiceAdapter;
import org.onosproject.net.AnnotationKeys;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DefaultAnnotations;
import org.onosproject.net.DefaultDevice;
import org.onosproject.net.DefaultPort;
import org.onosproject.net.Device;
import org.onosproject.net.DeviceId;
import org.onosproject.net.MastershipRole;
import org.onosproject.net.Port;
import org.onosproject.net.PortNumber;
import org.onosproject.net.device.DeviceEvent;
import org.onosproject.net.device.DeviceListener;
import org.onosproject.net.device.DeviceServiceAdapter;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.instructions.Instructions.OutputInstruction;
import org.onosproject.net.packet.DefaultInboundPacket;
import org.onosproject.net.packet.OutboundPacket;
import org.onosproject.net.packet.PacketContext;
import org.onosproject.net.packet.PacketContextAdapter;
import org.onosproject.net.packet.PacketPriority;
import org.onosproject.net.packet.PacketProcessor;
import org.onosproject.net.packet.PacketServiceAdapter;
import org.onosproject.net.provider.ProviderId;

/** Devices whose ports are wired: a packet sent out of one port comes up at the other end, as over a switch it would. */
final class FakeFabric {

    private static final ProviderId PROVIDER = new ProviderId("of", "test");

    final Devices devices = new Devices();
    final Packets packets = new Packets();
    final Masterships masterships = new Masterships();
    private final Map<ConnectPoint, ConnectPoint> wires = new ConcurrentHashMap<>();

    static ConnectPoint point(int device, int port) {
        return new ConnectPoint(id(device), PortNumber.portNumber(port));
    }

    static DeviceId id(int device) {
        return DeviceId.deviceId(String.format("of:%016x", device));
    }

    void wire(ConnectPoint a, ConnectPoint b) {
        wires.put(a, b);
        wires.put(b, a);
    }

    void cut(ConnectPoint a) {
        wires.remove(wires.remove(a));
    }

    /** Lets a frame come up at a port. */
    PacketContext receive(ConnectPoint at, byte[] frame) {
        try {
            Ethernet parsed = Ethernet.deserializer().deserialize(frame, 0, frame.length);
            PacketContext context = new PacketContextAdapter(
                    0, new DefaultInboundPacket(at, parsed, ByteBuffer.wrap(frame)), null, false);
            packets.processors.forEach(processor -> processor.process(context));
            return context;
        } catch (DeserializationException e) {
            throw new AssertionError(e);
        }
    }

    final class Devices extends DeviceServiceAdapter {
        private final Map<DeviceId, Device> known = new LinkedHashMap<>();
        private final Map<ConnectPoint, Port> ports = new LinkedHashMap<>();
        private final Set<DeviceId> available = new LinkedHashSet<>();
        private final List<DeviceListener> listeners = new CopyOnWriteArrayList<>();

        synchronized Device add(int number, Device.Type type, int portCount) {
            Device device = new DefaultDevice(PROVIDER, id(number), type, "maker", "hardware", "software", "serial",
                                              new ChassisId(number));
            known.put(device.id(), device);
            available.add(device.id());
            for (int port = 1; port <= portCount; port++) {
                ports.put(point(number, port), port(device, port, true));
            }
            tell(new DeviceEvent(DeviceEvent.Type.DEVICE_ADDED, device));
            return device;
        }

        private Port port(Device device, int number, boolean enabled, String... annotations) {
            DefaultAnnotations.Builder all = DefaultAnnotations.builder().set(AnnotationKeys.PORT_NAME, "eth" + number);
            for (String annotation : annotations) {
                all.set(annotation, "true");
            }
            return new DefaultPort(device, PortNumber.portNumber(number), enabled, all.build());
        }

        synchronized void annotate(ConnectPoint point, String annotation) {
            ports.put(point, port(known.get(point.deviceId()), (int) point.port().toLong(), true, annotation));
            tell(new DeviceEvent(DeviceEvent.Type.PORT_UPDATED, known.get(point.deviceId()), ports.get(point)));
        }

        synchronized void enable(ConnectPoint point, boolean enabled) {
            Port port = port(known.get(point.deviceId()), (int) point.port().toLong(), enabled);
            ports.put(point, port);
            tell(new DeviceEvent(DeviceEvent.Type.PORT_UPDATED, known.get(point.deviceId()), port));
        }

        synchronized void remove(ConnectPoint point) {
            Port port = ports.remove(point);
            tell(new DeviceEvent(DeviceEvent.Type.PORT_REMOVED, known.get(point.deviceId()), port));
        }

        synchronized void available(DeviceId deviceId, boolean isAvailable) {
            if (isAvailable) {
                available.add(deviceId);
            } else {
                available.remove(deviceId);
            }
            tell(new DeviceEvent(DeviceEvent.Type.DEVICE_AVAILABILITY_CHANGED, known.get(deviceId)));
        }

        private void tell(DeviceEvent event) {
            listeners.forEach(listener -> listener.event(event));
        }

        @Override
        public synchronized Iterable<Device> getAvailableDevices() {
            return available.stream().map(known::get).collect(Collectors.toList());
        }

        @Override
        public synchronized Device getDevice(DeviceId deviceId) {
            return known.get(deviceId);
        }

        @Override
        public synchronized boolean isAvailable(DeviceId deviceId) {
            return available.contains(deviceId);
        }

        @Override
        public synchronized List<Port> getPorts(DeviceId deviceId) {
            return ports.values().stream().filter(port -> port.element().id().equals(deviceId)).collect(Collectors.toList());
        }

        @Override
        public synchronized Port getPort(DeviceId deviceId, PortNumber number) {
            return ports.get(new ConnectPoint(deviceId, number));
        }

        @Override
        public void addListener(DeviceListener listener) {
            listeners.add(listener);
        }

        @Override
        public void removeListener(DeviceListener listener) {
            listeners.remove(listener);
        }
    }

    final class Packets extends PacketServiceAdapter {
        final List<PacketProcessor> processors = new CopyOnWriteArrayList<>();
        final List<String> requests = new ArrayList<>();
        final Collection<ConnectPoint> sentThrough = new CopyOnWriteArrayList<>();

        @Override
        public void addProcessor(PacketProcessor processor, int priority) {
            processors.add(processor);
        }

        @Override
        public void removeProcessor(PacketProcessor processor) {
            processors.remove(processor);
        }

        @Override
        public void requestPackets(TrafficSelector selector, PacketPriority priority, ApplicationId app) {
            requests.add(describe(selector, priority, app));
        }

        @Override
        public void cancelPackets(TrafficSelector selector, PacketPriority priority, ApplicationId app) {
            requests.remove(describe(selector, priority, app));
        }

        private String describe(TrafficSelector selector, PacketPriority priority, ApplicationId app) {
            return selector.criteria() + " " + priority.priorityValue() + " " + app.name();
        }

        @Override
        public void emit(OutboundPacket packet) {
            PortNumber port = ((OutputInstruction) packet.treatment().allInstructions().get(0)).port();
            ConnectPoint from = new ConnectPoint(packet.sendThrough(), port);
            sentThrough.add(from);
            ConnectPoint to = wires.get(from);
            if (to != null && isUp(from) && isUp(to)) {
                receive(to, packet.data().array());
            }
        }
    }

    private boolean isUp(ConnectPoint point) {
        Port port = devices.getPort(point.deviceId(), point.port());
        return devices.isAvailable(point.deviceId()) && port != null && port.isEnabled();
    }

    static final class Masterships extends MastershipServiceAdapter {
        final Set<DeviceId> elsewhere = ConcurrentHashMap.newKeySet();

        @Override
        public MastershipRole getLocalRole(DeviceId deviceId) {
            return elsewhere.contains(deviceId) ? MastershipRole.STANDBY : MastershipRole.MASTER;
        }

        @Override
        public boolean isLocalMaster(DeviceId deviceId) {
            return getLocalRole(deviceId) == MastershipRole.MASTER;
        }
    }
}
