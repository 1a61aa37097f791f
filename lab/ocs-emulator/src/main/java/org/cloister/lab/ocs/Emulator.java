package org.cloister.lab.ocs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.cloister.lab.ocs.device.OpticalSwitch;
import org.cloister.lab.ocs.device.Ports;
import org.cloister.lab.ocs.device.Writer;
import org.cloister.lab.ocs.fault.FaultKind;
import org.cloister.lab.ocs.fault.Faults;
import org.cloister.lab.ocs.gnmi.Gate;
import org.cloister.lab.ocs.gnmi.GnmiServer;
import org.cloister.lab.ocs.gnmi.GnmiService;
import org.cloister.lab.ocs.plant.Plant;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * An optical circuit switch that runs in this process: its gNMI server, its mirrors and what can go wrong with them.
 * <pre>
 * try (Emulator ocs = Emulator.builder().ports(16).times(Times.ofMillis(25, 0)).start()) {
 *     connect(ocs.address());
 *     ocs.inject("stuck-mirror", Map.of("port", "3"));
 *     ocs.clear("stuck-mirror", Map.of());
 *     ocs.restart();
 * }
 * </pre>
 * Plain text and {@code admin}/{@code admin} unless the builder is told otherwise. Safe for use by several threads.
 */
public final class Emulator implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** How often it looks whether light comes in. */
    private static final Duration LOOK = Duration.ofMillis(100);

    private final EmulatorBuilder described;
    private final Faults faults = new Faults();
    private final Ports ports;
    private volatile Times times;
    private volatile InetSocketAddress address;
    private OwnerThread owner;
    private GnmiServer server;
    private Injector injector;

    Emulator(EmulatorBuilder described) {
        this.described = described;
        this.ports = new Ports(described.ports);
        this.times = described.times;
        this.address = described.listen;
    }

    /** Returns a builder. */
    public static EmulatorBuilder builder() {
        return new EmulatorBuilder();
    }

    synchronized void start() {
        if (owner != null) {
            return;
        }
        owner = new OwnerThread("switch " + described.name);
        injector = owner.call(this::assemble);
        server = injector.server();
        server.start();
        address = server.address();
    }

    private Injector assemble() {
        // the service is told of changes of the switch that it reads
        GnmiService[] service = new GnmiService[1];
        Writer[] writer = new Writer[1];
        OpticalSwitch device = new OpticalSwitch(ports, described.plant, owner, Emulator::epochNs, this::times, faults,
                (connections, touched) -> {
                    writer[0].save();
                    service[0].changed(connections, touched);
                });
        writer[0] = new Writer(device, described.store, owner, Emulator::epochNs);
        service[0] = new GnmiService(described.name, owner, device, writer[0], faults, owner, Emulator::epochNs);
        writer[0].start();
        watch(device);
        Gate gate = new Gate(described.username, described.password, faults);
        GnmiServer listening = new GnmiServer(address, described.certificate, described.key, service[0], gate);
        return new Injector(device, writer[0], service[0], gate, listening, faults, owner);
    }

    private void watch(OpticalSwitch device) {
        owner.after(LOOK, () -> {
            device.lookAtFibres();
            watch(device);
        });
    }

    /** Returns where it listens. */
    public InetSocketAddress address() {
        return address;
    }

    /** Returns the port that it listens at. */
    public int port() {
        return address.getPort();
    }

    /** Returns what carries the light: the {@code MemoryPlant} that tests look at, unless the builder was given another. */
    public Plant plant() {
        return described.plant;
    }

    /** Returns how long light takes to move. */
    public Times times() {
        return times;
    }

    /** Sets it, for moves from now on. */
    public void times(Times value) {
        times = Objects.requireNonNull(value, "times is null");
    }

    /**
     * Breaks something.
     *
     * @param kind       as in {@link FaultKind}: {@code stuck-mirror}
     * @param parameters strings, numbers, booleans
     * @throws IllegalArgumentException naming the parameter that is wrong
     */
    public void inject(String kind, Map<String, ?> parameters) {
        inject(FaultKind.of(kind), JSON.valueToTree(parameters));
    }

    /** Breaks something. */
    public synchronized void inject(FaultKind kind, ObjectNode parameters) {
        running().call(() -> {
            injector.inject(kind, parameters);
            return null;
        });
    }

    /** Mends what has these parameters, or all of a kind; {@code all} for everything. Returns how many faults it was. */
    public int clear(String kind, Map<String, ?> parameters) {
        return clear(kind, JSON.<ObjectNode>valueToTree(parameters));
    }

    /** Mends what has these parameters, or all of a kind; {@code all} for everything. Returns how many faults it was. */
    public synchronized int clear(String kind, ObjectNode parameters) {
        return running().call(() -> injector.clear(kind, parameters));
    }

    /** Mends all of a kind; {@code all} for everything. */
    public int clear(String kind) {
        return clear(kind, Map.of());
    }

    /** Returns the truth, whatever the switch says: configuration, connections, where light really goes, faults. */
    public synchronized ObjectNode show() {
        return running().call(() -> injector.show(times));
    }

    /** Ends the process that manages the switch. Light stays where it is. */
    public synchronized void stop() {
        if (owner == null) {
            return;
        }
        server.stop();
        owner.close();
        owner = null;
    }

    /** Starts it again, at the same address, with what it remembers. */
    public synchronized void restart() {
        stop();
        start();
    }

    @Override
    public void close() {
        stop();
    }

    private OwnerThread running() {
        if (owner == null) {
            throw new IllegalStateException(described.name + " is stopped");
        }
        return owner;
    }

    private static long epochNs() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }
}
