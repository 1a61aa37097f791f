package org.cloister.driver.ocs.behaviour;

import org.cloister.driver.ocs.session.CircuitHolds;
import org.cloister.driver.ocs.session.CircuitNames;
import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.driver.ocs.session.CircuitState;
import org.cloister.driver.ocs.session.CircuitStatus;
import org.cloister.driver.ocs.session.OcsException;
import org.cloister.driver.ocs.session.OcsSession;
import org.cloister.driver.ocs.session.OcsSessions;
import org.cloister.driver.ocs.session.PortState;
import org.cloister.driver.ocs.session.Snapshot;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.DefaultFlowEntry;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The flow rules of one switch as a view on its circuits. Nothing is thrown to ONOS where it applies or removes rules:
 * it would never complete the batch. What is not done is logged, and missing among what is returned.
 */
final class SwitchRules {

    /** How long a switch may take to be read. */
    static final Duration READ = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(SwitchRules.class);
    /** How many are remembered; forgotten ones are logged again. */
    private static final int MOST_COMPLAINTS = 1_000;

    private final String name;
    private final DeviceId device;
    private final ApplicationId application;
    private final Supplier<RuleTable> table;
    private final Supplier<Optional<OcsSession>> session;
    private final Supplier<Optional<CircuitHolds>> holds;
    private final CircuitQueue queue;
    private final Duration patience;
    /** Made for rules since ONOS started. */
    private final Set<CircuitPorts> made = ConcurrentHashMap.newKeySet();
    /** What was refused, so that ONOS, which asks every half minute, does not fill the log. */
    private final Set<String> complaints = ConcurrentHashMap.newKeySet();

    SwitchRules(String name, ApplicationId application, Supplier<RuleTable> table,
                Supplier<Optional<OcsSession>> session, Supplier<Optional<CircuitHolds>> holds, CircuitQueue queue,
                Duration patience) {
        this.name = name;
        this.device = OcsSessions.device(name);
        this.application = application;
        this.table = table;
        this.session = session;
        this.holds = holds;
        this.queue = queue;
        this.patience = patience;
    }

    /**
     * Returns two rules for every circuit through which light passes, as far as the switch tells: the rules that ONOS
     * has for it, or some that nobody wrote. A circuit that is pending or broken is none yet, or none any more.
     *
     * @throws IllegalStateException if the switch cannot be read: an empty table would have ONOS install all again
     */
    Collection<FlowEntry> entries() {
        Snapshot snapshot = snapshot();
        RuleTable rules = table.get();
        List<FlowEntry> entries = new ArrayList<>();
        for (CircuitState circuit : snapshot.circuits().values()) {
            if (passes(circuit.status())) {
                Passage there = passage(snapshot, circuit.ports());
                entries.addAll(entries(rules, there));
                entries.addAll(entries(rules, there.reverse()));
            }
        }
        return entries;
    }

    /** Makes the circuits whose two rules are there; those with one alone are taken, and wait for the other. */
    Collection<FlowRule> apply(Collection<FlowRule> rules) {
        Map<FlowRule, Passage> passages = passages(rules);
        Optional<Snapshot> shown = shown("apply rules");
        if (shown.isEmpty()) {
            return List.of();
        }
        Snapshot snapshot = shown.get();
        RuleTable held = table.get();
        List<FlowRule> applied = new ArrayList<>();
        Map<FlowRule, CircuitPorts> circuits = new LinkedHashMap<>();
        passages.forEach((rule, passage) -> circuit(snapshot, passage).ifPresent(circuit -> {
            if (rule.appId() == application.id()) {
                // nobody wrote it: ONOS imported what was shown of a circuit, and misses it now that the circuit is gone
                if (snapshot.circuits().containsKey(circuit)) {
                    applied.add(rule);
                }
            } else if (held.wants(passage.reverse()) || passages.containsValue(passage.reverse())) {
                circuits.put(rule, circuit);
            } else {
                // light passes both ways or not at all
                applied.add(rule);
            }
        }));
        applied.addAll(make(snapshot, held, circuits));
        return applied;
    }

    /** Removes the circuits of rules that somebody asked to have removed. */
    Collection<FlowRule> remove(Collection<FlowRule> rules) {
        Map<FlowRule, Passage> passages = passages(rules);
        RuleTable held = table.get();
        // ONOS asks to have removed what it does not know, too: that is not somebody's wish
        passages.values().removeIf(passage -> !held.givesUp(passage) && !held.wants(passage));
        if (passages.isEmpty()) {
            return List.of();
        }
        Optional<Snapshot> shown = shown("remove rules");
        if (shown.isEmpty()) {
            return List.of();
        }
        Snapshot snapshot = shown.get();
        List<FlowRule> removed = new ArrayList<>();
        Map<FlowRule, CircuitPorts> circuits = new LinkedHashMap<>();
        passages.forEach((rule, passage) -> {
            CircuitPorts ports = circuit(snapshot, passage).orElse(null);
            CircuitState circuit = ports == null ? null : snapshot.circuits().get(ports);
            if (circuit == null || held.wants(passage)) {
                // it is gone, or another rule says the same
                removed.add(rule);
                return;
            }
            Optional<String> refusal = refusal(circuit);
            if (refusal.isEmpty()) {
                circuits.put(rule, ports);
            } else {
                complain("circuit " + ports + " is not removed with rule " + passage + ": " + refusal.get());
            }
        });
        Set<CircuitPorts> deletes = new TreeSet<>(circuits.values());
        if (!deletes.isEmpty() && carriedOut(queue.ask(deletes, Set.of()), "removing " + deletes).isPresent()) {
            made.removeAll(deletes);
            removed.addAll(circuits.keySet());
        }
        return removed;
    }

    private List<FlowRule> make(Snapshot snapshot, RuleTable held, Map<FlowRule, CircuitPorts> circuits) {
        List<FlowRule> applied = new ArrayList<>();
        Set<CircuitPorts> creates = new TreeSet<>();
        Set<CircuitPorts> deletes = new TreeSet<>();
        for (CircuitPorts wanted : new TreeSet<>(circuits.values())) {
            CircuitState there = snapshot.circuits().get(wanted);
            if (there != null && there.status() != CircuitStatus.PENDING) {
                continue;
            }
            Set<CircuitPorts> inTheWay = new TreeSet<>();
            Optional<String> obstacle = obstacle(snapshot, held, wanted, inTheWay);
            if (obstacle.isPresent()) {
                complain("circuit " + wanted + " is not made: " + obstacle.get());
            } else {
                creates.add(wanted);
                deletes.addAll(inTheWay);
            }
        }
        Map<CircuitPorts, CircuitState> states = new HashMap<>(snapshot.circuits());
        if (!creates.isEmpty()) {
            carriedOut(queue.ask(deletes, creates), "making " + creates).ifPresent(done -> {
                made.removeAll(deletes);
                creates.stream().filter(circuit -> !snapshot.circuits().containsKey(circuit)).forEach(made::add);
                states.putAll(done);
            });
        }
        circuits.forEach((rule, circuit) -> {
            CircuitState state = states.get(circuit);
            if (state != null && passes(state.status())) {
                applied.add(rule);
                complaints.clear();
            } else if (state != null) {
                complain("circuit " + circuit + " is " + state.status() + state.reason().map(why -> ": " + why)
                        .orElse(""));
            }
        });
        return applied;
    }

    /** Returns what keeps a circuit from being made; collects circuits that were given up and are in its way. */
    private Optional<String> obstacle(Snapshot snapshot, RuleTable held, CircuitPorts wanted,
                                      Set<CircuitPorts> inTheWay) {
        for (CircuitState other : snapshot.circuits().values()) {
            if (!other.ports().meets(wanted) || other.ports().equals(wanted)) {
                continue;
            }
            Optional<String> refusal = isGivenUp(snapshot, held, other.ports()) ? refusal(other)
                    : Optional.of("nobody asked to have it removed");
            if (refusal.isPresent()) {
                return Optional.of("circuit " + other.ports() + " is in its way, and " + refusal.get());
            }
            inTheWay.add(other.ports());
        }
        return Optional.empty();
    }

    private boolean isGivenUp(Snapshot snapshot, RuleTable held, CircuitPorts circuit) {
        Passage there = passage(snapshot, circuit);
        return held.givesUp(there) || held.givesUp(there.reverse()) || made.contains(circuit)
                && (held.leadsElsewhere(there) || held.leadsElsewhere(there.reverse()));
    }

    /** Returns why a circuit is not to be removed for a rule. */
    private Optional<String> refusal(CircuitState circuit) {
        Optional<CircuitHolds> keeper = holds.get();
        Optional<String> holder = keeper.flatMap(each -> each.holder(name, circuit.ports()));
        if (holder.isPresent()) {
            return Optional.of(holder.get() + " counts on it");
        }
        if (made.contains(circuit.ports())) {
            return Optional.empty();
        }
        if (!circuit.name().map(CircuitNames::areOurs).orElse(false)) {
            return Optional.of("somebody else made it");
        }
        return keeper.isPresent() ? Optional.empty() : Optional.of("nobody can tell now who counts on it");
    }

    private Map<FlowRule, Passage> passages(Collection<FlowRule> rules) {
        Map<FlowRule, Passage> passages = new LinkedHashMap<>();
        for (FlowRule rule : rules) {
            try {
                passages.put(rule, Passage.of(rule));
            } catch (IllegalArgumentException e) {
                complain("rule " + rule.id() + " is not taken: " + e.getMessage());
            }
        }
        return passages;
    }

    private Optional<CircuitPorts> circuit(Snapshot snapshot, Passage passage) {
        Optional<String> in = port(snapshot, passage.in());
        Optional<String> out = port(snapshot, passage.out());
        if (in.isEmpty() || out.isEmpty()) {
            complain("there is no port " + (in.isEmpty() ? passage.in() : passage.out()));
            return Optional.empty();
        }
        return Optional.of(CircuitPorts.of(in.get(), out.get()));
    }

    private static Optional<String> port(Snapshot snapshot, long number) {
        return snapshot.ports().values().stream().filter(port -> port.number() == number).map(PortState::name)
                .findFirst();
    }

    private static Passage passage(Snapshot snapshot, CircuitPorts circuit) {
        return new Passage(snapshot.ports().get(circuit.one()).number(),
                snapshot.ports().get(circuit.other()).number());
    }

    private List<FlowEntry> entries(RuleTable rules, Passage passage) {
        List<FlowRule> known = rules.rules(passage);
        List<FlowEntry> entries = new ArrayList<>();
        for (FlowRule rule : known.isEmpty() ? List.of(passage.rule(device, application)) : known) {
            entries.add(new DefaultFlowEntry(rule, FlowEntry.FlowEntryState.ADDED, 0, 0, 0));
        }
        return entries;
    }

    private static boolean passes(CircuitStatus status) {
        return status == CircuitStatus.CONNECTED || status == CircuitStatus.PENDING_DELETION
                || status == CircuitStatus.UNKNOWN;
    }

    private Optional<Snapshot> shown(String purpose) {
        try {
            return Optional.of(snapshot());
        } catch (IllegalStateException e) {
            complain("cannot " + purpose + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private Snapshot snapshot() {
        OcsSession now = session.get().orElseThrow(() -> new IllegalStateException(name + " is not connected"));
        try {
            return now.snapshot(READ).get(READ.toMillis() * 2, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(name + " cannot be read: " + reason(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(name + " was not read: interrupted", e);
        }
    }

    private <T> Optional<T> carriedOut(CompletableFuture<T> asked, String what) {
        try {
            return Optional.of(asked.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException e) {
            complain(what + " failed: " + reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    private static String reason(Exception failure) {
        Throwable cause = failure instanceof ExecutionException ? failure.getCause() : failure;
        return cause instanceof OcsException ? ((OcsException) cause).reason() + ": " + cause.getMessage()
                : String.valueOf(cause);
    }

    private void complain(String what) {
        if (complaints.size() >= MOST_COMPLAINTS) {
            complaints.clear();
        }
        if (complaints.add(what)) {
            LOG.warn("Optical switch {}: {}", name, what);
        } else {
            LOG.debug("Optical switch {}, again: {}", name, what);
        }
    }
}
