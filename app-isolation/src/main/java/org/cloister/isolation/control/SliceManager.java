package org.cloister.isolation.control;

import org.cloister.isolation.allocation.Preference;
import org.cloister.isolation.api.Drain;
import org.cloister.isolation.api.DrainService;
import org.cloister.isolation.api.FabricService;
import org.cloister.isolation.api.FabricView;
import org.cloister.isolation.api.Label;
import org.cloister.isolation.api.Lease;
import org.cloister.isolation.api.Plans;
import org.cloister.isolation.api.Precondition;
import org.cloister.isolation.api.Renewal;
import org.cloister.isolation.api.Route;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceAdminService;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceService;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.config.App;
import org.cloister.isolation.config.FabricSource;
import org.cloister.isolation.config.OpticalSource;
import org.cloister.isolation.control.admission.Preferring;
import org.cloister.isolation.control.environment.CircuitRequests;
import org.cloister.isolation.control.environment.ImmutableServices;
import org.cloister.isolation.control.environment.Limits;
import org.cloister.isolation.control.environment.MeterReader;
import org.cloister.isolation.control.environment.ReadBack;
import org.cloister.isolation.control.environment.SwitchErrors;
import org.cloister.isolation.control.environment.TableReader;
import org.cloister.isolation.control.southbound.CurrentMeterReader;
import org.cloister.isolation.metrics.ControlMetrics;
import org.cloister.isolation.store.DrainStore;
import org.cloister.isolation.store.SettingsStore;
import org.cloister.isolation.store.SliceStore;
import org.cloister.runtime.Quiescence;
import org.onosproject.cfg.ComponentConfigService;
import org.onosproject.cluster.ClusterService;
import org.onosproject.cluster.LeadershipService;
import org.onosproject.core.CoreService;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.flow.FlowRuleService;
import org.onosproject.net.meter.MeterService;
import org.onosproject.store.service.StorageService;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import static org.onlab.util.Tools.groupedThreads;

/**
 * The service that schedulers and administrators reach slices by, in ONOS's container: brings services, threads and
 * properties together and passes calls on.
 *
 * <p>Stopping it leaves rules and slices where they are.
 */
@Component(
        immediate = true,
        service = {SliceAdminService.class, SliceService.class, FabricService.class, DrainService.class,
                DecisionHealth.class},
        property = {ReadBack.PROPERTY + "=" + ReadBack.POLL_TEXT,
            Preferring.PROPERTY + "=" + Preferring.SPINES_TEXT})
public final class SliceManager implements SliceAdminService, FabricService, DrainService,
        DecisionHealth {

    private static final Duration STOPPING = Duration.ofSeconds(5);

    private final Logger log = LoggerFactory.getLogger(getClass());

    @Reference
    private CoreService coreService;
    @Reference
    private ComponentConfigService componentConfigService;
    @Reference
    private ClusterService clusterService;
    @Reference
    private LeadershipService leadershipService;
    @Reference
    private DeviceService deviceService;
    @Reference
    private FlowRuleService flowRuleService;
    @Reference
    private MeterService meterService;
    @Reference
    private StorageService storageService;
    @Reference
    private SliceStore store;
    @Reference
    private DrainStore drainStore;
    @Reference
    private SettingsStore settings;
    @Reference
    private FabricSource source;
    @Reference
    private ControlMetrics metrics;
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile TableReader tableReader;
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile SwitchErrors switchErrors;
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile MeterReader meterReader;
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile CircuitRequests circuits;
    private final Runnable opticsListener = this::wake;

    private volatile ReadBack readBack = ReadBack.POLL;
    private volatile Preference preference = Preference.FEWER_SPINES;
    private ScheduledExecutorService control;
    private ScheduledExecutorService timers;
    private ExecutorService meterCalls;
    private ExecutorService replies;
    /** Null before the component has started. */
    private volatile SliceControl slices;

    /** Starts the control loop, which waits to be the leader. */
    @Activate
    public void activate(ComponentContext context) {
        componentConfigService.registerProperties(getClass());
        readProperties(context);
        control = Executors.newSingleThreadScheduledExecutor(groupedThreads("cloister", "control", log));
        timers = Executors.newSingleThreadScheduledExecutor(groupedThreads("cloister", "timers", log));
        meterCalls = Executors.newSingleThreadExecutor(groupedThreads("cloister", "meters", log));
        replies = Executors.newFixedThreadPool(4, groupedThreads("cloister", "replies-%d", log));
        slices = new SliceControl(ImmutableServices.builder()
                .app(coreService.registerApplication(App.NAME))
                .nobodys(number -> coreService.getAppId((short) number) == null)
                .local(clusterService.getLocalNode().id())
                .flowRules(flowRuleService).meters(meterService).devices(deviceService).leadership(leadershipService)
                .storage(storageService).store(store).settings(settings).drains(drainStore).fabric(source)
                .reader(() -> Optional.ofNullable(tableReader)).readBack(() -> readBack)
                .preference(() -> preference)
                .switchErrors(rule -> Optional.ofNullable(switchErrors).flatMap(errors -> errors.about(rule)))
                .metrics(metrics).clock(Clock.systemUTC()).limits(Limits.defaults())
                .circuits(() -> Optional.ofNullable(circuits))
                .meterReader(new CurrentMeterReader(() -> meterReader)).meterCalls(meterCalls)
                .control(control).timers(timers).replies(replies).build());
        slices.start();
        log.info("Started");
    }

    /** Hears how circuits fare, which is told along with what is seen of them; may come before the component starts. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    public void bindOpticalSource(OpticalSource source) {
        source.addListener(opticsListener);
        wake();
    }

    /** Hears of circuits no more. */
    public void unbindOpticalSource(OpticalSource source) {
        source.removeListener(opticsListener);
        wake();
    }

    private void wake() {
        SliceControl started = slices;
        if (started != null) {
            started.wake();
        }
    }

    /** Takes over the component's properties. */
    @Modified
    public void modified(ComponentContext context) {
        readProperties(context);
        slices.wake();
    }

    private void readProperties(ComponentContext context) {
        Object wanted = context == null ? null : context.getProperties().get(Preferring.PROPERTY);
        preference = Preferring.of(wanted);
        if (wanted == null || Preferring.text(preference).equals(wanted)) {
            log.info("{} is {}", Preferring.PROPERTY, Preferring.text(preference));
        } else {
            log.warn("{} is '{}', which is neither fewer-spines nor fewer-rules; taken for {}", Preferring.PROPERTY,
                    wanted, Preferring.text(preference));
        }
        Object value = context == null ? null : context.getProperties().get(ReadBack.PROPERTY);
        readBack = ReadBack.of(value);
        if (value == null || readBack.toString().equals(value)) {
            log.info("{} is {}", ReadBack.PROPERTY, readBack);
        } else {
            log.warn("{} is '{}', which is neither poll nor barrier; taken for {}", ReadBack.PROPERTY, value,
                    readBack);
        }
    }

    /** Stops; rules and slices stay. */
    @Deactivate
    public void deactivate() {
        slices.stop();
        // what is under way is given up on the control thread; it may be busy with a store that does not answer
        if (!Quiescence.await(control, STOPPING)) {
            log.warn("The last pass takes more than {} s and is not waited for", STOPPING.toSeconds());
        }
        componentConfigService.unregisterProperties(getClass(), false);
        control.shutdownNow();
        timers.shutdownNow();
        meterCalls.shutdownNow();
        replies.shutdown();
        log.info("Stopped");
    }

    @Override
    public List<Slice> slices() {
        return slices.slices();
    }

    @Override
    public Optional<Slice> slice(SliceId id) {
        return slices.slice(id);
    }

    @Override
    public List<Route> routes(SliceId id) {
        return slices.routes(id);
    }

    @Override
    public CompletableFuture<PutResult> put(SliceId id, SliceSpec spec, String owner, Precondition precondition) {
        return slices.put(id, spec, owner, precondition);
    }

    @Override
    public CompletableFuture<Slice> plan(SliceId id, SliceSpec spec, String owner, Precondition precondition) {
        return slices.plan(id, spec, owner, precondition);
    }

    @Override
    public CompletableFuture<Plans> plans(List<SliceSpec> candidates) {
        return slices.plans(candidates);
    }

    @Override
    public CompletableFuture<Lease> renew(SliceId id, int leaseSeconds) {
        return slices.renew(id, leaseSeconds);
    }

    @Override
    public CompletableFuture<Renewal> renew(Optional<String> owner, Label label, Set<SliceId> ids) {
        return slices.renew(owner, label, ids);
    }

    @Override
    public CompletableFuture<Slice> remove(SliceId id, Precondition precondition) {
        return slices.remove(id, precondition);
    }

    @Override
    public CompletableFuture<Slice> whenSettled(SliceId id) {
        return slices.whenSettled(id);
    }

    @Override
    public CompletableFuture<Void> whenGone(SliceId id) {
        return slices.whenGone(id);
    }

    @Override
    public FabricView fabric() {
        return slices.fabric();
    }

    @Override
    public Optional<String> trouble() {
        return slices.trouble();
    }

    @Override
    public List<Drain> drains() {
        return slices.drains().drains();
    }

    @Override
    public CompletableFuture<Drain> drain(String name) {
        return slices.drains().drain(name);
    }

    @Override
    public CompletableFuture<Drain> undrain(String name) {
        return slices.drains().undrain(name);
    }
}
