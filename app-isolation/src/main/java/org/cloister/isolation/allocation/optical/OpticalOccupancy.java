package org.cloister.isolation.allocation.optical;

import java.util.Arrays;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which hosts of each leaf are free, and what light there is: for each port of the optical switches the port that it is
 * joined with, and whether a slice has that circuit or nobody. Circuits that a slice gives back stay as idle ones: they
 * cost nothing to whoever needs the same, and give way to whoever needs a port of theirs.
 *
 * <p>A circuit that is there and carries no light, because it failed or ends at a port that is broken, gives way in the
 * same manner. Whoever needs the same has to make it, but nothing has to be removed for that.
 *
 * <p>Mutable, for one thread: what is decided is taken, and given back later. A copy costs the ports.
 */
public final class OpticalOccupancy {

    private static final int DARK = -1;

    private final OpticalFabric fabric;
    private final int[] hosts;
    /** By port, the other port of the circuit that carries light there. */
    private final int[] peer;
    /** By port, the other port of the circuit that is there, with or without light. */
    private final int[] joined;
    private final boolean[] held;
    private final int[] usableOfLeaf;
    private final int[] usableOfSpine;
    private int freeHosts;

    private OpticalOccupancy(OpticalFabric fabric, int[] hosts, int[] peer, int[] joined, boolean[] held,
                             int[] usableOfLeaf, int[] usableOfSpine, int freeHosts) {
        this.fabric = fabric;
        this.hosts = hosts;
        this.peer = peer;
        this.joined = joined;
        this.held = held;
        this.usableOfLeaf = usableOfLeaf;
        this.usableOfSpine = usableOfSpine;
        this.freeHosts = freeHosts;
    }

    /** Returns a fabric without circuits in which all is free. */
    public static OpticalOccupancy dark(OpticalFabric fabric) {
        int[] hosts = new int[fabric.leaves()];
        int[] ofLeaf = new int[fabric.leaves()];
        int[] ofSpine = new int[fabric.spines()];
        int[] peer = new int[fabric.ports()];
        Arrays.setAll(hosts, fabric::hosts);
        Arrays.setAll(ofLeaf, leaf -> fabric.leafPorts(leaf).length);
        Arrays.setAll(ofSpine, spine -> fabric.spinePorts(spine).length);
        Arrays.fill(peer, DARK);
        return new OpticalOccupancy(fabric, hosts, peer, peer.clone(), new boolean[fabric.ports()], ofLeaf, ofSpine,
                Arrays.stream(hosts).sum());
    }

    /** Returns one that changes independently. */
    public OpticalOccupancy copy() {
        return new OpticalOccupancy(fabric, hosts.clone(), peer.clone(), joined.clone(), held.clone(),
                usableOfLeaf.clone(), usableOfSpine.clone(), freeHosts);
    }

    /** Returns what it is the occupancy of. */
    public OpticalFabric fabric() {
        return fabric;
    }

    /** Returns how many hosts are free. */
    public int freeHosts() {
        return freeHosts;
    }

    /** Returns how many hosts of a leaf are free. */
    public int freeHosts(int leaf) {
        return hosts[leaf];
    }

    /** Returns how many ports of a leaf nobody has, whether or not there is an idle circuit on them. */
    public int freeUplinks(int leaf) {
        return usableOfLeaf[leaf];
    }

    /** Returns how many ports of a spine nobody has, whether or not there is an idle circuit on them. */
    public int freeSpinePorts(int spine) {
        return usableOfSpine[spine];
    }

    /** Returns whether nobody has a port; there may be an idle circuit on it. */
    public boolean isFree(int port) {
        return !held[port];
    }

    /** Returns the port that light joins a port with; -1 if there is no light. */
    public int peer(int port) {
        return peer[port];
    }

    /**
     * Returns the port that a circuit joins a port with, whether or not it carries light: the port itself if with none
     * of this fabric, -1 if there is no circuit.
     */
    public int joined(int port) {
        return joined[port];
    }

    /** Returns whether light joins a port with another, and nobody has it. */
    public boolean isIdle(int port) {
        return !held[port] && peer[port] != DARK;
    }

    /** Returns all circuits that carry light and that nobody has, sorted. */
    public SortedSet<PortPair> idle() {
        SortedSet<PortPair> idle = new TreeSet<>();
        for (int port = 0; port < peer.length; port++) {
            if (isIdle(port)) {
                idle.add(PortPair.of(port, peer[port]));
            }
        }
        return idle;
    }

    /**
     * Makes an idle circuit.
     *
     * @throws IllegalArgumentException if one of the ports has a circuit, or they are no pair
     */
    public void join(PortPair circuit) {
        checkJoinable(circuit, Collections.emptySortedSet());
        light(circuit);
    }

    /**
     * Says that a circuit is there and carries no light. What one of its ports is withheld for does not hold the other.
     *
     * @param other the port that the first is joined with; the first once more if it is none of this fabric
     * @throws IllegalArgumentException if one of the ports has a circuit
     */
    public void joinWithoutLight(int port, int other) {
        if (joined[port] != DARK || joined[other] != DARK) {
            throw new IllegalArgumentException("a port has a circuit: " + port + ", " + other);
        }
        joined[port] = other;
        joined[other] = port;
    }

    /** Takes a port out of use, with the light on it: it is down, or somebody has it whose circuits are not ours. */
    public void withhold(int port) {
        hold(port);
        if (peer[port] != DARK) {
            hold(peer[port]);
        }
    }

    /**
     * Takes hosts of a leaf out of account without a slice.
     *
     * @throws IllegalArgumentException if fewer are free
     */
    public void withholdHosts(int leaf, int count) {
        if (count > hosts[leaf]) {
            throw new IllegalArgumentException(count + " hosts of leaf " + leaf + ", of which " + hosts[leaf]
                    + " are free");
        }
        hosts[leaf] -= count;
        freeHosts -= count;
    }

    /**
     * Takes what a slice takes: removes what gives way, makes what is new, and holds all circuits of the slice.
     *
     * @throws IllegalArgumentException if some of it is not free; then nothing is taken
     */
    public void take(OpticalFootprint footprint) {
        for (int place = 0; place < footprint.size(); place++) {
            if (footprint.hosts(place) > hosts[footprint.leaf(place)]) {
                throw new IllegalArgumentException("hosts are not free: " + footprint);
            }
        }
        take(footprint.circuits());
        for (int place = 0; place < footprint.size(); place++) {
            hosts[footprint.leaf(place)] -= footprint.hosts(place);
            freeHosts -= footprint.hosts(place);
        }
    }

    /**
     * Takes the circuits of a slice.
     *
     * @throws IllegalArgumentException if some of them are not free; then nothing is taken
     */
    public void take(OpticalPlan plan) {
        for (PortPair circuit : plan.removed()) {
            checkGivesWay(circuit);
        }
        for (PortPair circuit : plan.kept()) {
            checkIdle(circuit);
        }
        for (PortPair circuit : plan.added()) {
            checkJoinable(circuit, plan.removed());
        }
        plan.removed().forEach(this::part);
        plan.added().forEach(this::light);
        plan.all().forEach(circuit -> {
            hold(circuit.low());
            hold(circuit.high());
        });
    }

    /** Gives back what a slice took; its circuits stay as idle ones. */
    public void release(OpticalFootprint footprint) {
        release(footprint.circuits());
        for (int place = 0; place < footprint.size(); place++) {
            hosts[footprint.leaf(place)] += footprint.hosts(place);
            freeHosts += footprint.hosts(place);
        }
    }

    /** Gives the circuits of a slice back; they stay as idle ones. */
    public void release(OpticalPlan plan) {
        plan.all().forEach(circuit -> {
            free(circuit.low());
            free(circuit.high());
        });
    }

    private void hold(int port) {
        if (!held[port]) {
            held[port] = true;
            count(port, -1);
        }
    }

    private void free(int port) {
        if (held[port]) {
            held[port] = false;
            count(port, 1);
        }
    }

    private void count(int port, int change) {
        if (fabric.leaf(port) >= 0) {
            usableOfLeaf[fabric.leaf(port)] += change;
        } else {
            usableOfSpine[fabric.spine(port)] += change;
        }
    }

    private void light(PortPair circuit) {
        peer[circuit.low()] = circuit.high();
        peer[circuit.high()] = circuit.low();
        joined[circuit.low()] = circuit.high();
        joined[circuit.high()] = circuit.low();
    }

    private void part(PortPair circuit) {
        peer[circuit.low()] = DARK;
        peer[circuit.high()] = DARK;
        joined[circuit.low()] = DARK;
        joined[circuit.high()] = DARK;
    }

    private void checkIdle(PortPair circuit) {
        if (!isIdle(circuit.low()) || peer[circuit.low()] != circuit.high()) {
            throw new IllegalArgumentException("no idle circuit: " + circuit);
        }
    }

    /** Of a circuit without light one port may be held, for what is broken about it. */
    private void checkGivesWay(PortPair circuit) {
        if (held[circuit.low()] && held[circuit.high()] || joined[circuit.low()] != circuit.high()) {
            throw new IllegalArgumentException("no circuit that gives way: " + circuit);
        }
    }

    private void checkJoinable(PortPair circuit, SortedSet<PortPair> removed) {
        if (!isOpen(circuit.low(), circuit, removed) || !isOpen(circuit.high(), circuit, removed)) {
            throw new IllegalArgumentException("a port is in use: " + circuit);
        }
        if (fabric.opticalSwitch(circuit.low()) != fabric.opticalSwitch(circuit.high())
                || fabric.leaf(circuit.low()) < 0 || fabric.leaf(circuit.low()) == fabric.leaf(circuit.high())) {
            throw new IllegalArgumentException("these ports are not to be joined: " + circuit);
        }
    }

    /** Whether nothing is on a port, or what gives way, or the circuit itself without light. */
    private boolean isOpen(int port, PortPair circuit, SortedSet<PortPair> removed) {
        if (held[port]) {
            return false;
        }
        if (joined[port] == DARK) {
            return true;
        }
        PortPair there = PortPair.there(port, joined[port]);
        return removed.contains(there) || peer[port] == DARK && there.equals(circuit);
    }
}
