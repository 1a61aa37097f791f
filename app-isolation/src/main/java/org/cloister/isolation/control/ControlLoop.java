package org.cloister.isolation.control;

import org.cloister.isolation.api.RefusedException;
import org.cloister.isolation.config.FabricSource;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Switch;
import org.cloister.isolation.program.Compiler;
import org.cloister.isolation.store.SliceStore;
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
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration REFRESH = Duration.ofSeconds(30);
    /** Documents written in a pass change what is desired, so another pass follows, but not for ever. */
    private static final int STEPS = 8;

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final SliceStore store;
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
    private volatile boolean leading;
    private boolean wrote;
    private ScheduledFuture<?> alarm;
    private Instant alarmAt = Instant.MAX;
    private Instant refreshed = Instant.MIN;

    ControlLoop(SliceStore store, FabricSource source, Reconciler reconciler, Compiler compiler, Observer observer,
                Executor executor, Supplier<Optional<TableReader>> reader, ScheduledExecutorService thread,
                Clock clock) {
        this.store = store;
        this.source = source;
        this.reconciler = reconciler;
        this.compiler = compiler;
        this.observer = observer;
        this.executor = executor;
        this.reader = reader;
        this.thread = thread;
        this.clock = clock;
    }

    /** Says whether this node leads; from any thread. */
    void lead(boolean leader) {
        submit(() -> {
            if (leader && !leading) {
                log.info("This node decides on slices now");
                observer.clear();
                executor.clear();
                refreshed = Instant.MIN;
            } else if (!leader && leading) {
                log.info("Another node decides on slices now");
            }
            leading = leader;
            pass();
        });
    }

    boolean leading() {
        return leading;
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
            submitIn(GATHER, this::pass);
        }
    }

    private void pass() {
        queued.set(false);
        if (!leading) {
            return;
        }
        try {
            refresh();
            int steps = 0;
            do {
                wrote = false;
                step();
            } while (wrote && ++steps < STEPS);
            if (wrote) {
                wake();
            }
        } catch (RefusedException e) {
            log.warn("The store does not answer; switches are left as they are until it does", e);
            alarm(clock.instant().plus(RETRY));
        } catch (RuntimeException e) {
            log.error("A pass failed; switches are left as they are until the next one", e);
            alarm(clock.instant().plus(RETRY));
        }
    }

    /** Events may be missed; nothing is desired before everything was read once. */
    private void refresh() {
        Instant now = clock.instant();
        if (!now.isBefore(refreshed.equals(Instant.MIN) ? Instant.MIN : refreshed.plus(REFRESH))) {
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
        operations.forEach(operation -> operation.accept(this));
    }

    private Map<DeviceId, List<FlowRule>> base(Optional<Fabric> fabric) {
        return fabric.filter(Fabric::enforce).map(found -> compiler.base(found).rules()).orElse(Map.of());
    }

    @Override
    public void write(Operation.Write write) {
        if (store.replace(write.from().version(), write.next())) {
            log.info("Slice {} is {}{}", write.next().id(), write.next().state(), write.next().refusal()
                    .map(problem -> ", refused: " + problem.detail()).orElse(""));
            wrote = true;
        } else {
            log.debug("{} was changed by somebody else; looking again", write.from());
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
        alarm = submitIn(wait.isNegative() ? Duration.ZERO : wait, this::pass);
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
