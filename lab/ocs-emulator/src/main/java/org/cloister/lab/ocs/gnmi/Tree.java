package org.cloister.lab.ocs.gnmi;

import org.cloister.gnmi.Path;
import org.cloister.lab.ocs.device.Connection;
import org.cloister.lab.ocs.device.OpticalSwitch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** All leaves as clients were told last; tells what is different when the switch has changed. */
final class Tree {

    private final OpticalSwitch device;
    private final String name;
    private final SortedMap<String, List<Leaf>> connections = new TreeMap<>();
    private final SortedMap<String, List<Leaf>> ports;
    private List<Leaf> whole = List.of();

    /**
     * Creates an empty tree.
     *
     * @param name the switch's
     */
    Tree(OpticalSwitch device, String name) {
        this.device = device;
        this.name = name;
        this.ports = new TreeMap<>(Comparator.comparingInt(device.ports()::number));
    }

    /** Looks again at what may look different. */
    Change look(Set<String> connectionNames, Set<String> portNames) {
        Change change = new Change(new ArrayList<>(), new ArrayList<>());
        List<Leaf> nowWhole = Model.leaves(device, name);
        change.differ(whole, nowWhole);
        whole = nowWhole;
        for (String connection : connectionNames) {
            Connection shown = device.connections().get(connection);
            if (shown == null) {
                List<Leaf> before = connections.remove(connection);
                if (before != null) {
                    change.gone().add(new Gone(Model.connection(connection), before));
                }
            } else {
                List<Leaf> now = Model.leaves(shown);
                change.differ(connections.getOrDefault(connection, List.of()), now);
                connections.put(connection, now);
            }
        }
        for (String port : portNames) {
            List<Leaf> now = Model.leaves(device.port(port));
            change.differ(ports.getOrDefault(port, List.of()), now);
            ports.put(port, now);
        }
        return change;
    }

    /** Goes through all leaves. */
    void forEach(Consumer<Leaf> visitor) {
        whole.forEach(visitor);
        connections.values().forEach(leaves -> leaves.forEach(visitor));
        ports.values().forEach(leaves -> leaves.forEach(visitor));
    }

    /**
     * What is different.
     *
     * @param updates leaves that are new or have another value
     * @param gone    what is no longer there
     */
    record Change(List<Leaf> updates, List<Gone> gone) {

        boolean isEmpty() {
            return updates.isEmpty() && gone.isEmpty();
        }

        private void differ(List<Leaf> before, List<Leaf> now) {
            Map<String, Leaf> left = new HashMap<>();
            before.forEach(leaf -> left.put(leaf.name(), leaf));
            for (Leaf leaf : now) {
                Leaf older = left.remove(leaf.name());
                if (older == null || !older.value().equals(leaf.value())) {
                    updates.add(leaf);
                }
            }
            before.stream().filter(leaf -> left.containsKey(leaf.name()))
                    .forEach(leaf -> gone.add(new Gone(leaf.path(), List.of(leaf))));
        }
    }

    /**
     * A part of the tree that is no longer there.
     *
     * @param path   where it was
     * @param leaves what was in it
     */
    record Gone(Path path, List<Leaf> leaves) {
    }
}
