package org.cloister.lab.ocs.device;

import org.cloister.lab.ocs.Later;
import org.cloister.lab.ocs.Times;
import org.cloister.lab.ocs.device.Connection.Verdict;
import org.cloister.lab.ocs.fault.Fault;
import org.cloister.lab.ocs.fault.FaultKind;
import org.cloister.lab.ocs.fault.Faults;
import org.cloister.lab.ocs.plant.Plant;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * The switch itself: takes configurations, moves mirrors, says how connections and ports fare. All connections that a
 * request makes or removes move together:
 * <pre>
 * (none)             -- configured -->                 PENDING_CONNECTION, light of both ports off
 * PENDING_CONNECTION -- switching time -->             CONNECTED, or FAILED, INVALID, still pending, as faults have it
 * CONNECTED, FAILED  -- port off -->                   FAILED       -- port on -->        PENDING_CONNECTION
 * CONNECTED, FAILED  -- deleted -->                    PENDING_DELETION, light off -- switching time --> (none)
 * INVALID            -- deleted -->                    PENDING_DELETION
 * </pre>
 * A circuit that a request deletes and makes again, under the same name or another, is not touched if it works. Not
 * safe for use by several threads: one owns it.
 */
public final class OpticalSwitch {

    private static final Logger LOG = Logger.getLogger(OpticalSwitch.class.getName());

    private final Ports ports;
    private final Light light;
    private final Later later;
    private final LongSupplier epochNs;
    private final Supplier<Times> times;
    private final Troubles troubles;
    private final Judge judge;
    private final Aim aim;
    private final Gauge gauge;
    private final SwitchListener listener;

    private final SortedMap<String, Connection> connections = new TreeMap<>();
    private final Set<String> dirtyConnections = new TreeSet<>();
    private final Set<String> dirtyPorts = new HashSet<>();
    private Configuration configuration = Configuration.EMPTY;
    /** Ports that get no light from their fibres. */
    private Set<String> unlit = Set.of();
    private long lastChangeNs;
    private long moves;
    private boolean unpowered;

    /** Creates a switch that is not started. */
    public OpticalSwitch(Ports ports, Plant plant, Later later, LongSupplier epochNs, Supplier<Times> times, Faults faults,
            SwitchListener listener) {
        this.ports = ports;
        this.light = new Light(ports, plant, later, times);
        this.later = later;
        this.epochNs = epochNs;
        this.times = times;
        this.troubles = new Troubles(faults);
        this.judge = new Judge(troubles);
        this.aim = new Aim(ports, troubles);
        this.gauge = new Gauge(ports, troubles);
        this.listener = listener;
    }

    /**
     * Starts with what was configured when the switch's process ended. Circuits whose light still passes are left as
     * they are, others are made again; light that nobody configured is shown as such.
     */
    public void start(Configuration saved, Set<String> invalid) {
        light.start();
        configuration = saved;
        long now = epochNs.getAsLong();
        lastChangeNs = now;
        Map<String, String> mates = light.mates();
        configuration.connections().forEach((name, circuit) -> {
            boolean passes = circuit.output().equals(mates.get(circuit.input()));
            Connection connection = new Connection(name, circuit, true,
                    passes ? ConnectionStatus.CONNECTED : ConnectionStatus.PENDING_CONNECTION, now);
            if (invalid.contains(name)) {
                connection.becomes(new Verdict(ConnectionStatus.INVALID, "found invalid before the restart", ""), now);
            }
            connections.put(name, connection);
        });
        Set<String> configured = configuration.connections().values().stream()
                .flatMap(circuit -> List.of(circuit.input(), circuit.output()).stream()).collect(Collectors.toSet());
        mates.forEach((port, other) -> {
            if (ports.number(port) < ports.number(other) && !configured.contains(port) && !configured.contains(other)) {
                addUnconfigured(new Circuit(port, other));
            }
        });
        move(connections.values().stream().filter(connection -> connection.status() == ConnectionStatus.PENDING_CONNECTION)
                .collect(Collectors.toList()));
        dirtyPorts.addAll(ports.names());
        dirtyConnections.addAll(connections.keySet());
        refresh();
    }

    /**
     * Looks at the fibres: light that no longer comes in does not leave at the other port. Of two that are both dark both
     * stay open, or nobody would ever see light come back.
     */
    public void lookAtFibres() {
        Set<String> now = light.unlit();
        if (!now.equals(unlit)) {
            LOG.info(() -> "fibres without light: " + now);
            unlit = now;
            touchAll();
            refresh();
        }
    }

    /** Returns what is configured. */
    public Configuration configuration() {
        return configuration;
    }

    /** Returns the connections by name, those that are not configured among them. */
    public SortedMap<String, Connection> connections() {
        return Collections.unmodifiableSortedMap(connections);
    }

    /** Returns its ports. */
    public Ports ports() {
        return ports;
    }

    /** Returns when connections changed last, nanoseconds since the epoch. */
    public long lastChangeNs() {
        return lastChangeNs;
    }

    /** Returns the port that each port's light really goes to. */
    public Map<String, String> mates() {
        return light.mates();
    }

    /** Returns the ports whose fibres really have a carrier. */
    public Set<String> bright() {
        return light.bright();
    }

    /**
     * Checks an edit against what is configured and against light that nobody configured.
     *
     * @throws Refusal naming the connection and the port
     */
    public void check(Edit edit) {
        edit.next().check(configuration, edit.released(), ports.names());
        for (Connection foreign : connections.values()) {
            if (foreign.configured() || foreign.status() != ConnectionStatus.CONNECTED
                    || edit.released().contains(foreign.name())) {
                continue;
            }
            edit.next().connections().forEach((name, circuit) -> {
                if (circuit.touches(foreign.circuit())) {
                    throw new Refusal(Refusal.Cause.CONFLICT, "connection " + name + ": " + circuit
                            + " is in the way of light between ports " + foreign.circuit() + ", shown as " + foreign.name());
                }
            });
        }
    }

    /** Carries an edit out that was checked; mirrors start to move. */
    public void apply(Edit edit) {
        Configuration previous = configuration;
        configuration = edit.next();
        SortedMap<String, Connection> leaving = new TreeMap<>();
        connections.values().stream().filter(connection -> leaves(connection, edit.released()))
                .forEach(connection -> leaving.put(connection.name(), connection));
        aim.hold(leaving.values(), light.mates());
        connections.keySet().removeAll(leaving.keySet());
        Set<Connection> moving = new HashSet<>();
        Set<Connection> adopted = new HashSet<>();
        configuration.connections().forEach((name, circuit) -> {
            if (!connections.containsKey(name)) {
                Connection older = leaving.values().stream().filter(gone -> works(gone) && gone.circuit().same(circuit))
                        .findFirst().orElse(null);
                Connection made = new Connection(name, circuit, true, ConnectionStatus.PENDING_CONNECTION, epochNs.getAsLong());
                connections.put(name, made);
                touch(made);
                if (older == null) {
                    moving.add(made);
                } else {
                    adopted.add(older);
                    made.waitFor(older.move());
                    made.becomes(new Verdict(older.status(), older.reason(), older.culprit()), epochNs.getAsLong());
                }
            }
        });
        leaving.values().forEach(gone -> {
            touch(gone);
            if (!adopted.contains(gone) && !connections.containsKey(gone.name())) {
                gone.forgotten();
                gone.becomes(Verdict.of(ConnectionStatus.PENDING_DELETION), epochNs.getAsLong());
                connections.put(gone.name(), gone);
                moving.add(gone);
            }
        });
        moving.addAll(switchPorts(previous));
        move(moving);
        refresh();
    }

    /** Looks at a fault that was told now. */
    public void broke(Fault fault) {
        if (fault.kind() == FaultKind.HARDWARE_ONLY_CONNECTION) {
            addUnconfigured(new Circuit(fault.required("one"), fault.required("other")));
        } else if (fault.kind() == FaultKind.SET_THEN_INVALID) {
            connections.values().stream().filter(connection -> connection.configured() && Troubles.concerns(fault, connection))
                    .forEach(this::judge);
        }
        touchAll();
        refresh();
    }

    /** Looks at a fault that is over: what it broke is made again, but for what was found invalid. */
    public void mended(Fault fault) {
        if (fault.kind() == FaultKind.HARDWARE_ONLY_CONNECTION) {
            Circuit circuit = new Circuit(fault.required("one"), fault.required("other"));
            connections.values().removeIf(connection -> !connection.configured() && connection.circuit().same(circuit));
            dirtyConnections.add(unconfiguredName(circuit));
        } else if (fault.kind() == FaultKind.STUCK_MIRROR) {
            String port = fault.required("port");
            aim.release(port);
            List<Connection> broken = connections.values().stream().filter(connection -> connection.culprit().equals(port)
                    && connection.status() != ConnectionStatus.INVALID).collect(Collectors.toList());
            long now = epochNs.getAsLong();
            broken.forEach(connection -> connection.becomes(Verdict.of(ConnectionStatus.PENDING_CONNECTION), now));
            move(broken);
        }
        touchAll();
        refresh();
    }

    /** The power is gone: all light is off. */
    public void powerOff() {
        unpowered = true;
        refresh();
    }

    /** The power is back: circuits are kept, made again or forgotten, as configured. */
    public void powerOn() {
        unpowered = false;
        aim.releaseAll();
        if (configuration.recovery() != Recovery.MAINTAIN) {
            connections.values().removeIf(connection -> !connection.configured());
            if (configuration.recovery() == Recovery.REMOVE) {
                configuration = configuration.withConnections(new TreeMap<>());
                connections.clear();
            }
            long now = epochNs.getAsLong();
            connections.values().stream().filter(connection -> connection.status() != ConnectionStatus.INVALID)
                    .forEach(connection -> connection.becomes(Verdict.of(ConnectionStatus.PENDING_CONNECTION), now));
            move(connections.values().stream()
                    .filter(connection -> connection.status() == ConnectionStatus.PENDING_CONNECTION)
                    .collect(Collectors.toList()));
        }
        lastChangeNs = epochNs.getAsLong();
        touchAll();
        refresh();
    }

    /** Returns a port as the switch shows it. */
    public PortView port(String name) {
        return gauge.view(name, user(name), !configuration.disabled().contains(name), light.mates().get(name), unlit);
    }

    private boolean leaves(Connection connection, Set<String> released) {
        if (connection.status() == ConnectionStatus.PENDING_DELETION) {
            return configuration.connections().containsKey(connection.name());
        }
        if (!connection.configured()) {
            return released.contains(connection.name());
        }
        Circuit now = configuration.connections().get(connection.name());
        boolean same = now != null && now.equals(connection.circuit());
        return !same || released.contains(connection.name()) && !works(connection);
    }

    private static boolean works(Connection connection) {
        return connection.status() == ConnectionStatus.CONNECTED
                || connection.status() == ConnectionStatus.PENDING_CONNECTION && connection.culprit().isEmpty();
    }

    /** Ports that were switched off break their connections, those switched on have theirs made again. */
    private Collection<Connection> switchPorts(Configuration previous) {
        Set<Connection> moving = new HashSet<>();
        for (String port : ports.names()) {
            if (configuration.disabled().contains(port) != previous.disabled().contains(port)) {
                Connection user = user(port);
                dirtyPorts.add(port);
                if (user != null && user.status() == ConnectionStatus.CONNECTED) {
                    judge(user);
                } else if (user != null && user.status() == ConnectionStatus.FAILED) {
                    user.becomes(Verdict.of(ConnectionStatus.PENDING_CONNECTION), epochNs.getAsLong());
                    moving.add(user);
                    touch(user);
                }
            }
        }
        return moving;
    }

    private void move(Collection<Connection> moving) {
        if (moving.isEmpty()) {
            return;
        }
        long number = ++moves;
        lastChangeNs = epochNs.getAsLong();
        moving.forEach(connection -> {
            connection.waitFor(number);
            touch(connection);
        });
        if (times.get().switching().isZero()) {
            arrive(number);
        } else {
            // light goes off before the mirrors start
            steer();
            later.after(times.get().switching(), () -> {
                arrive(number);
                refresh();
            });
        }
    }

    private void arrive(long number) {
        for (Connection connection : List.copyOf(connections.values())) {
            if (connection.move() == number) {
                connection.waitFor(0);
                touch(connection);
                if (connection.status() == ConnectionStatus.PENDING_DELETION) {
                    connections.remove(connection.name());
                } else {
                    judge(connection);
                }
            }
        }
        lastChangeNs = epochNs.getAsLong();
    }

    private void judge(Connection connection) {
        connection.becomes(judge.verdict(connection, configuration.disabled()), epochNs.getAsLong());
        touch(connection);
    }

    private void addUnconfigured(Circuit circuit) {
        String name = unconfiguredName(circuit);
        Connection connection = new Connection(name, circuit, false, ConnectionStatus.CONNECTED, epochNs.getAsLong());
        connections.put(name, connection);
        lastChangeNs = epochNs.getAsLong();
        touch(connection);
    }

    private static String unconfiguredName(Circuit circuit) {
        return "hardware-" + circuit;
    }

    /** Leads light to where it really goes, and tells what may look different. */
    private void refresh() {
        steer();
        Set<String> named = new TreeSet<>(dirtyConnections);
        Set<String> touched = new HashSet<>(dirtyPorts);
        dirtyConnections.clear();
        dirtyPorts.clear();
        listener.changed(named, touched);
    }

    private void steer() {
        Map<String, String> wanted = unpowered ? Map.of() : aim.of(connections.values());
        Set<String> dark = new HashSet<>();
        Map<String, Double> lossy = new TreeMap<>();
        wanted.forEach((port, mate) -> {
            if (troubles.lost(port) || troubles.lost(mate) || unlit.contains(mate) && !unlit.contains(port)) {
                dark.add(port);
            }
            double share = Math.max(troubles.errors(port), troubles.errors(mate));
            if (share > 0) {
                lossy.put(port, share);
            }
        });
        for (String port : light.steer(wanted, dark, lossy)) {
            dirtyPorts.add(port);
            Optional.ofNullable(light.mates().get(port)).ifPresent(dirtyPorts::add);
        }
    }

    private Connection user(String port) {
        Connection leaving = null;
        for (Connection connection : connections.values()) {
            if (connection.circuit().uses(port)) {
                if (connection.status() != ConnectionStatus.PENDING_DELETION) {
                    return connection;
                }
                leaving = connection;
            }
        }
        return leaving;
    }

    private void touch(Connection connection) {
        dirtyConnections.add(connection.name());
        dirtyPorts.add(connection.circuit().input());
        dirtyPorts.add(connection.circuit().output());
    }

    private void touchAll() {
        dirtyPorts.addAll(ports.names());
        dirtyConnections.addAll(connections.keySet());
    }
}
