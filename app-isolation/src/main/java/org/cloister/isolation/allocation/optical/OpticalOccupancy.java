package org.cloister.isolation.allocation.optical;

import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which hosts of each leaf are free, and what light there is: for each port of the optical switches the port that it is
 * joined with, and whether a slice has that circuit or nobody. Circuits that a slice gives back stay as idle ones: they
 * cost nothing to whoever needs the same, and give way to whoever needs a port of theirs.
 *
 * <p>Mutable, for one thread: what is decided is taken, and given back later. A copy costs the ports.
 */
public final class OpticalOccupancy {

    private static final int DARK = -1;

    private final OpticalFabric fabric;
    private final int[] hosts;
    private final int[] peer;
    private final boolean[] held;
    private final int[] usableOfLeaf;
    private final int[] usableOfSpine;
    private int freeHosts;

    private OpticalOccupancy(OpticalFabric fabric, int[] hosts, int[] peer, boolean[] held, int[] usableOfLeaf,
                             int[] usableOfSpine, int freeHosts) {
        this.fabric = fabric;
        this.hosts = hosts;
        this.peer = peer;
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
        return new OpticalOccupancy(fabric, hosts, peer, new boolean[fabric.ports()], ofLeaf, ofSpine,
                Arrays.stream(hosts).sum());
    }

    /** Returns one that changes independently. */
    public OpticalOccupancy copy() {
        return new OpticalOccupancy(fabric, hosts.clone(), peer.clone(), held.clone(), usableOfLeaf.clone(),
                usableOfSpine.clone(), freeHosts);
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

    /** Returns the port that a port is joined with; -1 if with none. */
    public int peer(int port) {
        return peer[port];
    }

    /** Returns whether a port is joined with another by a circuit that nobody has. */
    public boolean isIdle(int port) {
        return !held[port] && peer[port] != DARK;
    }

    /** Returns all circuits that nobody has, sorted. */
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
        checkJoinable(circuit);
        join(circuit.low(), circuit.high());
    }

    /** Takes a port out of use, with the circuit on it: it is down, or somebody has it whose circuits are not ours. */
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
            checkIdle(circuit);
        }
        for (PortPair circuit : plan.kept()) {
            checkIdle(circuit);
        }
        plan.removed().forEach(circuit -> part(circuit.low(), circuit.high()));
        try {
            plan.added().forEach(this::checkJoinable);
        } catch (IllegalArgumentException e) {
            plan.removed().forEach(circuit -> join(circuit.low(), circuit.high()));
            throw e;
        }
        plan.added().forEach(circuit -> join(circuit.low(), circuit.high()));
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

    private void join(int one, int other) {
        peer[one] = other;
        peer[other] = one;
    }

    private void part(int one, int other) {
        peer[one] = DARK;
        peer[other] = DARK;
    }

    private void checkIdle(PortPair circuit) {
        if (!isIdle(circuit.low()) || peer[circuit.low()] != circuit.high()) {
            throw new IllegalArgumentException("no idle circuit: " + circuit);
        }
    }

    private void checkJoinable(PortPair circuit) {
        if (held[circuit.low()] || held[circuit.high()] || peer[circuit.low()] != DARK
                || peer[circuit.high()] != DARK) {
            throw new IllegalArgumentException("a port is in use: " + circuit);
        }
        if (fabric.opticalSwitch(circuit.low()) != fabric.opticalSwitch(circuit.high())
                || fabric.leaf(circuit.low()) < 0 || fabric.leaf(circuit.low()) == fabric.leaf(circuit.high())) {
            throw new IllegalArgumentException("these ports are not to be joined: " + circuit);
        }
    }
}
