package org.cloister.lab.discovery.link;

import static org.onlab.util.Tools.groupedThreads;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.onlab.packet.Ethernet;
import org.onosproject.cfg.ComponentConfigService;
import org.onosproject.cluster.ClusterMetadataService;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreService;
import org.onosproject.mastership.MastershipListener;
import org.onosproject.mastership.MastershipService;
import org.onosproject.net.Link;
import org.onosproject.net.device.DeviceListener;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.link.LinkProviderRegistry;
import org.onosproject.net.link.LinkProviderService;
import org.onosproject.net.link.ProbedLinkProvider;
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

    private final DeviceListener deviceListener = event -> handle(() -> this.discovery.deviceChanged(event));
    private final MastershipListener mastershipListener = event -> handle(() -> this.discovery.mastershipChanged(event));
    private final PacketProcessor packetProcessor = context -> this.discovery.received(context);
    private ApplicationId appId;
    private LinkDiscovery discovery;
    private ScheduledExecutorService events;
    private ScheduledExecutorService timer;

    /** Creates the provider under the name of stock ONOS's. */
    public LldpLinkProvider() {
        super(new ProviderId("lldp", APP_NAME));
    }

    @Activate
    void activate(Settings settings) {
        configService.registerProperties(getClass());
        appId = coreService.registerApplication(APP_NAME);
        events = Executors.newSingleThreadScheduledExecutor(groupedThreads("cloister/lab", "link-events", log));
        timer = Executors.newSingleThreadScheduledExecutor(groupedThreads("cloister/lab", "link-probes", log));
        LinkProviderService providerService = providerRegistry.register(this);
        discovery = new LinkDiscovery(deviceService, mastershipService, packetService, providerService,
                                      new ClusterIdentity(clusterMetadataService), timer, settings);
        mastershipService.addListener(mastershipListener);
        deviceService.addListener(deviceListener);
        packetService.addProcessor(packetProcessor, PacketProcessor.advisor(0));
        packetService.requestPackets(frames(Ethernet.TYPE_LLDP), PacketPriority.CONTROL, appId);
        requestBddp(settings.useBddp());
        events.scheduleWithFixedDelay(guarded(discovery::syncDevices), 0, SYNC_SECONDS, TimeUnit.SECONDS);
        events.scheduleWithFixedDelay(guarded(discovery::prune), PRUNE_SECONDS, PRUNE_SECONDS, TimeUnit.SECONDS);
        log.info("Started: {}", describe(settings));
    }

    @Modified
    void modified(Settings settings) {
        if (settings.probeRate() < 1 || settings.staleLinkAge() < 1) {
            log.warn("Settings not taken, since probeRate and staleLinkAge must be at least 1: {}", describe(settings));
            return;
        }
        requestBddp(settings.useBddp());
        handle(() -> discovery.configure(settings));
        log.info("Settings: {}", describe(settings));
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
        configService.unregisterProperties(getClass(), false);
        providerRegistry.unregister(this);
        log.info("Stopped");
    }

    private static String describe(Settings settings) {
        return "probeRate=" + settings.probeRate() + ", staleLinkAge=" + settings.staleLinkAge()
                + ", maxDiscoveryDelayMs=" + settings.maxDiscoveryDelayMs() + ", useBddp=" + settings.useBddp();
    }

    private void requestBddp(boolean useBddp) {
        if (useBddp) {
            packetService.requestPackets(frames(Ethernet.TYPE_BSN), PacketPriority.CONTROL, appId);
        } else {
            packetService.cancelPackets(frames(Ethernet.TYPE_BSN), PacketPriority.CONTROL, appId);
        }
    }

    private static TrafficSelector frames(short etherType) {
        return DefaultTrafficSelector.builder().matchEthType(etherType).build();
    }

    private void handle(Runnable event) {
        events.execute(guarded(event));
    }

    /** An exception would end the repetition of a task. */
    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                log.warn("Link discovery failed at a step", e);
            }
        };
    }
}
