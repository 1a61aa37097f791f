package org.cloister.isolation.program.sim;

import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.fabric.Host;
import org.cloister.isolation.fabric.Link;
import org.onosproject.net.flow.FlowRule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Frames that hosts send again and again while rules change. What became of each is remembered with all tables that
 * looked at it, so that a change of one rule costs only the frames that the rule can concern: those that came by its
 * table and fit it.
 */
public final class Probes {

    private final FabricModel model;
    private final Matching matching;
    private final List<Probe> probes = new ArrayList<>();
    /** By switch and table, then by the port that the frame came in at. */
    private final Map<String, Map<Long, Set<Visit>>> visits = new HashMap<>();

    public Probes(FabricModel model, VlanReading reading) {
        this.model = model;
        this.matching = new Matching(reading);
    }

    /** Has a host send a frame from now on. */
    public Probe add(Host sender, Frame frame) {
        Probe probe = new Probe(sender, frame);
        probes.add(probe);
        follow(probe);
        return probe;
    }

    /** Returns all. */
    public List<Probe> all() {
        return probes;
    }

    /** Adds a rule to its switch and returns the probes that were followed again. */
    public Collection<Probe> added(FlowRule rule) {
        Set<Probe> concerned = taken(rule);
        visits(rule).forEach(visit -> {
            boolean outranked = visit.rule != null && visit.rule.priority() > rule.priority();
            if (!outranked && matching.fits(rule.selector(), visit.inPort, visit.frame)) {
                concerned.add(visit.probe);
            }
        });
        model.add(rule);
        concerned.forEach(this::follow);
        return concerned;
    }

    /** Wires the fabric otherwise and follows all probes again. */
    public void rewired(Collection<Link> links, Collection<FabricPort> withoutLight) {
        model.rewire(links, withoutLight);
        probes.forEach(this::follow);
    }

    /** Removes a rule from its switch and returns the probes that were followed again. */
    public Collection<Probe> removed(FlowRule rule) {
        Set<Probe> concerned = taken(rule);
        model.remove(rule);
        concerned.forEach(this::follow);
        return concerned;
    }

    /** Returns the probes that the rule of a key takes now. */
    private Set<Probe> taken(FlowRule key) {
        Set<Probe> taken = new LinkedHashSet<>();
        visits(key).stream().filter(visit -> key.equals(visit.rule)).forEach(visit -> taken.add(visit.probe));
        return taken;
    }

    private List<Visit> visits(FlowRule rule) {
        Map<Long, Set<Visit>> there = visits.getOrDefault(spot(model.at(rule), SwitchModel.table(rule)), Map.of());
        Long port = Matching.port(rule.selector());
        List<Visit> found = new ArrayList<>();
        if (port != null) {
            found.addAll(there.getOrDefault(port, Set.of()));
        } else {
            there.values().forEach(found::addAll);
        }
        return found;
    }

    private static String spot(String at, int table) {
        return at + ' ' + table;
    }

    private void follow(Probe probe) {
        probe.visits.forEach(visit -> visit.bucket.remove(visit));
        probe.visits.clear();
        probe.undefined = null;
        try {
            probe.trace = model.send(probe.sender.port(), probe.frame, (at, table, inPort, frame, rule) ->
                    probe.visits.add(new Visit(probe, bucket(at, table, inPort), inPort, frame, rule)));
        } catch (AssertionError e) {
            probe.trace = new Trace();
            probe.undefined = e;
        }
        probe.visits.forEach(visit -> visit.bucket.add(visit));
    }

    private Set<Visit> bucket(String at, int table, long inPort) {
        return visits.computeIfAbsent(spot(at, table), key -> new HashMap<>())
                .computeIfAbsent(inPort, key -> new LinkedHashSet<>());
    }

    /** A frame of a host, and what became of it the last time. */
    public static final class Probe {

        private final Host sender;
        private final Frame frame;
        private final List<Visit> visits = new ArrayList<>(8);
        private Trace trace;
        private AssertionError undefined;

        private Probe(Host sender, Frame frame) {
            this.sender = Objects.requireNonNull(sender, "sender is null");
            this.frame = Objects.requireNonNull(frame, "frame is null");
        }

        public Host sender() {
            return sender;
        }

        public Frame frame() {
            return frame;
        }

        public Trace trace() {
            return trace;
        }

        /** Returns why it is not defined what a switch does with the frame; null if it is. */
        public AssertionError undefined() {
            return undefined;
        }

        /** Returns whether anything at all became of it. */
        public boolean heard() {
            return undefined != null || !trace.deliveries().isEmpty() || !trace.crossed().isEmpty()
                    || !trace.punted().isEmpty() || trace.looped();
        }
    }

    /** A table that looked at a frame of a probe. */
    private static final class Visit {

        private final Probe probe;
        private final Set<Visit> bucket;
        private final long inPort;
        private final Frame frame;
        private final FlowRule rule;

        private Visit(Probe probe, Set<Visit> bucket, long inPort, Frame frame, FlowRule rule) {
            this.probe = probe;
            this.bucket = bucket;
            this.inPort = inPort;
            this.frame = frame;
            this.rule = rule;
        }
    }
}
