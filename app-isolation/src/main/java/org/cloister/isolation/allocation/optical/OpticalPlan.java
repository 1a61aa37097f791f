package org.cloister.isolation.allocation.optical;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The circuits of a slice: those that are there and stay, those to be made, and the idle ones that give way. Each
 * belongs to a place, a leaf of the slice, and a colour, a virtual spine; all circuits of a colour end at one spine, or
 * join two leaves directly.
 */
public final class OpticalPlan {

    private static final OpticalPlan NONE = new OpticalPlan(new int[0], List.of(), Collections.emptySortedSet(),
            Collections.emptySortedSet(), Collections.emptySortedSet(), true);

    private final int[] spines;
    private final List<Way> ways;
    private final SortedSet<PortPair> kept;
    private final SortedSet<PortPair> added;
    private final SortedSet<PortPair> removed;
    private final boolean proven;

    private OpticalPlan(int[] spines, List<Way> ways, SortedSet<PortPair> kept, SortedSet<PortPair> added,
                        SortedSet<PortPair> removed, boolean proven) {
        this.spines = spines;
        this.ways = Collections.unmodifiableList(ways);
        this.kept = Collections.unmodifiableSortedSet(kept);
        this.added = Collections.unmodifiableSortedSet(added);
        this.removed = Collections.unmodifiableSortedSet(removed);
        this.proven = proven;
    }

    /** Returns the plan of a slice that needs no circuit. */
    public static OpticalPlan none() {
        return NONE;
    }

    /**
     * Returns the plan that realises some ways: light that is there is kept, what is in the way of the others removed.
     *
     * @param spines by colour, the spine; -1 where two leaves are joined directly
     * @param proven whether fewer moves are known not to do
     */
    static OpticalPlan of(OpticalOccupancy occupancy, int[] spines, List<Way> ways, boolean proven) {
        SortedSet<PortPair> kept = new TreeSet<>();
        SortedSet<PortPair> added = new TreeSet<>();
        SortedSet<PortPair> removed = new TreeSet<>();
        for (Way way : ways) {
            PortPair circuit = PortPair.of(way.leafPort(), way.farPort());
            if (occupancy.peer(way.leafPort()) == way.farPort()) {
                kept.add(circuit);
                continue;
            }
            added.add(circuit);
            if (occupancy.joined(way.leafPort()) == way.farPort()) {
                continue;
            }
            for (int port : new int[] {way.leafPort(), way.farPort()}) {
                if (occupancy.joined(port) >= 0) {
                    removed.add(PortPair.there(port, occupancy.joined(port)));
                }
            }
        }
        return new OpticalPlan(spines, ways, kept, added, removed, proven);
    }

    /** Returns two plans as one, which is not known to be best; the colours of the second come after those of the first. */
    static OpticalPlan together(OpticalOccupancy occupancy, OpticalPlan first, OpticalPlan second) {
        int[] spines = Arrays.copyOf(first.spines, first.colours() + second.colours());
        System.arraycopy(second.spines, 0, spines, first.colours(), second.colours());
        List<Way> ways = new ArrayList<>(first.ways);
        second.ways.forEach(way -> ways.add(
                new Way(way.place, first.colours() + way.colour, way.leafPort, way.farPort)));
        return of(occupancy, spines, ways, false);
    }

    /** Returns the same plan with what is known of it. */
    OpticalPlan withProven(boolean known) {
        return new OpticalPlan(spines, ways, kept, added, removed, known);
    }

    /** Returns the number of virtual spines. */
    public int colours() {
        return spines.length;
    }

    /** Returns the spine of a colour, which several may share; -1 where two leaves are joined directly. */
    public int spine(int colour) {
        return spines[colour];
    }

    /** Returns which circuit each leaf has in each colour that it needs. */
    public List<Way> ways() {
        return ways;
    }

    /** Returns the circuits that are there and stay. */
    public SortedSet<PortPair> kept() {
        return kept;
    }

    /** Returns the circuits to be made, which may be there without light. */
    public SortedSet<PortPair> added() {
        return added;
    }

    /** Returns the circuits that give way, with or without light. */
    public SortedSet<PortPair> removed() {
        return removed;
    }

    /** Returns the circuits of the slice: those that stay, then those to be made. */
    public List<PortPair> all() {
        List<PortPair> all = new ArrayList<>(kept);
        all.addAll(added);
        return all;
    }

    /** Returns how many circuits have to be made and removed. */
    public int moves() {
        return added.size() + removed.size();
    }

    /** Returns whether fewer moves are known not to do. */
    public boolean proven() {
        return proven;
    }

    @Override
    public String toString() {
        return "keep " + kept + ", add " + added + ", remove " + removed;
    }

    /** The circuit that a leaf has in a colour. */
    public static final class Way {

        private final int place;
        private final int colour;
        private final int leafPort;
        private final int farPort;

        Way(int place, int colour, int leafPort, int farPort) {
            this.place = place;
            this.colour = colour;
            this.leafPort = leafPort;
            this.farPort = farPort;
        }

        /** Returns the leaf's place. */
        public int place() {
            return place;
        }

        /** Returns the colour. */
        public int colour() {
            return colour;
        }

        /** Returns the optical switch's port at the leaf. */
        public int leafPort() {
            return leafPort;
        }

        /** Returns the optical switch's port at the spine, or at the other leaf. */
        public int farPort() {
            return farPort;
        }
    }
}
