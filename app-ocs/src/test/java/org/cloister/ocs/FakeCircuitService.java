package org.cloister.ocs;

import org.cloister.ocs.api.CircuitPlan;
import org.cloister.ocs.api.CircuitRefusedException;
import org.cloister.ocs.api.CircuitRefusedException.Reason;
import org.cloister.ocs.api.CircuitService;
import org.cloister.ocs.api.DemandPhase;
import org.cloister.ocs.api.DemandStatus;
import org.cloister.ocs.api.ImmutableDemandStatus;
import org.cloister.ocs.api.OpticalCircuit;
import org.cloister.ocs.api.OpticalView;
import org.cloister.ocs.api.OpticalView.CircuitView;
import org.cloister.ocs.api.OpticalView.PortView;
import org.cloister.ocs.api.OpticalView.SwitchView;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Circuits in memory, for tests of what stands on the api. It refuses what the real service refuses, and makes what is
 * demanded at once; after {@link #hold()} demands stay PLANNED until the test says how they fare. Listeners are told
 * on the thread of the call.
 */
public final class FakeCircuitService implements CircuitService {

    private final Clock clock;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final SortedMap<String, SortedMap<String, String>> ports = new TreeMap<>();
    private final SortedMap<String, String> troubles = new TreeMap<>();
    private final SortedMap<String, SortedMap<String, String>> quarantine = new TreeMap<>();
    private final SortedMap<OpticalCircuit, String> circuits = new TreeMap<>();
    private final SortedMap<String, DemandStatus> demands = new TreeMap<>();
    private boolean held;
    private CircuitRefusedException refusal;
    private long version;

    /** Creates a service without switches. */
    public FakeCircuitService(Clock clock) {
        this.clock = clock;
    }

    /** Adds a switch with ports "1" to {@code count}, without fibres. */
    public synchronized FakeCircuitService withSwitch(String name, int count) {
        SortedMap<String, String> here = ports.computeIfAbsent(name, key -> new TreeMap<>());
        for (int port = 1; port <= count; port++) {
            here.put(String.valueOf(port), "");
        }
        return this;
    }

    /** Says which fabric port is at the other end of a port's fibre, for instance {@code leaf-1/5}. */
    public synchronized FakeCircuitService withFibre(String opticalSwitch, String port, String end) {
        ports.get(opticalSwitch).put(port, end);
        return this;
    }

    /** Adds a circuit of ours that nobody wants. */
    public FakeCircuitService withCircuit(OpticalCircuit circuit) {
        change(() -> circuits.put(circuit, "cloister:" + circuit.one() + ":" + circuit.other()));
        return this;
    }

    /** Adds a circuit that somebody else made. */
    public FakeCircuitService withForeign(OpticalCircuit circuit) {
        change(() -> circuits.put(circuit, "foreign"));
        return this;
    }

    /** Takes a circuit away, as a fault does. */
    public void lose(OpticalCircuit circuit) {
        change(() -> circuits.remove(circuit));
    }

    /** From now on demands stay PLANNED until {@link #establish}, {@link #fail} or {@link #phase}. */
    public synchronized void hold() {
        held = true;
    }

    /** From now on demands are carried out at once; those that are not, are now. */
    public void unhold() {
        List<String> open = new ArrayList<>();
        synchronized (this) {
            held = false;
            demands.values().stream().filter(demand -> demand.phase() == DemandPhase.PLANNED)
                    .forEach(demand -> open.add(demand.owner()));
        }
        open.forEach(this::establish);
    }

    /** Has the next demand or plan refused. */
    public synchronized void refuseNext(Reason reason, String message) {
        refusal = new CircuitRefusedException(reason, message);
    }

    /** Breaks the connection with a switch; an empty trouble mends it. */
    public void trouble(String opticalSwitch, String trouble) {
        change(() -> troubles.put(opticalSwitch, trouble));
    }

    /** Quarantines a port. */
    public void quarantine(String opticalSwitch, String port, String reason) {
        change(() -> quarantine.computeIfAbsent(opticalSwitch, key -> new TreeMap<>()).put(port, reason));
    }

    /** Makes the circuits of a demand, as all phases would, with a millisecond for each. */
    public void establish(String owner) {
        change(() -> {
            DemandStatus demand = known(owner);
            CircuitPlan plan = changes(demand.circuits());
            plan.removes().forEach(circuits::remove);
            plan.makes().forEach(circuit ->
                    circuits.put(circuit, "cloister:" + circuit.one() + ":" + circuit.other()));
            put(demand, DemandPhase.ESTABLISHED, Map.of(), null);
        });
    }

    /** Moves a demand to a phase; nothing else is done. */
    public void phase(String owner, DemandPhase phase) {
        change(() -> put(known(owner), phase, Map.of(), null));
    }

    /** Ends a demand as FAILED. */
    public void fail(String owner, String reason) {
        change(() -> put(known(owner), DemandPhase.FAILED, Map.of(), reason));
    }

    /** Breaks an established demand: one circuit carries no light any more, or not where it should. */
    public void breaks(String owner, OpticalCircuit circuit, String reason) {
        change(() -> put(known(owner), DemandPhase.BROKEN, Map.of(circuit, reason), reason));
    }

    @Override
    public void demand(String owner, Set<OpticalCircuit> wanted) {
        boolean now;
        synchronized (this) {
            check(owner, wanted);
            DemandStatus before = demands.get(owner);
            if (before != null && before.circuits().equals(wanted) && before.phase() != DemandPhase.FAILED) {
                return;
            }
            demands.put(owner, DemandStatus.builder().owner(owner).circuits(wanted).phase(DemandPhase.PLANNED)
                    .since(clock.instant()).build());
            now = !held;
        }
        if (now) {
            establish(owner);
        } else {
            change(() -> { });
        }
    }

    @Override
    public void release(String owner) {
        change(() -> demands.remove(owner));
    }

    @Override
    public void disconnect(String owner) {
        change(() -> {
            DemandStatus demand = demands.remove(owner);
            if (demand != null) {
                demand.circuits().stream().filter(circuit -> owners(circuit).isEmpty()).forEach(circuits::remove);
            }
        });
    }

    @Override
    public synchronized CircuitPlan plan(String owner, Set<OpticalCircuit> wanted) {
        check(owner, wanted);
        return changes(wanted);
    }

    @Override
    public synchronized Map<String, DemandStatus> demands() {
        return Map.copyOf(demands);
    }

    @Override
    public synchronized OpticalView view() {
        return OpticalView.builder().version(String.valueOf(version))
                .switches(switches()).circuits(circuitViews()).build();
    }

    @Override
    public boolean unquarantine(String opticalSwitch, String port) {
        boolean[] was = new boolean[1];
        change(() -> was[0] = quarantine.getOrDefault(opticalSwitch, new TreeMap<>()).remove(port) != null);
        return was[0];
    }

    @Override
    public void addListener(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public void removeListener(Runnable listener) {
        listeners.remove(listener);
    }

    private void change(Runnable change) {
        synchronized (this) {
            change.run();
            version++;
        }
        listeners.forEach(Runnable::run);
    }

    private DemandStatus known(String owner) {
        DemandStatus demand = demands.get(owner);
        if (demand == null) {
            throw new IllegalArgumentException(owner + " demands nothing");
        }
        return demand;
    }

    private void put(DemandStatus demand, DemandPhase phase, Map<OpticalCircuit, String> broken, String reason) {
        ImmutableDemandStatus.Builder next = DemandStatus.builder().owner(demand.owner()).circuits(demand.circuits())
                .phase(phase).since(clock.instant()).troubles(broken).reason(Optional.ofNullable(reason));
        if (phase == DemandPhase.ESTABLISHED) {
            next.phaseMillis(Map.of("draining", 1L, "preparing", 1L, "setting", 1L, "tuning", 1L, "verifying", 1L,
                    "discovering", 1L));
        } else {
            next.phaseMillis(demand.phaseMillis());
        }
        demands.put(demand.owner(), next.build());
    }

    private void check(String owner, Set<OpticalCircuit> wanted) {
        if (refusal != null) {
            CircuitRefusedException next = refusal;
            refusal = null;
            throw next;
        }
        for (OpticalCircuit circuit : wanted) {
            checkSwitch(circuit);
            for (String port : List.of(circuit.one(), circuit.other())) {
                checkPort(circuit, port);
            }
            wanted.stream().filter(other -> !other.equals(circuit) && other.meets(circuit)).findFirst()
                    .ifPresent(other -> refuse(Reason.HELD, circuit + " meets " + other + " of the same demand"));
            for (OpticalCircuit there : circuits.keySet()) {
                if (there.meets(circuit) && circuits.get(there).equals("foreign")) {
                    refuse(Reason.FOREIGN, circuit + " meets the foreign circuit " + there);
                }
            }
            for (DemandStatus other : demands.values()) {
                other.circuits().stream().filter(held -> !other.owner().equals(owner) && !held.equals(circuit)
                        && held.meets(circuit)).findFirst()
                        .ifPresent(held -> refuse(Reason.HELD, circuit + " meets " + held + " of " + other.owner()));
            }
        }
    }

    private void checkSwitch(OpticalCircuit circuit) {
        if (!ports.containsKey(circuit.opticalSwitch())) {
            refuse(Reason.UNKNOWN_SWITCH, circuit.opticalSwitch() + " is not configured");
        }
        if (!troubles.getOrDefault(circuit.opticalSwitch(), "").isEmpty() && !circuits.containsKey(circuit)) {
            refuse(Reason.UNAVAILABLE, circuit.opticalSwitch() + ": " + troubles.get(circuit.opticalSwitch()));
        }
    }

    private void checkPort(OpticalCircuit circuit, String port) {
        if (!ports.get(circuit.opticalSwitch()).containsKey(port)) {
            refuse(Reason.UNKNOWN_PORT, circuit.opticalSwitch() + " has no port " + port);
        }
        String why = quarantine.getOrDefault(circuit.opticalSwitch(), new TreeMap<>()).get(port);
        if (why != null && !circuits.containsKey(circuit)) {
            refuse(Reason.UNUSABLE, circuit.opticalSwitch() + " port " + port + " is quarantined: " + why);
        }
    }

    private static void refuse(Reason reason, String message) {
        throw new CircuitRefusedException(reason, message);
    }

    private CircuitPlan changes(Collection<OpticalCircuit> wanted) {
        SortedSet<OpticalCircuit> removes = new TreeSet<>();
        SortedSet<OpticalCircuit> makes = new TreeSet<>(wanted);
        makes.removeAll(circuits.keySet());
        for (OpticalCircuit there : circuits.keySet()) {
            if (makes.stream().anyMatch(there::meets)) {
                removes.add(there);
            }
        }
        SortedSet<OpticalCircuit> keeps = new TreeSet<>(wanted);
        keeps.retainAll(circuits.keySet());
        return CircuitPlan.builder().removes(removes).makes(makes).keeps(keeps).build();
    }

    private SortedSet<String> owners(OpticalCircuit circuit) {
        SortedSet<String> owners = new TreeSet<>();
        demands.values().stream().filter(demand -> demand.circuits().contains(circuit))
                .forEach(demand -> owners.add(demand.owner()));
        return owners;
    }

    private List<SwitchView> switches() {
        List<SwitchView> views = new ArrayList<>();
        ports.forEach((name, here) -> {
            String trouble = troubles.getOrDefault(name, "");
            List<PortView> portViews = new ArrayList<>();
            here.keySet().stream().sorted((one, other) -> Integer.valueOf(one).compareTo(Integer.valueOf(other)))
                    .forEach(port -> portViews.add(PortView.builder().name(port).end(end(name, port)).status("TUNED")
                            .enabled(true).quarantine(Optional.ofNullable(
                                    quarantine.getOrDefault(name, new TreeMap<>()).get(port))).build()));
            views.add(SwitchView.builder().name(name).device("ocs:" + name).dialect("ocp-gnmi")
                    .available(trouble.isEmpty()).trouble(Optional.of(trouble).filter(text -> !text.isEmpty()))
                    .ports(portViews).build());
        });
        return views;
    }

    private Optional<String> end(String opticalSwitch, String port) {
        return Optional.ofNullable(ports.get(opticalSwitch).get(port)).filter(end -> !end.isEmpty());
    }

    private List<CircuitView> circuitViews() {
        SortedSet<OpticalCircuit> all = new TreeSet<>(circuits.keySet());
        demands.values().forEach(demand -> all.addAll(demand.circuits()));
        List<CircuitView> views = new ArrayList<>();
        for (OpticalCircuit circuit : all) {
            List<String> ends = new ArrayList<>();
            end(circuit.opticalSwitch(), circuit.one()).ifPresent(ends::add);
            end(circuit.opticalSwitch(), circuit.other()).ifPresent(ends::add);
            views.add(CircuitView.builder().circuit(circuit).name(Optional.ofNullable(circuits.get(circuit)))
                    .state(circuits.containsKey(circuit) ? "CONNECTED" : "PLANNED")
                    .foreign("foreign".equals(circuits.get(circuit))).owners(owners(circuit))
                    .ends(ends.size() == 2 ? ends : List.of()).build());
        }
        return views;
    }
}
