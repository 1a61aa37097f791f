package org.cloister.ocs.control;

import org.cloister.driver.ocs.session.OcsSessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The only place that tells switches anything. One order per owner at a time, and one per switch: a switch with a
 * change that waits for confirmation takes no other. Belongs to the control thread.
 */
final class Flights {

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final OcsSessions sessions;
    private final Deadlines deadlines;
    private final Clock clock;
    private final Runnable ended;
    /** By owner, in the order in which they were asked for. */
    private final Map<String, Flight> flights = new TreeMap<>();
    private final List<Flight> waiting = new ArrayList<>();
    private final Set<String> taken = new HashSet<>();

    /** Creates it; what is given is told of every order that has ended. */
    Flights(OcsSessions sessions, ScheduledExecutorService thread, Clock clock, Runnable ended) {
        this.sessions = sessions;
        this.deadlines = new Deadlines(thread);
        this.clock = clock;
        this.ended = ended;
    }

    /** Has an order carried out, after earlier ones for the same switches; the owner's last one must have ended. */
    void start(FlightOrder order, Limits limits) {
        Flight before = flights.get(order.owner());
        if (before != null && !before.hasEnded()) {
            throw new IllegalStateException(order + " while another order for " + order.owner() + " is under way");
        }
        log.debug("{}", order);
        Flight[] flight = new Flight[1];
        flight[0] = new Flight(order, sessions, deadlines, limits, clock, () -> land(flight[0]));
        flights.put(order.owner(), flight[0]);
        waiting.add(flight[0]);
        depart();
    }

    private void depart() {
        for (Flight flight : List.copyOf(waiting)) {
            Set<String> switches = flight.order().changes().keySet();
            if (!flight.hasBegun() && Collections.disjoint(taken, switches)) {
                waiting.remove(flight);
                taken.addAll(switches);
                flight.begin();
            }
        }
    }

    private void land(Flight flight) {
        if (flights.get(flight.order().owner()) != flight) {
            return; // another leader looks after it
        }
        taken.removeAll(flight.order().changes().keySet());
        depart();
        ended.run();
    }

    /** Returns what became of each owner's last order that was not forgotten. */
    Map<String, FlightReport> reports() {
        Map<String, FlightReport> reports = new TreeMap<>();
        flights.forEach((owner, flight) -> reports.put(owner, flight.report()));
        return reports;
    }

    /** Forgets an order that has ended. */
    void forget(String owner) {
        flights.remove(owner);
    }

    /** Forgets everything and tells nothing more: another leader looks after what is under way. */
    void clear() {
        flights.values().forEach(Flight::abandon);
        flights.clear();
        waiting.clear();
        taken.clear();
    }
}
