package org.cloister.isolation.control;

import org.cloister.isolation.api.FabricView.FabricProblem;
import org.cloister.isolation.api.Purge;
import org.cloister.isolation.api.RefusedException;
import org.cloister.isolation.config.FabricSource;
import org.cloister.isolation.control.environment.Limits;
import org.cloister.isolation.control.environment.MeterReader;
import org.cloister.isolation.control.environment.ReadBack;
import org.cloister.isolation.control.environment.Services;
import org.cloister.isolation.control.environment.StoreSilence;
import org.cloister.isolation.control.environment.TableReader;
import org.cloister.isolation.control.lifecycle.Purging;
import org.cloister.isolation.control.observed.Observed;
import org.cloister.isolation.control.plan.Desired;
import org.cloister.isolation.control.plan.Operation;
import org.cloister.isolation.control.requests.Drains;
import org.cloister.isolation.control.southbound.CircuitExecutor;
import org.cloister.isolation.control.southbound.Executor;
import org.cloister.isolation.control.southbound.MeterExecutor;
import org.cloister.isolation.control.southbound.MeterObserver;
import org.cloister.isolation.control.southbound.Observer;
import org.cloister.isolation.control.southbound.Reads;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Switch;
import org.cloister.isolation.metrics.ControlMetrics;
import org.cloister.isolation.store.AllocationJournal;
import org.cloister.isolation.store.SettingsStore;
import org.cloister.isolation.store.SliceStore;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;
import org.cloister.runtime.Wakeups;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Compares what is desired with what is observed after everything that may have changed either, and has the
 * difference carried out. One thread, on the leader only; wake-ups that follow each other closely are one pass.
 */
final class ControlLoop implements Operation.Visitor {

    private static final Duration RETRY = Duration.ofSeconds(1);
    /** How often a node that was elected asks again whether it may decide. */
    private static final Duration AGAIN = Duration.ofSeconds(10);
    /** How many passes may fail in a row until slices cannot be asked for. */
    private static final int FAILURES = 3;
    private static final Duration REFRESH = Duration.ofSeconds(30);
    /** Documents written in a pass change what is desired, so another pass follows, but not for ever. */
    private static final int STEPS = 8;

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final Services services;
    private final SliceStore store;
    private final AllocationJournal journal;
    private final FabricSource source;
    private final SettingsStore settings;
    private final Reconciler reconciler;
    private final Purging purging;
    private final Observer observer;
    private final Executor executor;
    private final MeterObserver meterObserver;
    private final MeterExecutor meterExecutor;
    private final MeterReader meterReader;
    private final CircuitExecutor circuits;
    private final Supplier<Optional<TableReader>> reader;
    private final Supplier<ReadBack> readBack;
    private final Clock clock;
    private final ControlMetrics metrics;
    private final Transitions transitions;
    private final Limits limits;
    private final String local;
    private final Wakeups wakeups;
    private final Reads reads = new Reads();
    private final Reads meterReads = new Reads();
    /** Devices that something waits to be read. */
    private volatile Set<DeviceId> awaited = Set.of();
    private volatile List<FabricProblem> problems = List.of();
    /** The term in which this node leads. */
    private volatile OptionalLong leading = OptionalLong.empty();
    /** Since when. */
    private Instant began = Instant.EPOCH;
    /** Whether earlier leaders can allocate no more, and all that they did is known. */
    private boolean fenced;
    /** Since when decisions are carried out without a break. */
    private Instant decidedSince = Instant.MIN;
    private boolean wrote;
    private boolean ailing;
    /** How many passes have failed in a row. */
    private volatile int failures;
    /** This node was elected, but the journal knows a later term. */
    private volatile boolean outranked;
    private Instant again = Instant.MIN;
    private Instant refreshed = Instant.EPOCH;

    ControlLoop(Services services, AllocationJournal journal, Reconciler reconciler, Purging purging, Observer observer,
                MeterObserver meterObserver) {
        this.services = services;
        this.store = services.store();
        this.source = services.fabric();
        this.settings = services.settings();
        this.reader = services.reader();
        this.readBack = services.readBack();
        this.clock = services.clock();
        this.metrics = services.metrics();
        this.transitions = new Transitions(metrics);
        this.limits = services.limits();
        this.local = services.local().toString();
        this.journal = journal;
        this.reconciler = reconciler;
        this.purging = purging;
        this.observer = observer;
        this.meterObserver = meterObserver;
        this.executor = new Executor(services, this::ended, observer::shows, this::leads);
        this.meterExecutor = new MeterExecutor(services, this::metersChanged);
        this.meterReader = services.meterReader();
        this.circuits = new CircuitExecutor(services);
        this.wakeups = new Wakeups(services.control(), services.clock(), this::pass);
    }

    /**
     * Says whether this node leads; from any thread.
     *
     * @param term counts the leaders of the cluster; empty if this node is none
     */
    void lead(OptionalLong term) {
        wakeups.run(() -> {
            outranked = false;
            if (!term.equals(leading)) {
                follow(term);
            }
            pass();
        });
    }

    private void follow(OptionalLong term) {
        log.info("{}", term.isPresent() ? "This node decides on slices, in term " + term.getAsLong()
                : "This node does not decide on slices");
        observer.clear();
        executor.clear();
        meterObserver.clear();
        meterExecutor.clear();
        circuits.clear();
        fenced = false;
        decidedSince = clock.instant();
        problems = List.of();
        leading = term;
        began = clock.instant();
        metrics.leads(term.isPresent());
    }

    /** Has everything compared at once; from any thread. */
    void wake() {
        wakeups.now();
    }

    /** Has everything compared after a moment in which more may happen; from any thread. */
    void wakeSoon() {
        wakeups.soon();
    }

    /** Has everything compared because a device was read: soon if something waits for that; from any thread. */
    void wakeAfterRead(DeviceId device) {
        if (awaited.contains(device)) {
            wakeups.soon();
        } else {
            wakeups.later();
        }
    }

    /**
     * Has the meters of a device read, so that ONOS finds out at once which ones the switch has lost and puts them
     * back; from any thread, and on any node: only the master of a device can ask it.
     */
    void readMeters(DeviceId device) {
        wakeups.run(() -> ask(device));
    }

    /** Returns what is wrong with switches, as far as this node knows: only the leader does. */
    List<FabricProblem> problems() {
        return problems;
    }

    /** Returns why nothing is decided on this node although it should be, in words that name nothing. */
    Optional<String> trouble() {
        if (outranked) {
            return Optional.of("the node that was elected to decide on slices may not, for a later term is noted");
        }
        return leading.isPresent() && failures >= FAILURES
                ? Optional.of("what decides on slices fails again and again; the log says why") : Optional.empty();
    }

    /** Asks again whether this node may decide: no event tells of it. */
    private void retry() {
        Instant now = clock.instant();
        if (!now.isBefore(again)) {
            again = now.plus(AGAIN);
            try {
                OptionalLong term = Wakers.term(services);
                outranked = term.isPresent() && !journal.takeOver(local, term.getAsLong());
                if (term.isPresent() && !outranked) {
                    follow(term);
                    return;
                }
            } catch (RefusedException e) {
                log.debug("Whether this node may decide on slices is not known", e);
            }
        }
        if (outranked) {
            wakeups.at(again);
        }
    }

    private void pass() {
        if (outranked) {
            retry();
        }
        if (leading.isEmpty()) {
            return;
        }
        Instant began = clock.instant();
        boolean done = false;
        try {
            if (!takeOver(leading.getAsLong())) {
                follow(OptionalLong.empty());
                outranked = true;
                again = clock.instant().plus(AGAIN);
                wakeups.at(again);
                return;
            }
            refresh();
            if (ailing) {
                decidedSince = began;
            }
            int steps = 0;
            do {
                wrote = false;
                step();
            } while (fenced && wrote && ++steps < STEPS);
            if (wrote || !fenced) {
                wake();
            }
            if (ailing) {
                log.info("Switches are looked after again");
                ailing = false;
            }
            failures = 0;
            done = true;
        } catch (RuntimeException | LinkageError e) {
            ail(e);
            wakeups.at(clock.instant().plus(RETRY));
        } finally {
            metrics.pass(Duration.between(began, clock.instant()), !done);
        }
    }

    /** Says once, not with every attempt, that nothing is done. */
    private void ail(Throwable cause) {
        if (ailing) {
            log.debug("Switches are left as they are", cause);
        } else if (cause instanceof RefusedException) {
            log.warn("Switches are left as they are, tried again every {} s: {}", RETRY.toSeconds(),
                    cause.getMessage());
        } else {
            log.error("Switches are left as they are, tried again every {} s", RETRY.toSeconds(), cause);
        }
        ailing = true;
        failures = Math.min(FAILURES, failures + 1);
        if (StoreSilence.caused(cause)) {
            metrics.storeError();
        }
    }

    /** Returns false if another node leads by now, which this one has not heard of yet. */
    private boolean takeOver(long term) {
        if (!fenced) {
            if (!journal.takeOver(local, term)) {
                return false;
            }
            store.refresh();
            services.drains().drains();
            refreshed = clock.instant();
            fenced = true;
        }
        return true;
    }

    /** Events may be missed. */
    private void refresh() {
        Instant now = clock.instant();
        if (!now.isBefore(refreshed.plus(REFRESH))) {
            store.refresh();
            services.drains().drains();
            settings.purge();
            refreshed = now;
        }
        wakeups.at(refreshed.plus(REFRESH));
    }

    private void step() {
        Optional<Purge> purge = settings.heardPurge();
        Optional<Fabric> fabric = source.fabric()
                .map(found -> purge.isPresent() ? purging.enforced(found) : found);
        List<VersionedSlice> slices = store.heard();
        Set<DeviceId> devices = fabric.map(found -> found.switches().values().stream().map(Switch::device)
                .collect(Collectors.toSet())).orElse(Set.of());
        Map<DeviceId, List<FlowRule>> base = fabric.filter(Fabric::enforce)
                .map(found -> reconciler.base(found).rules()).orElse(Map.of());
        Optional<TableReader> asked = reader.get();
        Observed observed = observer.observe(devices, base, executor,
                        device -> asked.filter(each -> each.reaches(device)).isPresent())
                .with(meterObserver.observe(devices, meterExecutor)).with(circuits.observe(slices.stream()
                        .map(VersionedSlice::id).collect(Collectors.toSet()))).since(began);
        observer.next().ifPresent(wakeups::at);
        wakeups.at(meterObserver.next());
        Desired desired = new Desired(slices, store.unreadable().keySet(), Drains.heard(services),
                decidedSince);
        List<Operation> operations = purge.isPresent() && fabric.isPresent()
                ? purging.plan(purge.get(), desired, observed, fabric.get(), clock.instant())
                : reconciler.reconcile(desired, observed, fabric, clock.instant());
        problems = fabric.map(found -> SwitchProblems.of(found, observed, limits.attempts())).orElse(List.of());
        fabric.ifPresent(found -> Figures.tell(metrics, slices, found, observed));
        if (!operations.isEmpty()) {
            log.debug("{}", operations);
        }
        awaited = operations.stream().filter(Operation.Read.class::isInstance)
                .map(operation -> ((Operation.Read) operation).device()).collect(Collectors.toSet());
        if (operations.stream().anyMatch(Operation::changes) && !journal.confirm()) {
            // deposed, and not told of it: whoever leads now decides
            fenced = false;
            return;
        }
        for (Operation operation : operations) {
            operation.accept(this);
            if (!fenced) {
                return; // deposed meanwhile: nothing more is sent before this node has taken over again, if it can
            }
        }
    }

    private void ended(DeviceId device, Collection<FlowRule> rules) {
        observer.touched(device, rules);
        wake();
    }

    /** What cannot be asked is not so: what is left undone now is found by the next pass that can. */
    private boolean leads() {
        try {
            return journal.confirm();
        } catch (RefusedException e) {
            log.debug("Whether this node still leads is not known", e);
            return false;
        }
    }

    private void metersChanged() {
        meterObserver.changed();
        wake();
    }

    @Override
    public void allocate(Operation.Allocate allocate) {
        // if this throws it may have taken place all the same: everything is read before anything else is decided
        fenced = false;
        boolean written = journal.allocate(allocate.from(), allocate.next());
        fenced = journal.held();
        written(written, allocate.from(), allocate.next());
    }

    @Override
    public void write(Operation.Write write) {
        written(store.replace(write.from().version(), write.next()), write.from(), write.next());
    }

    private void written(boolean written, VersionedSlice from, StoredSlice next) {
        if (written) {
            transitions.tell(from.slice(), next, clock.instant());
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
    public void demand(Operation.Demand demand) {
        circuits.demand(demand);
        wakeSoon();
    }

    @Override
    public void apply(Operation.Apply apply) {
        reads.sent(apply.device());
        executor.apply(apply);
    }

    @Override
    public void meter(Operation.Meter meter) {
        meterReads.sent(meter.device());
        meterExecutor.apply(meter);
    }

    @Override
    public void readMeters(Operation.ReadMeters read) {
        ask(read.device()).ifPresent(wakeups::at);
    }

    private Optional<Instant> ask(DeviceId device) {
        return meterReads.ask(device, meterReader.answers(device), meterReader::read, clock.instant());
    }

    @Override
    public void read(Operation.Read read) {
        reader.get().filter(each -> read.urgent() || readBack.get() == ReadBack.BARRIER)
                .flatMap(asked -> reads.ask(read.device(), observer.reads(read.device()), asked::read, clock.instant()))
                .ifPresent(wakeups::at);
    }

    @Override
    public void wake(Operation.Wake wake) {
        wakeups.at(wake.at());
    }
}
