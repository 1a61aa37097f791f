package org.cloister.ocs.store;

import org.cloister.ocs.store.LeaderFence.Head;
import org.onosproject.store.service.StorageService;

import java.util.List;
import java.util.concurrent.Executor;

/** All that is kept of circuits, for the whole cluster. */
public final class CircuitStore {

    private static final String PREFIX = "cloister-circuit-";

    private final Documents<StoredDemand> demands;
    private final Documents<StoredDebt> debts;
    private final Documents<StoredQuarantine> quarantine;
    private final Documents<StoredMade> made;
    private final Documents<Head> head;
    private final LeaderFence fence;

    /** Opens the maps; the listener runs on the executor after every change by any node, once this was started. */
    public CircuitStore(StorageService storageService, Executor events, Runnable listener) {
        demands = new Documents<>(storageService, PREFIX + "demands", StoredDemand.class, events, listener);
        debts = new Documents<>(storageService, PREFIX + "debts", StoredDebt.class, events, listener);
        quarantine = new Documents<>(storageService, PREFIX + "quarantine", StoredQuarantine.class, events, listener);
        made = new Documents<>(storageService, PREFIX + "made", StoredMade.class, events, listener);
        head = new Documents<>(storageService, PREFIX + "leader", Head.class, events, listener);
        fence = new LeaderFence(head);
    }

    private List<Documents<?>> all() {
        return List.of(demands, debts, quarantine, made, head);
    }

    /** Begins to hear of changes. */
    public void start() {
        all().forEach(Documents::start);
    }

    /** Hears of changes no more; the documents stay. */
    public void stop() {
        all().forEach(Documents::stop);
    }

    /** Reads everything anew. */
    public void refresh() {
        all().forEach(Documents::refresh);
    }

    /** Returns demands, by owner. */
    public Documents<StoredDemand> demands() {
        return demands;
    }

    /** Returns what could not be undone yet. */
    public Documents<StoredDebt> debts() {
        return debts;
    }

    /** Returns quarantined ports, by {@link StoredQuarantine#key}. */
    public Documents<StoredQuarantine> quarantine() {
        return quarantine;
    }

    /** Returns our circuits on switches whose circuits have no names, by switch. */
    public Documents<StoredMade> made() {
        return made;
    }

    /** Returns what keeps deposed leaders from acting. */
    public LeaderFence fence() {
        return fence;
    }
}
