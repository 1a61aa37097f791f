package org.cloister.lab.ocs.fault;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** What is wrong now, in the order it was told. Read by any thread. */
public final class Faults {

    private final List<Fault> active = new CopyOnWriteArrayList<>();

    /** Adds a fault. */
    public void add(Fault fault) {
        active.add(fault);
    }

    /** Removes the faults of a kind that have these parameters, or all of the kind, and returns them. */
    public List<Fault> remove(FaultKind kind, ObjectNode parameters) {
        List<Fault> gone = active.stream().filter(fault -> fault.kind() == kind && fault.has(parameters))
                .collect(Collectors.toList());
        active.removeAll(gone);
        return gone;
    }

    /** Removes one. */
    public void remove(Fault fault) {
        active.remove(fault);
    }

    /** Returns all. */
    public List<Fault> all() {
        return List.copyOf(active);
    }

    /** Returns a fault of that kind. */
    public Optional<Fault> any(FaultKind kind) {
        return active.stream().filter(fault -> fault.kind() == kind).findFirst();
    }

    /** Returns a fault of that kind at that port. */
    public Optional<Fault> at(FaultKind kind, String port) {
        return active.stream().filter(fault -> fault.kind() == kind && fault.at(port)).findFirst();
    }
}
