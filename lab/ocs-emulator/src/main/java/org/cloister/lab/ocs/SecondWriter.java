package org.cloister.lab.ocs;

import org.cloister.lab.ocs.device.Circuit;
import org.cloister.lab.ocs.device.Configuration;
import org.cloister.lab.ocs.device.Edit;
import org.cloister.lab.ocs.device.Writer;
import org.cloister.lab.ocs.fault.Fault;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Another client, which writes with a higher election id than the one before it. */
final class SecondWriter {

    private final Writer writer;
    /** The election id before it came, by the fault that brought it. */
    private final Map<Fault, Optional<BigInteger>> elections = new HashMap<>();

    SecondWriter(Writer writer) {
        this.writer = writer;
    }

    /** Writes; refused like anybody where it is in somebody's way. */
    void come(Fault fault) {
        Optional<BigInteger> before = writer.highest();
        BigInteger election = fault.text("electionId").map(BigInteger::new)
                .orElse(before.orElse(BigInteger.ZERO).add(BigInteger.ONE));
        writer.write(Optional.of(election), Optional.empty(), configuration -> edit(fault, configuration));
        elections.put(fault, before);
    }

    /** Takes its circuit away and leaves. */
    void leave(Fault fault) {
        if (fault.text("one").isPresent()) {
            writer.write(writer.highest(), Optional.empty(), configuration -> {
                SortedMap<String, Circuit> connections = new TreeMap<>(configuration.connections());
                return connections.remove(name(fault)) == null ? Optional.empty()
                        : Optional.of(new Edit(configuration.withConnections(connections), Set.of(name(fault))));
            });
        }
        // a process that started anew has no election to take back
        Optional.ofNullable(elections.remove(fault)).ifPresent(writer::elect);
    }

    private static Optional<Edit> edit(Fault fault, Configuration configuration) {
        SortedMap<String, Circuit> connections = new TreeMap<>(configuration.connections());
        fault.text("delete").ifPresent(connections::remove);
        if (fault.text("one").isPresent()) {
            connections.put(name(fault), new Circuit(fault.required("one"), fault.required("other")));
        }
        return connections.equals(configuration.connections()) ? Optional.empty()
                : Optional.of(new Edit(configuration.withConnections(connections),
                        fault.text("delete").map(Set::of).orElse(Set.of())));
    }

    private static String name(Fault fault) {
        return fault.text("name").orElse("second-writer");
    }
}
