package org.cloister.driver.ocs;

import org.cloister.driver.ocs.session.OcsSession;
import org.cloister.driver.ocs.session.OcsSessions;
import org.cloister.driver.ocs.session.OcsSwitch;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Sessions with switches in memory. */
public final class FakeSessions implements OcsSessions {

    private final Map<String, OcsSession> sessions = new ConcurrentHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile SortedMap<String, OcsSwitch> switches = Collections.emptySortedMap();

    /** Shows a switch from now on. */
    public synchronized void show(OcsSwitch known) {
        SortedMap<String, OcsSwitch> next = new TreeMap<>(switches);
        next.put(known.name(), known);
        switches = next;
        listeners.forEach(Runnable::run);
    }

    /** Shows a switch that is connected and has this node as master. */
    public void show(String name, FakeSwitch opticalSwitch) {
        sessions.computeIfAbsent(name, added -> opticalSwitch.open());
        show(OcsSwitch.builder().name(name).dialect("ocp-gnmi").connected(true).master(true)
                .capabilities(opticalSwitch.capabilities).snapshot(opticalSwitch.snapshot()).build());
    }

    /** Forgets a switch. */
    public synchronized void forget(String name) {
        SortedMap<String, OcsSwitch> next = new TreeMap<>(switches);
        next.remove(name);
        switches = next;
        sessions.remove(name);
        listeners.forEach(Runnable::run);
    }

    @Override
    public SortedMap<String, OcsSwitch> switches() {
        return switches;
    }

    @Override
    public Optional<OcsSession> session(String opticalSwitch) {
        return Optional.ofNullable(sessions.get(opticalSwitch));
    }

    @Override
    public void addListener(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public void removeListener(Runnable listener) {
        listeners.remove(listener);
    }
}
