package org.cloister.ocs.control;

import org.cloister.driver.ocs.session.OcsSwitch;
import org.cloister.ocs.api.CircuitRefusedException;
import org.cloister.ocs.api.DemandPhase;
import org.cloister.ocs.api.OpticalCircuit;
import org.cloister.ocs.metrics.CircuitMetrics;
import org.cloister.ocs.store.CircuitStore;
import org.cloister.ocs.store.Stored;
import org.cloister.ocs.store.StoredDebt;
import org.cloister.ocs.store.StoredDemand;
import org.cloister.ocs.store.StoredMade;
import org.cloister.ocs.store.StoredQuarantine;
import org.cloister.runtime.Wakeups;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * Compares what is demanded with what is seen after everything that may have changed either, and has the difference
 * carried out. One thread; what decides, on the leader only; wake-ups that follow each other closely are one pass.
 */
final class ControlLoop implements Operation.Visitor {

    private static final Duration RETRY = Duration.ofSeconds(1);
    /** How often everything is read anew, for what events may have missed. */
    private static final Duration REFRESH = Duration.ofSeconds(30);
    /** Documents written in a pass change what is to be done next, so another look follows, but not for ever. */
    private static final int STEPS = 8;

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final Services services;
    private final CircuitStore store;
    private final Clock clock;
    private final CircuitMetrics metrics;
    private final Transitions transitions;
    private final Runnable changed;
    private final Wakeups wakeups;
    private final Flights flights;
    private final Mastership mastership;
    private final News news = new News();
    /** Since when something is wrong with an owner's circuits, which may pass. */
    private final Map<String, Instant> troubled = new TreeMap<>();
    private final Set<String> stillTroubled = new HashSet<>();
    private OptionalLong leading = OptionalLong.empty();
    private Instant led = Instant.EPOCH;
    /** Whether earlier leaders can do no more, and all that they did is known. */
    private boolean fenced;
    private boolean wrote;
    private boolean told;
    private boolean ailing;
    private volatile boolean heard;
    private Instant refreshed = Instant.EPOCH;

    /** Creates a loop that says on the control thread that demands or the view have changed. */
    ControlLoop(Services services, CircuitStore store, Runnable changed) {
        this.services = services;
        this.store = store;
        this.clock = services.clock();
        this.metrics = services.metrics();
        this.transitions = new Transitions(metrics);
        this.changed = changed;
        this.wakeups = new Wakeups(services.control(), clock, this::pass);
        this.flights = new Flights(services.sessions(), services.control(), clock, wakeups::now);
        this.mastership = new Mastership(services);
    }

    /** Says in which term this node leads, if it does; from any thread. */
    void lead(OptionalLong term) {
        wakeups.run(() -> {
            if (!term.equals(leading)) {
                log.info("{}", term.isPresent() ? "This node decides on circuits, in term " + term.getAsLong()
                        : "This node does not decide on circuits");
                leading = term;
                led = clock.instant();
                fenced = false;
                flights.clear();
                troubled.clear();
                metrics.leads(term.isPresent());
            }
            pass();
        });
    }

    /** Has everything compared at once; from any thread. */
    void wake() {
        wakeups.now();
    }

    /** Has everything compared after a moment in which more may happen; from any thread. */
    void wakeSoon() {
        wakeups.soon();
    }

    /** Has users told of a change of what is kept, and everything compared; from any thread. */
    void storeChanged() {
        heard = true;
        wakeups.now();
    }

    private void pass() {
        Map<String, OcsSwitch> switches = services.sessions().switches();
        boolean changes = news.isNews(switches) | heard;
        heard = false;
        if (leading.isPresent()) {
            changes |= decide();
        }
        if (changes) {
            changed.run();
        }
    }

    private boolean decide() {
        Instant began = clock.instant();
        told = false;
        boolean done = false;
        try {
            if (!takeOver()) {
                log.warn("This node was elected to decide on circuits, but a later term is noted; it does not");
                wakeups.at(clock.instant().plus(RETRY));
                return told;
            }
            refresh();
            steps();
            ailing = false;
            done = true;
        } catch (RuntimeException | LinkageError e) {
            ail(e);
            wakeups.at(clock.instant().plus(RETRY));
        } finally {
            metrics.pass(Duration.between(began, clock.instant()), !done);
        }
        return told;
    }

    private void steps() {
        int steps = 0;
        do {
            wrote = false;
            step();
        } while (fenced && wrote && ++steps < STEPS);
        if (wrote || !fenced) {
            wakeups.soon();
        }
    }

    /** Says once, not with every attempt, that nothing is done. */
    private void ail(Throwable cause) {
        if (ailing) {
            log.debug("Circuits are left as they are", cause);
        } else if (cause instanceof CircuitRefusedException) {
            log.warn("Circuits are left as they are, tried again every {} s: {}", RETRY.toSeconds(),
                    cause.getMessage());
        } else {
            log.error("Circuits are left as they are, tried again every {} s", RETRY.toSeconds(), cause);
        }
        ailing = true;
        if (cause instanceof CircuitRefusedException) {
            // what was written may have taken place all the same: it is read before anything else is decided
            fenced = false;
            metrics.storeError();
        }
    }

    private boolean takeOver() {
        if (!fenced) {
            if (!store.fence().takeOver(services.local().toString(), leading.getAsLong())) {
                return false;
            }
            store.refresh();
            refreshed = clock.instant();
            fenced = true;
            told = true;
        }
        return true;
    }

    private void refresh() {
        if (!clock.instant().isBefore(refreshed.plus(REFRESH))) {
            store.refresh();
            refreshed = clock.instant();
        }
        wakeups.at(refreshed.plus(REFRESH));
    }

    private void step() {
        Instant now = clock.instant();
        Map<String, OcsSwitch> switches = services.sessions().switches();
        if (mastership.claim(switches, now)) {
            wakeups.at(now.plus(RETRY));
        }
        Desired desired = Desired.heard(store);
        Map<String, FlightReport> reports = flights.reports();
        Observed observed = new Observed(Switches.facts(switches, desired.made(), true), services.fibres().get(),
                services.packets(), reports, troubled, leading.getAsLong(), led);
        List<Operation> operations = Reconciler.reconcile(desired, observed, services.limits().get(), now);
        tell(desired);
        stillTroubled.clear();
        if (operations.stream().anyMatch(Operation::changes) && !store.fence().holds(leading.getAsLong())) {
            fenced = false; // deposed, and not told of it: whoever leads now decides
            return;
        }
        operations.forEach(operation -> operation.accept(this));
        troubled.keySet().retainAll(stillTroubled);
        reports.forEach((owner, report) -> {
            boolean over = !report.isRecent(now) && !desired.demands().containsKey(owner)
                    && desired.debts().keySet().stream().noneMatch(owner::endsWith);
            if (over) {
                flights.forget(owner);
            }
        });
    }

    private void tell(Desired desired) {
        Map<DemandPhase, Integer> phases = new EnumMap<>(DemandPhase.class);
        desired.demands().values().forEach(demand -> phases.merge(demand.value().phase(), 1, Integer::sum));
        metrics.demands(phases);
        metrics.quarantined(desired.quarantine().size());
    }

    @Override
    public void write(Stored<StoredDemand> from, StoredDemand next) {
        if (store.demands().replace(next.owner(), from.version(), next)) {
            transitions.tell(from.value(), next);
        }
        // somebody else's change is looked at as well
        written();
    }

    private void written() {
        wrote = true;
        told = true;
    }

    @Override
    public void drop(Stored<StoredDemand> demand) {
        if (store.demands().remove(demand.value().owner(), demand.version())) {
            log.info("{} wants no circuits any more", demand.value().owner());
        }
        written();
    }

    @Override
    public void fly(FlightOrder order) {
        flights.start(order, services.limits().get());
    }

    @Override
    public void quarantine(StoredQuarantine port) {
        if (store.quarantine().create(StoredQuarantine.key(port.opticalSwitch(), port.port()), port)) {
            log.warn("Port {} of {} is quarantined: {}", port.port(), port.opticalSwitch(), port.reason());
        }
        written();
    }

    @Override
    public void endQuarantine(Stored<StoredQuarantine> port) {
        StoredQuarantine ended = port.value();
        if (store.quarantine().remove(StoredQuarantine.key(ended.opticalSwitch(), ended.port()), port.version())) {
            log.info("Port {} of {} is not quarantined any more, for its circuit works", ended.port(),
                    ended.opticalSwitch());
        }
        written();
    }

    @Override
    public void owe(String key, StoredDebt debt) {
        store.debts().create(key, debt);
        log.warn("{} is told to undo {} when it can be told: remove {}, make {} again", debt.opticalSwitch(), debt.owner(),
                debt.made(), debt.displaced());
        written();
    }

    @Override
    public void pay(String key, Stored<StoredDebt> debt) {
        if (store.debts().remove(key, debt.version())) {
            log.info("{} owes nothing for {} any more", debt.value().opticalSwitch(), debt.value().owner());
        }
        written();
    }

    @Override
    public void note(String opticalSwitch, SortedSet<OpticalCircuit> made) {
        Optional<Stored<StoredMade>> at = store.made().heard(opticalSwitch);
        if (at.isPresent() ? !store.made().replace(opticalSwitch, at.get().version(), StoredMade.of(made))
                : !store.made().create(opticalSwitch, StoredMade.of(made))) {
            throw new CircuitRefusedException(CircuitRefusedException.Reason.STORE,
                    "the circuits of ours on " + opticalSwitch + " were noted by somebody else");
        }
    }

    @Override
    public void troubled(String owner) {
        stillTroubled.add(owner);
        troubled.putIfAbsent(owner, clock.instant());
    }

    @Override
    public void undecidable(String owner, RuntimeException cause) {
        log.error("Circuits of {} are left as they are, for nothing can be decided for what is stored", owner, cause);
    }

    @Override
    public void wake(Instant at) {
        wakeups.at(at);
    }
}
