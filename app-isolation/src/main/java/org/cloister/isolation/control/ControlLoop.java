package org.cloister.isolation.control;

import org.cloister.isolation.api.RefusedException;
import org.cloister.isolation.config.FabricSource;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Switch;
import org.cloister.isolation.program.Compiler;
import org.cloister.isolation.store.AllocationJournal;
import org.cloister.isolation.store.SliceStore;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Compares what is desired with what is observed after everything that may have changed either, and has the
 * difference carried out. One thread, on the leader only; wake-ups that follow each other closely are one pass.
 */
final class ControlLoop implements Operation.Visitor {

    /** Events about rules come by the hundred; they are looked at together. */
    private static final Duration GATHER = Duration.ofMillis(5);
    private static final Duration GATHER_LONGEST = Duration.ofMillis(200);
    /** Reads that nobody waits for bring news rarely. */
    private static final Duration UNHURRIED = Duration.ofSeconds(1);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration REFRESH = Duration.ofSeconds(30);
    /** Documents written in a pass change what is desired, so another pass follows, but not for ever. */
    private static final int STEPS = 8;

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final SliceStore store;
    private final AllocationJournal journal;
    private final FabricSource source;
    private final Reconciler reconciler;
    private final Compiler compiler;
    private final Observer observer;
    private final Executor executor;
    private final Supplier<Optional<TableReader>> reader;
    private final ScheduledExecutorService thread;
    private final Clock clock;
    private final Reads reads = new Reads();
    private final AtomicBoolean queued = new AtomicBoolean();
    private final AtomicBoolean queuedUnhurried = new AtomicBoolean();
    private volatile Set<DeviceId> awaited = Set.of();
    private volatile Duration gather = GATHER;
    private volatile Optional<String> leading = Optional.empty();
    /** Whether earlier leaders can allocate no more, and all that they did is known. */
    private boolean fenced;
    private boolean wrote;
    private boolean ailing;
    private ScheduledFuture<?> alarm;
    private Instant alarmAt = Instant.MAX;
    private Instant refreshed = Instant.EPOCH;

    ControlLoop(Services services, AllocationJournal journal, Reconciler reconciler, Compiler compiler,
                Observer observer) {
        this.store = services.store();
        this.source = services.fabric();
        this.reader = services.reader();
        this.thread = services.control();
        this.clock = services.clock();
        this.journal = journal;
        this.reconciler = reconciler;
        this.compiler = compiler;
        this.observer = observer;
        this.executor = new Executor(services, this::ended);
    }

    /**
     * Says whether this node leads; from any thread.
     *
     * @param term this node's name as the leader, another one each time it becomes that; empty if it does not lead
     */
    void lead(Optional<String> term) {
        submit(() -> {
            if (!term.equals(leading)) {
                log.info("{}", term.map(name -> "This node decides on slices as " + name)
                        .orElse("This node does not decide on slices"));
                observer.clear();
                executor.clear();
                fenced = false;
                leading = term;
            }
            pass();
        });
    }

    boolean leading() {
        return leading.isPresent();
    }

    /** Has everything compared soon; from any thread. */
    void wake() {
        if (queued.compareAndSet(false, true)) {
            submit(this::pass);
        }
    }

    /** Has everything compared after a moment in which more may happen; from any thread. */
    void wakeSoon() {
        if (queued.compareAndSet(false, true)) {
            submitIn(gather, this::pass);
        }
    }

    /** Has everything compared because a device was read: soon if something waits for that; from any thread. */
    void wakeAfterRead(DeviceId device) {
        if (awaited.contains(device)) {
            wakeSoon();
        } else if (queuedUnhurried.compareAndSet(false, true)) {
            submitIn(UNHURRIED, this::pass);
        }
    }

    private void pass() {
        queued.set(false);
        queuedUnhurried.set(false);
        if (leading.isEmpty()) {
            return;
        }
        Instant began = clock.instant();
        try {
            takeOver(leading.get());
            refresh();
            int steps = 0;
            do {
                wrote = false;
                step();
            } while (wrote && ++steps < STEPS);
            if (wrote) {
                wake();
            }
            if (ailing) {
                log.info("Switches are looked after again");
                ailing = false;
            }
        } catch (RuntimeException e) {
            ail(e);
            alarm(clock.instant().plus(RETRY));
        }
        gather = gather(Duration.between(began, clock.instant()));
    }

    /** Passes take half of the time at most, however much happens. */
    private static Duration gather(Duration took) {
        return took.compareTo(GATHER) < 0 ? GATHER : took.compareTo(GATHER_LONGEST) > 0 ? GATHER_LONGEST : took;
    }

    /** Says once, not with every attempt, that nothing is done. */
    private void ail(RuntimeException cause) {
        if (ailing) {
            log.debug("Switches are left as they are", cause);
        } else if (cause instanceof RefusedException) {
            log.warn("Switches are left as they are, tried again every {} s: {}", RETRY.toSeconds(),
                    cause.getMessage());
        } else {
            log.error("Switches are left as they are, tried again every {} s", RETRY.toSeconds(), cause);
        }
        ailing = true;
    }

    private void takeOver(String term) {
        if (!fenced) {
            journal.takeOver(term);
            store.refresh();
            refreshed = clock.instant();
            fenced = true;
        }
    }

    /** Events may be missed. */
    private void refresh() {
        Instant now = clock.instant();
        if (!now.isBefore(refreshed.plus(REFRESH))) {
            store.refresh();
            refreshed = now;
        }
        alarm(refreshed.plus(REFRESH));
    }

    private void step() {
        Optional<Fabric> fabric = source.fabric();
        List<VersionedSlice> slices = store.heard();
        Set<DeviceId> devices = fabric.map(found -> found.switches().values().stream().map(Switch::device)
                .collect(Collectors.toSet())).orElse(Set.of());
        Observed observed = observer.observe(devices, base(fabric), executor);
        List<Operation> operations = reconciler.reconcile(
                new Desired(slices, store.unreadable().keySet()), observed, fabric, clock.instant());
        if (!operations.isEmpty()) {
            log.debug("{}", operations);
        }
        awaited = operations.stream().filter(Operation.Read.class::isInstance)
                .map(operation -> ((Operation.Read) operation).device()).collect(Collectors.toSet());
        operations.forEach(operation -> operation.accept(this));
    }

    private Map<DeviceId, List<FlowRule>> base(Optional<Fabric> fabric) {
        return fabric.filter(Fabric::enforce).map(found -> compiler.base(found).rules()).orElse(Map.of());
    }

    private void ended(DeviceId device, Set<Integer> tags) {
        observer.touched(device, tags);
        wake();
    }

    @Override
    public void allocate(Operation.Allocate allocate) {
        boolean written = journal.allocate(allocate.from(), allocate.next());
        fenced = journal.held();
        written(written, allocate.next());
    }

    @Override
    public void write(Operation.Write write) {
        written(store.replace(write.from().version(), write.next()), write.next());
    }

    private void written(boolean written, StoredSlice next) {
        if (written) {
            log.info("Slice {} is {}{}", next.id(), next.state(), next.refusal()
                    .map(problem -> ", refused: " + problem.detail()).orElse(""));
            wrote = true;
        } else {
            log.debug("Slice {} was changed by somebody else; looking again", next.id());
            wakeSoon();
        }
    }

    @Override
    public void drop(Operation.Drop drop) {
        if (store.remove(drop.slice().id(), drop.slice().version())) {
            log.info("Slice {} is gone", drop.slice().id());
            wrote = true;
        } else {
            wakeSoon();
        }
    }

    @Override
    public void apply(Operation.Apply apply) {
        reads.sent(apply.device());
        executor.apply(apply);
    }

    @Override
    public void read(Operation.Read read) {
        reader.get().flatMap(asked -> reads.ask(read.device(), observer.reads(read.device()), asked, clock.instant()))
                .ifPresent(this::alarm);
    }

    @Override
    public void wake(Operation.Wake wake) {
        alarm(wake.at());
    }

    /** Has everything compared at a time at the latest. */
    private void alarm(Instant at) {
        if (alarm != null && !alarm.isDone() && !alarmAt.isAfter(at)) {
            return;
        }
        if (alarm != null) {
            alarm.cancel(false);
        }
        alarmAt = at;
        Duration wait = Duration.between(clock.instant(), at);
        // rounded up: a pass before the time would find nothing to do
        alarm = submitIn(wait.isNegative() ? Duration.ZERO : wait.plusMillis(1), this::pass);
    }

    private void submit(Runnable task) {
        submitIn(Duration.ZERO, task);
    }

    private ScheduledFuture<?> submitIn(Duration wait, Runnable task) {
        try {
            return thread.schedule(task, wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("Stopped; {} is not looked at any more", task);
            return null;
        }
    }
}
