package org.cloister.lab.discovery.link;

import static org.onlab.util.Tools.groupedThreads;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.onlab.packet.Ethernet;
import org.onosproject.cfg.ComponentConfigService;
import org.onosproject.cluster.ClusterMetadataService;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreService;
import org.onosproject.mastership.MastershipEvent;
import org.onosproject.mastership.MastershipListener;
import org.onosproject.mastership.MastershipService;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.Device;
import org.onosproject.net.DeviceId;
import org.onosproject.net.Link;
import org.onosproject.net.LinkKey;
import org.onosproject.net.Port;
import org.onosproject.net.PortNumber;
import org.onosproject.net.device.DeviceEvent;
import org.onosproject.net.device.DeviceListener;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.link.DefaultLinkDescription;
import org.onosproject.net.link.LinkProviderRegistry;
import org.onosproject.net.link.LinkProviderService;
import org.onosproject.net.link.ProbedLinkProvider;
import org.onosproject.net.packet.PacketContext;
import org.onosproject.net.packet.PacketPriority;
import org.onosproject.net.packet.PacketProcessor;
import org.onosproject.net.packet.PacketService;
import org.onosproject.net.provider.AbstractProvider;
import org.onosproject.net.provider.ProviderId;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Discovers the links between packet switches of which this node is the master. A link goes when its age passes
 * {@code staleLinkAge}, and at once when one of its ports goes down or away, or its device does.
 */
@Component(immediate = true)
public class LldpLinkProvider extends AbstractProvider implements ProbedLinkProvider {

    private static final Logger log = LoggerFactory.getLogger(LldpLinkProvider.class);
    private static final String APP_NAME = "org.onosproject.provider.lldp";
    private static final int SYNC_SECONDS = 5;
    private static final int PRUNE_SECONDS = 3;

    /** Component properties, described in {@code LldpLinkProvider.cfgdef}; the defaults are stock ONOS's. */
    @interface Settings {
        int probeRate() default 3_000;

        int staleLinkAge() default 10_000;

        int maxDiscoveryDelayMs() default 1_000;

        boolean useBddp() default true;
    }

    @Reference
    protected CoreService coreService;

    @Reference
    protected LinkProviderRegistry providerRegistry;

    @Reference
    protected DeviceService deviceService;

    @Reference
    protected MastershipService mastershipService;

    @Reference
    protected PacketService packetService;

    @Reference
    protected ClusterMetadataService clusterMetadataService;

    @Reference
    protected ComponentConfigService configService;

    private final Map<DeviceId, ProbedPorts> probed = new ConcurrentHashMap<>();
    private final LinkAges ages = new LinkAges(System::nanoTime);
    private final DeviceListener deviceListener = event -> execute(() -> deviceChanged(event));
    private final MastershipListener mastershipListener = this::mastershipChanged;
    private final PacketProcessor packetProcessor = this::received;
    private volatile Settings settings;
    private ApplicationId appId;
    private LinkProbes probes;
    private ProbeReader reader;
    private LinkProviderService providerService;
    private ScheduledExecutorService events;
    private ScheduledExecutorService timer;

    /** Creates the provider under the name of stock ONOS's. */
    public LldpLinkProvider() {
        super(new ProviderId("lldp", APP_NAME));
    }

    @Activate
    void activate(Settings initial) {
        configService.registerProperties(getClass());
        settings = initial;
        appId = coreService.registerApplication(APP_NAME);
        ClusterIdentity identity = new ClusterIdentity(clusterMetadataService);
        probes = new LinkProbes(identity);
        reader = new ProbeReader(identity, deviceService);
        events = Executors.newSingleThreadScheduledExecutor(groupedThreads("cloister/lab", "link-events", log));
        timer = Executors.newSingleThreadScheduledExecutor(groupedThreads("cloister/lab", "link-probes", log));
        providerService = providerRegistry.register(this);
        mastershipService.addListener(mastershipListener);
        deviceService.addListener(deviceListener);
        packetService.addProcessor(packetProcessor, PacketProcessor.advisor(0));
        packetService.requestPackets(frames(Ethernet.TYPE_LLDP), PacketPriority.CONTROL, appId);
        requestBddp();
        // events can be missed around a change of mastership, so what the device service says is gone through again
        events.scheduleWithFixedDelay(() -> execute(this::syncDevices), 0, SYNC_SECONDS, TimeUnit.SECONDS);
        events.scheduleWithFixedDelay(() -> execute(this::prune), PRUNE_SECONDS, PRUNE_SECONDS, TimeUnit.SECONDS);
        log.info("Started: {}", describe(initial));
    }

    @Modified
    void modified(Settings changed) {
        if (changed.probeRate() < 1 || changed.staleLinkAge() < 1) {
            log.warn("Settings not taken, since probeRate and staleLinkAge must be at least 1: {}", describe(changed));
            return;
        }
        settings = changed;
        requestBddp();
        events.execute(() -> {
            // probing starts anew, at the new rate
            probed.keySet().forEach(this::stopProbing);
            execute(this::syncDevices);
        });
        log.info("Settings: {}", describe(changed));
    }

    @Deactivate
    void deactivate() {
        packetService.cancelPackets(frames(Ethernet.TYPE_LLDP), PacketPriority.CONTROL, appId);
        packetService.cancelPackets(frames(Ethernet.TYPE_BSN), PacketPriority.CONTROL, appId);
        packetService.removeProcessor(packetProcessor);
        deviceService.removeListener(deviceListener);
        mastershipService.removeListener(mastershipListener);
        events.shutdownNow();
        timer.shutdownNow();
        probed.clear();
        configService.unregisterProperties(getClass(), false);
        providerRegistry.unregister(this);
        log.info("Stopped");
    }

    private static String describe(Settings settings) {
        return "probeRate=" + settings.probeRate() + ", staleLinkAge=" + settings.staleLinkAge()
                + ", maxDiscoveryDelayMs=" + settings.maxDiscoveryDelayMs() + ", useBddp=" + settings.useBddp();
    }

    private void requestBddp() {
        if (settings.useBddp()) {
            packetService.requestPackets(frames(Ethernet.TYPE_BSN), PacketPriority.CONTROL, appId);
        } else {
            packetService.cancelPackets(frames(Ethernet.TYPE_BSN), PacketPriority.CONTROL, appId);
        }
    }

    private static TrafficSelector frames(short etherType) {
        return DefaultTrafficSelector.builder().matchEthType(etherType).build();
    }

    /** Runs a task to its end or its exception, which would otherwise end the repetition of the task. */
    private void execute(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            log.warn("Link discovery failed at a step", e);
        }
    }

    private void syncDevices() {
        deviceService.getAvailableDevices().forEach(this::probeDevice);
    }

    private void prune() {
        ages.forget(link -> !mastershipService.isLocalMaster(link.dst().deviceId()));
        for (LinkKey link : ages.stale()) {
            providerService.linkVanished(new DefaultLinkDescription(link.src(), link.dst(), Link.Type.DIRECT));
        }
    }

    private void mastershipChanged(MastershipEvent event) {
        if (event.type() == MastershipEvent.Type.MASTER_CHANGED) {
            events.execute(() -> execute(() -> {
                Device device = deviceService.getDevice(event.subject());
                if (device != null) {
                    probeDevice(device);
                }
            }));
        }
    }

    private void deviceChanged(DeviceEvent event) {
        Device device = event.subject();
        switch (event.type()) {
            case DEVICE_ADDED:
            case DEVICE_UPDATED:
                probeDevice(device);
                break;
            case DEVICE_AVAILABILITY_CHANGED:
                if (deviceService.isAvailable(device.id())) {
                    probeDevice(device);
                    break;
                }
                deviceGone(device.id());
                break;
            case DEVICE_REMOVED:
            case DEVICE_SUSPENDED:
                deviceGone(device.id());
                break;
            case PORT_ADDED:
            case PORT_UPDATED:
                if (event.port().isEnabled()) {
                    probeDevice(device);
                    break;
                }
                portGone(device.id(), event.port().number());
                break;
            case PORT_REMOVED:
                portGone(device.id(), event.port().number());
                break;
            default:
        }
    }

    private void deviceGone(DeviceId deviceId) {
        stopProbing(deviceId);
        providerService.linksVanished(deviceId);
    }

    private void portGone(DeviceId deviceId, PortNumber port) {
        ProbedPorts ports = probed.get(deviceId);
        if (ports != null) {
            ports.remove(port);
        }
        providerService.linksVanished(new ConnectPoint(deviceId, port));
    }

    /** Starts or goes on probing a device if it is this node's to probe, and brings the set of its ports up to date. */
    private void probeDevice(Device device) {
        if (!mastershipService.isLocalMaster(device.id())) {
            ages.forget(link -> link.dst().deviceId().equals(device.id()));
            stopProbing(device.id());
        } else if (ProbeSuppression.suppresses(device)) {
            stopProbing(device.id());
        } else {
            ProbedPorts ports = probed.computeIfAbsent(device.id(), id -> new ProbedPorts(
                    id, timer, settings.probeRate(), (port, name) -> sendProbes(device.id(), port, name)));
            deviceService.getPorts(device.id()).forEach(port -> updatePort(ports, port));
        }
    }

    private static void updatePort(ProbedPorts ports, Port port) {
        if (port.isEnabled() && !port.number().isLogical() && !ProbeSuppression.isMarked(port)) {
            ports.add(port);
        } else {
            ports.remove(port.number());
        }
    }

    private void stopProbing(DeviceId deviceId) {
        ProbedPorts ports = probed.remove(deviceId);
        if (ports != null) {
            ports.stop();
        }
    }

    private void sendProbes(DeviceId deviceId, PortNumber port, String portName) {
        Device device = deviceService.getDevice(deviceId);
        if (device != null && mastershipService.isLocalMaster(deviceId)) {
            probes.forPort(device, port, portName, settings.useBddp()).forEach(packetService::emit);
        }
    }

    private void received(PacketContext context) {
        Ethernet frame = context.inPacket().parsed();
        ConnectPoint from = context.inPacket().receivedFrom();
        if (context.isHandled() || frame == null || !probed.containsKey(from.deviceId())
                || frame.getEtherType() != Ethernet.TYPE_LLDP && frame.getEtherType() != Ethernet.TYPE_BSN) {
            return;
        }
        try {
            reader.read(frame, from, Duration.ofMillis(settings.maxDiscoveryDelayMs())).ifPresent(seen -> {
                providerService.linkDetected(seen.description());
                LinkKey link = LinkKey.linkKey(seen.description().src(), seen.description().dst());
                ages.seen(link, seen.timeToLive().orElse(Duration.ofMillis(settings.staleLinkAge())));
                context.block();
            });
        } catch (RuntimeException e) {
            // a frame from anywhere: whatever is wrong with it must not reach the switch's session
            log.warn("Frame of type {} at {} ignored: {}", Integer.toHexString(frame.getEtherType() & 0xffff), from, e.toString());
        }
    }
}
