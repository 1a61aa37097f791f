package org.cloister.ocs.control;

import org.cloister.driver.ocs.session.CircuitHolds;
import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.ocs.api.CircuitPlan;
import org.cloister.ocs.api.CircuitRefusedException;
import org.cloister.ocs.api.CircuitService;
import org.cloister.ocs.api.DemandStatus;
import org.cloister.ocs.api.OpticalCircuit;
import org.cloister.ocs.api.OpticalView;
import org.cloister.ocs.store.CircuitStore;
import org.cloister.ocs.store.Stored;
import org.cloister.runtime.Listeners;
import org.onosproject.cluster.Leadership;
import org.onosproject.cluster.LeadershipEventListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The service without its container: every node takes demands and shows circuits, one decides. */
final class CircuitControl implements CircuitService, CircuitHolds {

    /** What nodes are elected for. */
    static final String TOPIC = "org.cloister.circuits";

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final Services services;
    private final CircuitStore store;
    private final ControlLoop loop;
    private final Admission admission;
    private final Listeners listeners = new Listeners("circuits");
    private final Runnable sessionListener;
    private final LeadershipEventListener leadershipListener = event -> {
        if (TOPIC.equals(event.subject().topic())) {
            lead();
        }
    };

    CircuitControl(Services services) {
        this.services = services;
        this.store = new CircuitStore(services.storage(), services.storeEvents(), this::storeChanged);
        this.loop = new ControlLoop(services, store, listeners::tell);
        this.admission = new Admission(services, store);
        this.sessionListener = loop::wakeSoon;
    }

    void start() {
        store.start();
        try {
            store.refresh();
        } catch (CircuitRefusedException e) {
            log.warn("Demands are read when something changes: {}", e.getMessage());
        }
        services.packets().start(loop::wakeSoon);
        services.sessions().addListener(sessionListener);
        services.leadership().addListener(leadershipListener);
        services.leadership().runForLeadership(TOPIC);
        lead();
    }

    /** Stops; circuits and demands stay. */
    void stop() {
        services.leadership().removeListener(leadershipListener);
        services.sessions().removeListener(sessionListener);
        services.packets().stop();
        store.stop();
        loop.lead(OptionalLong.empty());
        services.leadership().withdraw(TOPIC);
    }

    private void lead() {
        Leadership now = services.leadership().getLeadership(TOPIC);
        boolean leads = now != null && services.local().equals(now.leaderNodeId());
        loop.lead(leads ? OptionalLong.of(now.leader().term()) : OptionalLong.empty());
    }

    /** Has everything looked at anew. */
    void wake() {
        loop.wake();
    }

    private void storeChanged() {
        loop.storeChanged();
    }

    @Override
    public void demand(String owner, Set<OpticalCircuit> circuits) {
        admission.demand(owner, new TreeSet<>(circuits));
        loop.storeChanged();
    }

    @Override
    public void release(String owner) {
        admission.release(owner);
        loop.storeChanged();
    }

    @Override
    public void disconnect(String owner) {
        admission.disconnect(owner);
        loop.storeChanged();
    }

    @Override
    public void disconnect(String owner, Set<OpticalCircuit> circuits) {
        admission.disconnect(owner, new TreeSet<>(circuits));
        loop.storeChanged();
    }

    @Override
    public CircuitPlan plan(String owner, Set<OpticalCircuit> circuits) {
        return admission.plan(owner, new TreeSet<>(circuits));
    }

    @Override
    public Map<String, DemandStatus> demands() {
        return Views.demands(store.demands().heard().values(), services.limits().get());
    }

    @Override
    public OpticalView view() {
        return Views.view(Desired.heard(store), services.sessions().switches(), services.fibres().get());
    }

    @Override
    public boolean unquarantine(String opticalSwitch, String port) {
        boolean was = admission.unquarantine(opticalSwitch, port);
        loop.storeChanged();
        return was;
    }

    @Override
    public Optional<String> holder(String opticalSwitch, CircuitPorts ports) {
        OpticalCircuit circuit = OpticalCircuit.of(opticalSwitch, ports.one(), ports.other());
        return store.demands().heard().values().stream()
                .filter(demand -> demand.value().circuits().contains(circuit))
                .map(demand -> demand.value().owner()).findFirst();
    }

    @Override
    public Map<String, String> quarantined(String opticalSwitch) {
        Map<String, String> ports = new TreeMap<>();
        store.quarantine().heard().values().stream().map(Stored::value)
                .filter(port -> port.opticalSwitch().equals(opticalSwitch))
                .forEach(port -> ports.put(port.port(), port.reason()));
        return ports;
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
