package org.cloister.isolation.allocation.optical;

import java.util.Arrays;
import java.util.Objects;

/** What a slice takes of an optical fabric, in numbers: on each of its leaves so many hosts, and circuits. */
public final class OpticalFootprint {

    private final int[] leaves;
    private final int[] hosts;
    private final OpticalPlan circuits;

    /**
     * Creates a footprint; arrays are shared with the caller and must not be changed.
     *
     * @param leaves the leaves' numbers
     * @param hosts how many hosts on each of them, at least one
     */
    public OpticalFootprint(int[] leaves, int[] hosts, OpticalPlan circuits) {
        this.leaves = leaves;
        this.hosts = hosts;
        this.circuits = Objects.requireNonNull(circuits, "circuits is null");
    }

    /** Returns how many leaves there are. */
    public int size() {
        return leaves.length;
    }

    /** Returns the number of the leaf at a place. */
    public int leaf(int place) {
        return leaves[place];
    }

    /** Returns how many hosts are taken on the leaf at a place. */
    public int hosts(int place) {
        return hosts[place];
    }

    /** Returns how many hosts are taken. */
    public int hosts() {
        return Arrays.stream(hosts).sum();
    }

    /** Returns the circuits; places there are the same as here. */
    public OpticalPlan circuits() {
        return circuits;
    }

    /** Returns how many circuits have to be made and removed. */
    public int moves() {
        return circuits.moves();
    }

    @Override
    public String toString() {
        return "leaves " + Arrays.toString(leaves) + ", hosts " + Arrays.toString(hosts) + ", " + circuits;
    }
}
