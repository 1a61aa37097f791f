package org.cloister.isolation.config;

import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Fabrics;
import org.cloister.isolation.fabric.Optics;
import org.cloister.isolation.fabric.Switch;
import org.cloister.runtime.Listeners;
import org.onosproject.cfg.ComponentConfigService;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreService;
import org.onosproject.mastership.MastershipService;
import org.onosproject.net.DeviceId;
import org.onosproject.net.config.ConfigFactory;
import org.onosproject.net.config.NetworkConfigEvent;
import org.onosproject.net.config.NetworkConfigListener;
import org.onosproject.net.config.NetworkConfigRegistry;
import org.onosproject.net.config.basics.SubjectFactories;
import org.onosproject.net.device.DeviceEvent;
import org.onosproject.net.device.DeviceListener;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.flow.FlowRuleService;
import org.onosproject.net.link.LinkListener;
import org.onosproject.net.link.LinkService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

import static org.onlab.util.Tools.groupedThreads;

/**
 * Keeps the snapshot. An event of ONOS does no more than ask for a new one; it is made on a thread of this component,
 * {@link #SETTLE} later, so that a thousand links that come up together cost one snapshot and not a thousand. What
 * ONOS sends no events of (rules of others on the switches, its own properties) is looked at every {@link #AUDIT}. Rules
 * are counted on the switches that this node is the master of: it holds them, and would fetch all others'. So in a
 * cluster each node tells of its own switches.
 */
@Component(immediate = true, service = FabricSource.class)
public class FabricSourceManager implements FabricSource {

    private static final Logger LOG = LoggerFactory.getLogger(FabricSourceManager.class);

    /** How long changes are collected. */
    static final Duration SETTLE = Duration.ofMillis(20);

    /** How often what has no events is looked at. */
    static final Duration AUDIT = Duration.ofSeconds(30);

    @Reference(cardinality = ReferenceCardinality.MANDATORY)
    protected CoreService coreService;

    @Reference(cardinality = ReferenceCardinality.MANDATORY)
    protected NetworkConfigRegistry networkConfig;

    @Reference(cardinality = ReferenceCardinality.MANDATORY)
    protected DeviceService deviceService;

    @Reference(cardinality = ReferenceCardinality.MANDATORY)
    protected LinkService linkService;

    @Reference(cardinality = ReferenceCardinality.MANDATORY)
    protected MastershipService mastershipService;

    @Reference(cardinality = ReferenceCardinality.MANDATORY)
    protected FlowRuleService flowRuleService;

    @Reference(cardinality = ReferenceCardinality.MANDATORY)
    protected ComponentConfigService componentConfig;

    /** Where there is one. */
    private volatile OpticalSource opticalSource;

    private final ConfigFactory<ApplicationId, FabricConfig> factory = new ConfigFactory<ApplicationId, FabricConfig>(
            SubjectFactories.APP_SUBJECT_FACTORY, FabricConfig.class, FabricConfig.KEY) {
        @Override
        public FabricConfig createConfig() {
            return new FabricConfig();
        }
    };
    private final NetworkConfigListener configListener = new ConfigListener();
    private final DeviceListener deviceListener = new PortListener();
    private final LinkListener linkListener = event -> refresh();
    private final Runnable opticsListener = this::refresh;
    private final Listeners listeners = new Listeners("the fabric");
    private final AtomicBoolean refreshing = new AtomicBoolean();
    private final AtomicBoolean auditFails = new AtomicBoolean();
    private final Clock clock = Clock.systemUTC();

    private ApplicationId appId;
    private TopologyObserver observer;
    private RuleAudit audit;
    private StoredSettings stored;
    /** Belongs to the thread of snapshots. */
    private LinkHistory history;
    /** Null before the component has started. */
    private volatile ScheduledExecutorService snapshots;
    private ScheduledExecutorService audits;
    private volatile Optional<Fabric> fabric = Optional.empty();
    private volatile Map<DeviceId, Map<String, Integer>> foreignRules = Map.of();

    @Activate
    protected void activate() {
        appId = coreService.registerApplication(App.NAME);
        observer = new TopologyObserver(deviceService, linkService, this::optics);
        stored = new StoredSettings(() -> networkConfig.getConfig(appId, FabricConfig.class),
                message -> LOG.error("The stored configuration of the fabric is not valid: {}", message));
        history = new LinkHistory(clock.instant());
        audit = new RuleAudit(coreService, flowRuleService, componentConfig);
        snapshots = thread("snapshot");
        audits = thread("audit");
        networkConfig.registerConfigFactory(factory);
        refresh();
        audits.scheduleWithFixedDelay(this::audit, 0, AUDIT.toMillis(), TimeUnit.MILLISECONDS);
        networkConfig.addListener(configListener);
        deviceService.addListener(deviceListener);
        linkService.addListener(linkListener);
        // whatever happened between the first look and the last listener
        stored.mayHaveChanged();
        refresh();
        LOG.info("Started");
    }

    @Deactivate
    protected void deactivate() {
        linkService.removeListener(linkListener);
        deviceService.removeListener(deviceListener);
        networkConfig.removeListener(configListener);
        audits.shutdownNow();
        snapshots.shutdownNow();
        networkConfig.unregisterConfigFactory(factory);
        LOG.info("Stopped");
    }

    /** Begins to look at optical switches; may come before the component has started. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    protected void bindOpticalSource(OpticalSource source) {
        opticalSource = source;
        source.addListener(opticsListener);
        refresh();
    }

    /** Looks at optical switches no more. */
    protected void unbindOpticalSource(OpticalSource source) {
        source.removeListener(opticsListener);
        if (opticalSource == source) {
            opticalSource = null;
        }
        refresh();
    }

    private Optics optics() {
        OpticalSource source = opticalSource;
        return source == null ? Optics.unwatched() : source.optics();
    }

    @Override
    public Optional<Fabric> fabric() {
        return fabric;
    }

    @Override
    public void addListener(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public void removeListener(Runnable listener) {
        listeners.remove(listener);
    }

    private void refresh() {
        if (snapshots != null && refreshing.compareAndSet(false, true)) {
            snapshots.schedule(this::snapshot, SETTLE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void snapshot() {
        // events from here on ask for another one
        refreshing.set(false);
        try {
            Optional<Fabric> next = stored.settings().map(settings -> history.on(Fabrics.snapshot(settings,
                    observer.observe(settings).foreignRules(foreignRules)
                            .keepsUnknownRules(audit.keepsUnknownRules()).build()), clock.instant()));
            if (!next.equals(fabric)) {
                fabric = next;
                listeners.tell();
            }
        } catch (RuntimeException e) {
            // the old snapshot stays; the next audit tries again
            LOG.warn("No snapshot of the fabric: {}", e.toString(), e);
        }
    }

    /** Looks at what has no events; tells of a failure once, until it is over. */
    void audit() {
        try {
            // in case an event was lost
            stored.mayHaveChanged();
            foreignRules = audit.foreignRules(stored.settings().map(settings -> settings.switches().values().stream()
                    .map(Switch::device).filter(deviceService::isAvailable)
                    .filter(mastershipService::isLocalMaster).collect(Collectors.toList()))
                    .orElse(List.of()));
            if (auditFails.getAndSet(false)) {
                LOG.info("Rules of other applications are counted again");
            }
        } catch (RuntimeException e) {
            if (!auditFails.getAndSet(true)) {
                LOG.warn("Rules of other applications could not be counted: {}", e.toString(), e);
            }
        }
        refresh();
    }

    /** An event that comes in while the component stops is dropped. */
    private static ScheduledExecutorService thread(String name) {
        return new ScheduledThreadPoolExecutor(1, groupedThreads("cloister/fabric", name, LOG),
                new ThreadPoolExecutor.DiscardPolicy());
    }

    private final class ConfigListener implements NetworkConfigListener {
        @Override
        public boolean isRelevant(NetworkConfigEvent event) {
            return event.configClass().equals(FabricConfig.class);
        }

        @Override
        public void event(NetworkConfigEvent event) {
            stored.mayHaveChanged();
            refresh();
        }
    }

    private final class PortListener implements DeviceListener {
        @Override
        public boolean isRelevant(DeviceEvent event) {
            return event.type() != DeviceEvent.Type.PORT_STATS_UPDATED;
        }

        @Override
        public void event(DeviceEvent event) {
            refresh();
        }
    }
}
