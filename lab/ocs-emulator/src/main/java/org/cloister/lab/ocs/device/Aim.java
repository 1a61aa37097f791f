package org.cloister.lab.ocs.device;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Where mirrors really point, which is where connections say unless something is wrong. */
final class Aim {

    private final Ports ports;
    private final Troubles troubles;
    /** Where light still goes because a mirror does not move. */
    private final Map<String, String> held = new TreeMap<>();

    Aim(Ports ports, Troubles troubles) {
        this.ports = ports;
        this.troubles = troubles;
    }

    /** Mirrors that are stuck keep the light that they have, as long as the other end does not turn away. */
    void hold(Collection<Connection> leaving, Map<String, String> mates) {
        for (Connection gone : leaving) {
            for (String port : List.of(gone.circuit().input(), gone.circuit().output())) {
                String mate = mates.get(port);
                if (mate != null && troubles.stuck(port).filter("old"::equals).isPresent()) {
                    held.put(port, mate);
                    held.put(mate, port);
                }
            }
        }
    }

    /** A mirror moves again. */
    void release(String port) {
        Optional.ofNullable(held.remove(port)).ifPresent(held::remove);
    }

    /** All mirrors move again. */
    void releaseAll() {
        held.clear();
    }

    /** Returns the port that each port's light goes to, both ways. Ports of other connections are never lit by mistake. */
    Map<String, String> of(Collection<Connection> connections) {
        Set<String> taken = new HashSet<>();
        connections.stream().filter(connection -> connection.status() != ConnectionStatus.PENDING_DELETION)
                .map(Connection::circuit).forEach(circuit -> taken.addAll(List.of(circuit.input(), circuit.output())));
        Map<String, String> wanted = new TreeMap<>();
        connections.stream().filter(connection -> connection.status() == ConnectionStatus.CONNECTED)
                .forEach(connection -> lead(connection.circuit(), wanted, taken));
        held.forEach((port, mate) -> {
            if (!wanted.containsKey(port) && !wanted.containsKey(mate)) {
                wanted.put(port, mate);
                wanted.put(mate, port);
            }
        });
        return wanted;
    }

    private void lead(Circuit circuit, Map<String, String> wanted, Set<String> taken) {
        String one = circuit.input();
        String other = circuit.output();
        for (String port : List.of(circuit.input(), circuit.output())) {
            if (troubles.missed(port).isPresent()) {
                one = port;
                other = troubles.missed(port).get().text("to").or(() -> firstIdle(taken))
                        .filter(to -> !taken.contains(to)).orElse(null);
            }
        }
        if (other != null) {
            taken.add(other);
            wanted.put(one, other);
            wanted.put(other, one);
        }
    }

    private Optional<String> firstIdle(Set<String> taken) {
        return ports.names().stream().filter(port -> !taken.contains(port)).findFirst();
    }
}
