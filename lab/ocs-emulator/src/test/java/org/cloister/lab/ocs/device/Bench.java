package org.cloister.lab.ocs.device;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.cloister.lab.ocs.Times;
import org.cloister.lab.ocs.fault.Fault;
import org.cloister.lab.ocs.fault.FaultKind;
import org.cloister.lab.ocs.fault.Faults;
import org.cloister.lab.ocs.plant.MemoryPlant;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** A switch of 8 ports on a bench: mirrors take 25 ms, receivers 100 ms, and time passes by hand. */
final class Bench {

    final ManualTime time = new ManualTime();
    final MemoryPlant plant = new MemoryPlant();
    final Faults faults = new Faults();
    final MemoryStateStore store = new MemoryStateStore();
    Times times = Times.ofMillis(25, 100);
    OpticalSwitch device;
    Writer writer;

    Bench() {
        restart();
    }

    /** Starts the process that manages the switch, again. */
    void restart() {
        Writer[] notified = new Writer[1];
        device = new OpticalSwitch(new Ports(8), plant, time, time::epochNs, () -> times, faults,
                (connections, ports) -> notified[0].save());
        writer = new Writer(device, store, time, time::epochNs);
        notified[0] = writer;
        writer.start();
    }

    /** Configures exactly these circuits, written {@code name=one-other}. */
    void configure(String... circuits) {
        SortedMap<String, Circuit> connections = new TreeMap<>();
        for (String circuit : circuits) {
            String[] parts = circuit.split("[=-]");
            connections.put(parts[0], new Circuit(parts[1], parts[2]));
        }
        write(device.configuration().withConnections(connections));
    }

    /** Configures exactly these circuits, and waits until mirrors and receivers are done. */
    void establish(String... circuits) {
        configure(circuits);
        time.pass(1_000);
    }

    void disable(String... ports) {
        write(new Configuration(device.configuration().connections(), new TreeSet<>(List.of(ports)),
                device.configuration().recovery()));
    }

    void recover(Recovery recovery) {
        write(new Configuration(device.configuration().connections(), device.configuration().disabled(), recovery));
    }

    private void write(Configuration next) {
        writer.write(Optional.empty(), Optional.empty(),
                now -> Optional.of(new Edit(next, Set.copyOf(device.connections().keySet()))));
    }

    Fault breaks(FaultKind kind, Map<String, ?> parameters) {
        Fault fault = new Fault(kind, new ObjectMapper().valueToTree(parameters));
        faults.add(fault);
        device.broke(fault);
        return fault;
    }

    void mends(Fault fault) {
        faults.remove(fault);
        device.mended(fault);
    }

    ConnectionStatus status(String name) {
        Connection connection = device.connections().get(name);
        return connection == null ? null : connection.status();
    }

    String reason(String name) {
        return device.connections().get(name).reason();
    }
}
