package org.cloister.ocs.control;

import org.cloister.driver.ocs.session.Capability;
import org.cloister.driver.ocs.session.CircuitNames;
import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.driver.ocs.session.CircuitState;
import org.cloister.driver.ocs.session.CircuitStatus;
import org.cloister.driver.ocs.session.CircuitTransaction;
import org.cloister.driver.ocs.session.OcsException;
import org.cloister.driver.ocs.session.OcsException.Reason;
import org.cloister.driver.ocs.session.OcsSession;
import org.cloister.driver.ocs.session.PortState;
import org.cloister.driver.ocs.session.PortStatus;
import org.cloister.driver.ocs.session.Snapshot;
import org.cloister.driver.ocs.session.TransactionResult;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.cloister.testing.VirtualTime;

/** An optical switch in virtual time, with mirrors that can fail and a session that can break. */
final class SimulatedSwitch implements OcsSession {

    final String name;
    final int size;
    private final VirtualTime time;
    private final Runnable changed;
    private final SortedMap<CircuitPorts, CircuitState> circuits = new TreeMap<>();
    /** Where each mirror really points. */
    final Map<String, String> mirrors = new HashMap<>();
    final Set<Capability> capabilities = EnumSet.allOf(Capability.class);
    Duration latency = Duration.ofMillis(3);
    Duration switching = Duration.ofMillis(25);
    /** Ports whose mirror never settles. */
    final Set<String> stuck = new HashSet<>();
    /** Ports that carry no light in. */
    final Set<String> dark = new HashSet<>();
    /** Ports whose light is this much weaker. */
    final Map<String, Double> weak = new HashMap<>();
    /** Ports whose mirror points elsewhere than it says. */
    final Map<String, String> misSteered = new HashMap<>();
    /** Ports at which what is accepted is found invalid. */
    final Set<String> invalid = new HashSet<>();
    boolean silentAnswer;
    /** Whether answers say nothing at all. */
    boolean nullAnswer;
    boolean connected = true;
    boolean master = true;
    Optional<String> secondWriter = Optional.empty();
    int transactions;
    Consumer<String> violations = what -> {
        throw new AssertionError(what);
    };
    /** Told what is deleted, before it is. */
    Consumer<CircuitState> deleting = circuit -> { };
    private SortedMap<CircuitPorts, CircuitState> before;
    private String pending;
    private final Set<CompletableFuture<?>> open = new HashSet<>();
    private long revision;
    private long epoch;

    SimulatedSwitch(String name, int size, VirtualTime time, Runnable changed) {
        this.name = name;
        this.size = size;
        this.time = time;
        this.changed = changed;
    }

    static CircuitPorts ports(int one, int other) {
        return CircuitPorts.of(String.valueOf(one), String.valueOf(other));
    }

    /** Puts a circuit there, whoever makes it. */
    void put(CircuitPorts ports, String circuitName) {
        circuits.put(ports, state(ports, circuitName, CircuitStatus.CONNECTED, ""));
        join(ports);
        touched();
    }

    void lose(CircuitPorts ports) {
        circuits.remove(ports);
        part(ports);
        touched();
    }

    /** Says something of a circuit. */
    void say(CircuitPorts ports, CircuitStatus status, String reason) {
        circuits.put(ports, state(ports, circuits.get(ports).name().orElse(""), status, reason));
        touched();
    }

    SortedMap<CircuitPorts, CircuitState> circuits() {
        return circuits;
    }

    boolean isPending() {
        return pending != null;
    }

    void disconnect() {
        connected = false;
        Set.copyOf(open).forEach(future -> future.completeExceptionally(new OcsException(Reason.LOST, "broke")));
        open.clear();
        changed.run();
    }

    void connect() {
        connected = true;
        changed.run();
    }

    /** Loses all circuits with the power; what waits for confirmation, too. */
    void reboot() {
        epoch++;
        pending = null;
        circuits.clear();
        mirrors.clear();
        disconnect();
        touched();
    }

    void touched() {
        revision++;
        changed.run();
    }

    private CircuitState state(CircuitPorts ports, String circuitName, CircuitStatus status, String reason) {
        return CircuitState.builder().ports(ports).status(capabilities.contains(Capability.CIRCUIT_STATE) ? status
                : CircuitStatus.UNKNOWN)
                .name(capabilities.contains(Capability.NAMED_CIRCUITS) ? Optional.of(circuitName) : Optional.empty())
                .reason(Optional.of(reason).filter(text -> !text.isEmpty())).build();
    }

    private void join(CircuitPorts ports) {
        mirrors.put(ports.one(), misSteered.getOrDefault(ports.one(), ports.other()));
        mirrors.put(ports.other(), misSteered.getOrDefault(ports.other(), ports.one()));
    }

    private void part(CircuitPorts ports) {
        mirrors.remove(ports.one());
        mirrors.remove(ports.other());
    }

    Snapshot shown() {
        SortedMap<String, PortState> ports = new TreeMap<>();
        for (int number = 1; number <= size; number++) {
            ports.put(String.valueOf(number), port(String.valueOf(number), number));
        }
        return Snapshot.builder().revision(String.valueOf(circuits.hashCode())).ports(ports).circuits(circuits).build();
    }

    private PortState port(String port, int number) {
        Optional<CircuitState> circuit = circuits.values().stream()
                .filter(each -> each.ports().has(port) && each.status() != CircuitStatus.INVALID).findFirst();
        PortStatus status = circuit.map(each -> stuck.contains(port) || each.status() == CircuitStatus.PENDING
                ? PortStatus.TUNING : PortStatus.TUNED).orElse(PortStatus.BLOCKED);
        Optional<String> peer = circuit.map(each -> each.ports().one().equals(port) ? each.ports().other()
                : each.ports().one());
        double in = dark.contains(port) ? -60 : -weak.getOrDefault(port, 0.0);
        OptionalDouble out = peer.isPresent() ? OptionalDouble.of((dark.contains(peer.get()) ? -60
                : -weak.getOrDefault(peer.get(), 0.0)) - 1.5) : OptionalDouble.empty();
        boolean power = capabilities.contains(Capability.OPTICAL_POWER);
        return PortState.builder().name(port).number(number).enabled(true)
                .status(capabilities.contains(Capability.PORT_STATE) ? status : PortStatus.UNKNOWN)
                .inputPowerDbm(power ? OptionalDouble.of(in) : OptionalDouble.empty())
                .outputPowerDbm(power ? out : OptionalDouble.empty())
                .peer(capabilities.contains(Capability.PORT_STATE) ? peer : Optional.empty()).build();
    }

    @Override
    public Set<Capability> capabilities() {
        return capabilities;
    }

    @Override
    public CompletableFuture<Snapshot> snapshot(Duration deadline) {
        CompletableFuture<Snapshot> answer = opened();
        after(latency, () -> answer.complete(shown()));
        return answer;
    }

    private <T> CompletableFuture<T> opened() {
        CompletableFuture<T> answer = new CompletableFuture<>();
        if (!connected) {
            answer.completeExceptionally(new OcsException(Reason.LOST, "not connected"));
        } else {
            open.add(answer);
            answer.whenComplete((value, error) -> open.remove(answer));
        }
        return answer;
    }

    /** What was sent before a power failure is gone with it. */
    private void after(Duration wait, Runnable task) {
        long sent = epoch;
        time.schedule(() -> {
            if (sent == epoch) {
                task.run();
            }
        }, wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public CompletableFuture<TransactionResult> apply(CircuitTransaction transaction) {
        CompletableFuture<TransactionResult> answer = opened();
        if (!connected) {
            return answer;
        }
        after(latency, () -> set(transaction, answer));
        time.schedule(() -> answer.completeExceptionally(new OcsException(Reason.DEADLINE, "no answer")),
                transaction.deadline().toMillis() + 1, TimeUnit.MILLISECONDS);
        return answer;
    }

    private void set(CircuitTransaction transaction, CompletableFuture<TransactionResult> answer) {
        Optional<OcsException> refusal = refusal(transaction);
        if (refusal.isPresent()) {
            answer.completeExceptionally(refusal.get());
            return;
        }
        transactions++;
        if (transaction.confirmWithin().isPresent()) {
            before = new TreeMap<>(circuits);
            pending = transaction.confirmation().orElse("made up");
            String mine = pending;
            after(transaction.confirmWithin().get(), () -> undo(mine));
        }
        transaction.deletes().stream().filter(circuits::containsKey).forEach(ports -> {
            deleting.accept(circuits.get(ports));
            circuits.remove(ports);
            part(ports);
        });
        transaction.creates().stream().filter(ports -> !circuits.containsKey(ports)).forEach(ports ->
                circuits.put(ports, state(ports, CircuitNames.of(ports), CircuitStatus.PENDING, "")));
        touched();
        after(switching, () -> settle(transaction));
        if (silentAnswer) {
            silentAnswer = false;
            return;
        }
        if (nullAnswer) {
            after(switching, () -> answer.complete(null));
            return;
        }
        boolean never = transaction.creates().stream().anyMatch(ports -> stuck.stream().anyMatch(ports::has));
        after(never ? transaction.deadline().minus(latency) : switching.plus(latency), () -> {
            SortedMap<CircuitPorts, CircuitState> made = new TreeMap<>(circuits);
            made.keySet().retainAll(transaction.creates());
            answer.complete(TransactionResult.builder().circuits(made).setting(latency).tuning(switching)
                    .confirmation(transaction.confirmWithin().isPresent() ? transaction.confirmation()
                            : Optional.empty()).build());
        });
    }

    private void settle(CircuitTransaction transaction) {
        for (CircuitPorts ports : transaction.creates()) {
            CircuitState circuit = circuits.get(ports);
            if (circuit == null || stuck.stream().anyMatch(ports::has)
                    || circuit.status() != CircuitStatus.PENDING && circuit.status() != CircuitStatus.UNKNOWN) {
                continue;
            }
            Optional<String> bad = invalid.stream().filter(ports::has).findFirst();
            if (bad.isPresent()) {
                circuits.put(ports, state(ports, CircuitNames.of(ports), CircuitStatus.INVALID,
                        "port " + bad.get() + " cannot be reached"));
            } else {
                circuits.put(ports, state(ports, CircuitNames.of(ports), CircuitStatus.CONNECTED, ""));
                join(ports);
            }
        }
        touched();
    }

    private Optional<OcsException> refusal(CircuitTransaction transaction) {
        if (!master || secondWriter.isPresent()) {
            return refusal(Reason.NOT_MASTER, "a higher election id writes: " + secondWriter.orElse("another node"));
        }
        if (pending != null) {
            return refusal(Reason.REJECTED, "change " + pending + " waits for confirmation");
        }
        if (transaction.expectedRevision().filter(expected -> !expected.equals(shown().revision())).isPresent()) {
            return refusal(Reason.STALE, "the switch has changed");
        }
        for (CircuitPorts ports : transaction.deletes()) {
            if (circuits.containsKey(ports) && capabilities.contains(Capability.NAMED_CIRCUITS)
                    && !CircuitNames.areOurs(circuits.get(ports).name().orElse(""))) {
                violations.accept("foreign " + ports + " was to be deleted on " + name);
            }
        }
        for (CircuitPorts ports : transaction.creates()) {
            for (CircuitPorts there : circuits.keySet()) {
                if (!there.equals(ports) && there.meets(ports) && !transaction.deletes().contains(there)) {
                    return refusal(Reason.CONFLICT, there + " is in the way of " + ports);
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<OcsException> refusal(Reason reason, String message) {
        return Optional.of(new OcsException(reason, message));
    }

    private void undo(String confirmation) {
        if (confirmation.equals(pending)) {
            pending = null;
            List.copyOf(circuits.keySet()).forEach(this::part);
            circuits.clear();
            circuits.putAll(before);
            circuits.keySet().forEach(this::join);
            touched();
        }
    }

    @Override
    public CompletableFuture<Void> confirm(String confirmation, Duration deadline) {
        return settled(confirmation, () -> pending = null);
    }

    @Override
    public CompletableFuture<Void> cancel(String confirmation, Duration deadline) {
        return settled(confirmation, () -> undo(confirmation));
    }

    private CompletableFuture<Void> settled(String confirmation, Runnable done) {
        CompletableFuture<Void> answer = opened();
        after(latency, () -> {
            if (confirmation.equals(pending)) {
                done.run();
                answer.complete(null);
            } else {
                answer.completeExceptionally(new OcsException(Reason.REJECTED, "nothing waits as " + confirmation));
            }
        });
        return answer;
    }

    @Override
    public CompletableFuture<Void> enable(String port, boolean enabled, Duration deadline) {
        throw new UnsupportedOperationException("enable");
    }

    @Override
    public void arbitrate(long term) {
    }

    @Override
    public void watch(Consumer<Snapshot> listener) {
        throw new UnsupportedOperationException("watch");
    }

    @Override
    public CompletableFuture<Void> ended() {
        return new CompletableFuture<>();
    }

    @Override
    public void close() {
    }
}
