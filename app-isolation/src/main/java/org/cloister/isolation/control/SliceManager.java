package org.cloister.isolation.control;

import org.cloister.isolation.allocation.CommonSpineAllocator;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.api.FabricService;
import org.cloister.isolation.api.FabricView;
import org.cloister.isolation.api.FabricView.FabricProblem;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RefusedException;
import org.cloister.isolation.api.Route;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceAdminService;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceService;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.config.App;
import org.cloister.isolation.config.FabricSource;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.program.Compiler;
import org.cloister.isolation.program.CompilerOptions;
import org.cloister.isolation.program.OpenFlowCompiler;
import org.cloister.isolation.routing.Routes;
import org.cloister.isolation.store.SliceStore;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;
import org.onosproject.cfg.ComponentConfigService;
import org.onosproject.cluster.ClusterService;
import org.onosproject.cluster.LeadershipService;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreService;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.flow.FlowRuleService;
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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import static org.onlab.util.Tools.groupedThreads;

/**
 * The service that schedulers and administrators reach slices by. It starts and stops the control loop and passes
 * calls on; it decides nothing itself.
 *
 * <p>Stopping it leaves rules and slices where they are.
 */
@Component(
        immediate = true,
        service = {SliceAdminService.class, SliceService.class, FabricService.class},
        property = ReadBack.PROPERTY + "=" + ReadBack.POLL_TEXT)
public final class SliceManager implements SliceAdminService, FabricService {

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final Clock clock = Clock.systemUTC();

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
    private SliceStore store;
    @Reference
    private FabricSource source;
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile TableReader tableReader;
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile SwitchErrors switchErrors;

    private volatile ReadBack readBack = ReadBack.POLL;
    private Limits limits;
    private Admission admission;
    private Answers answers;
    private Puts puts;
    private Removals removals;
    private ControlLoop loop;
    private Wakers wakers;
    private ScheduledExecutorService control;
    private ScheduledExecutorService timers;
    private ExecutorService replies;

    /** Starts the control loop, which waits to be the leader. */
    @Activate
    public void activate(ComponentContext context) {
        ApplicationId app = coreService.registerApplication(App.NAME);
        componentConfigService.registerProperties(getClass());
        modified(context);
        control = Executors.newSingleThreadScheduledExecutor(groupedThreads("cloister", "control", log));
        timers = Executors.newSingleThreadScheduledExecutor(groupedThreads("cloister", "timers", log));
        replies = Executors.newFixedThreadPool(4, groupedThreads("cloister", "replies-%d", log));

        limits = Limits.defaults();
        admission = new RequestAdmission(new CommonSpineAllocator());
        answers = new Answers(store, replies);
        puts = new Puts(store, source, admission, answers, timers, clock, limits);
        removals = new Removals(store, clock, limits);

        Compiler compiler = new OpenFlowCompiler(app, CompilerOptions.defaults());
        Observer observer = new Observer(flowRuleService, deviceService, app);
        Executor executor = new Executor(flowRuleService, control, clock, limits,
                rule -> Optional.ofNullable(switchErrors).flatMap(errors -> errors.about(rule)),
                (device, tags) -> {
                    observer.touched(device, tags);
                    loop.wake();
                });
        loop = new ControlLoop(store, source, new Reconciler(admission, compiler, limits), compiler, observer,
                executor, () -> readBack == ReadBack.BARRIER ? Optional.ofNullable(tableReader) : Optional.empty(),
                control, clock);
        wakers = new Wakers(app, loop, observer, answers, store, source, flowRuleService, deviceService,
                leadershipService, clusterService.getLocalNode().id());
        wakers.start();
        log.info("Started");
    }

    /** Takes over the component's properties. */
    @Modified
    public void modified(ComponentContext context) {
        readBack = ReadBack.of(context == null ? null : context.getProperties().get(ReadBack.PROPERTY));
        log.info("Rules are read back {}", readBack);
    }

    /** Stops; rules and slices stay. */
    @Deactivate
    public void deactivate() {
        wakers.stop();
        componentConfigService.unregisterProperties(getClass(), false);
        control.shutdownNow();
        timers.shutdownNow();
        answers.refuseAll(Problem.of(ProblemType.NOT_READY, "Cloister is being stopped"));
        replies.shutdown();
        log.info("Stopped");
    }

    @Override
    public List<Slice> slices() {
        return store.slices().stream().filter(Removals::exists).map(each -> Views.slice(each.slice()))
                .collect(Collectors.toList());
    }

    @Override
    public Optional<Slice> slice(SliceId id) {
        return Removals.existing(store.slice(id)).map(each -> Views.slice(each.slice()));
    }

    @Override
    public List<Route> routes(SliceId id) {
        return store.slice(id).flatMap(each -> each.slice().allocation()).map(Routes::of).orElse(List.of());
    }

    @Override
    public CompletableFuture<PutResult> put(SliceId id, SliceSpec spec, String owner) {
        return refused(() -> puts.put(id, spec, owner));
    }

    @Override
    public CompletableFuture<Slice> plan(SliceId id, SliceSpec spec, String owner) {
        return refused(() -> CompletableFuture.completedFuture(
                new Plans(store, puts, admission, clock).plan(id, spec, owner)));
    }

    @Override
    public CompletableFuture<Slice> remove(SliceId id) {
        return refused(() -> CompletableFuture.completedFuture(removals.remove(id)));
    }

    @Override
    public CompletableFuture<Slice> whenSettled(SliceId id) {
        return refused(() -> answers.of(id, now -> {
            StoredSlice slice = Removals.existing(now).orElseThrow(() -> Removals.notFound(id)).slice();
            boolean settled = slice.state() == SliceState.ACTIVE || slice.state() == SliceState.DEGRADED
                    || slice.state() == SliceState.FAILED;
            return settled ? Optional.of(Views.slice(slice)) : Optional.empty();
        }));
    }

    @Override
    public CompletableFuture<Void> whenGone(SliceId id) {
        return refused(() -> answers.of(id, now -> Removals.existing(now).isPresent()
                ? Optional.empty() : Optional.of(true)).thenApply(gone -> null));
    }

    @Override
    public FabricView fabric() {
        Fabric fabric = source.fabric().orElseThrow(() -> new RefusedException(Problem.of(ProblemType.NOT_READY,
                "there is no valid configuration of the fabric")));
        List<VersionedSlice> slices = store.slices();
        Ledger ledger = Ledgers.of(slices.stream().map(VersionedSlice::slice).collect(Collectors.toList()),
                List.of()).ledger();
        return FabricViews.of(fabric, ledger, store.unreadable().entrySet().stream()
                .map(entry -> FabricProblem.of("SliceUnreadable", entry.getKey(), entry.getValue()))
                .collect(Collectors.toList()));
    }

    private static <T> CompletableFuture<T> refused(Supplier<CompletableFuture<T>> request) {
        try {
            return request.get();
        } catch (RefusedException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
