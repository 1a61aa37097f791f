package org.cloister.isolation.allocation.optical;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * Fewest moves by looking at all choices of spines and ports: knows nothing of the planner. For small needs only.
 */
final class ExactOptics {

    private final OpticalOccupancy occupancy;
    private final OpticalFabric fabric;
    private final OpticalNeed need;
    private final boolean feasibilityOnly;
    private final int[] spineOf;
    private final boolean[] used;
    private final List<int[]> chosen = new ArrayList<>();
    private int best = Integer.MAX_VALUE;

    private ExactOptics(OpticalOccupancy occupancy, OpticalNeed need, boolean feasibilityOnly) {
        this.occupancy = occupancy;
        this.fabric = occupancy.fabric();
        this.need = need;
        this.feasibilityOnly = feasibilityOnly;
        this.spineOf = new int[need.colours()];
        this.used = new boolean[fabric.ports()];
    }

    /** Returns the fewest moves that serve a need; empty if nothing does. */
    static OptionalInt fewestMoves(OpticalOccupancy occupancy, OpticalNeed need) {
        ExactOptics search = new ExactOptics(occupancy, need, false);
        search.colour(0);
        return search.best == Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of(search.best);
    }

    /** Returns whether a need can be served. */
    static boolean isFeasible(OpticalOccupancy occupancy, OpticalNeed need) {
        ExactOptics search = new ExactOptics(occupancy, need, true);
        search.colour(0);
        return search.best != Integer.MAX_VALUE;
    }

    /** Returns the fewest moves that join two leaves directly so many times; empty if nothing does. */
    static OptionalInt fewestDirectMoves(OpticalOccupancy occupancy, int one, int other, int count) {
        ExactOptics search = new ExactOptics(occupancy, OpticalNeed.of(new int[] {one, other}, new int[0][]), false);
        search.direct(one, other, 0, count);
        return search.best == Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of(search.best);
    }

    private void direct(int one, int other, int from, int count) {
        if (count == 0) {
            best = Math.min(best, moves());
            return;
        }
        int[] ports = fabric.leafPorts(one);
        for (int at = from; at < ports.length; at++) {
            for (int end : fabric.leafPorts(other)) {
                if (isOpen(ports[at], end)) {
                    int next = at + 1;
                    with(ports[at], end, () -> direct(one, other, next, count - 1));
                }
            }
        }
    }

    private void colour(int colour) {
        if (feasibilityOnly && best != Integer.MAX_VALUE) {
            return;
        }
        if (colour == need.colours()) {
            best = Math.min(best, moves());
            return;
        }
        for (int spine = 0; spine < fabric.spines(); spine++) {
            boolean taken = false;
            for (int other = 0; other < colour; other++) {
                taken |= need.distinctSpines() && spineOf[other] == spine;
            }
            if (!taken) {
                spineOf[colour] = spine;
                place(colour, 0);
            }
        }
    }

    private void place(int colour, int index) {
        if (feasibilityOnly && best != Integer.MAX_VALUE || !feasibilityOnly && moves() >= best) {
            return;
        }
        if (index == need.places(colour).length) {
            colour(colour + 1);
            return;
        }
        int leaf = need.leaf(need.places(colour)[index]);
        for (int port : fabric.leafPorts(leaf)) {
            for (int end : fabric.spinePorts(spineOf[colour])) {
                if (isOpen(port, end)) {
                    with(port, end, () -> place(colour, index + 1));
                }
            }
        }
    }

    private boolean isOpen(int port, int end) {
        return occupancy.isFree(port) && occupancy.isFree(end) && !used[port] && !used[end]
                && fabric.opticalSwitch(port) == fabric.opticalSwitch(end);
    }

    private void with(int port, int end, Runnable rest) {
        used[port] = true;
        used[end] = true;
        chosen.add(new int[] {port, end});
        rest.run();
        chosen.remove(chosen.size() - 1);
        used[port] = false;
        used[end] = false;
    }

    /** What is to be made, and what of the other circuits stands in its way: never fewer for more circuits. */
    private int moves() {
        int made = 0;
        Set<Set<Integer>> gone = new HashSet<>();
        for (int[] pair : chosen) {
            if (occupancy.peer(pair[0]) == pair[1]) {
                continue;
            }
            made++;
            for (int port : pair) {
                int joined = occupancy.joined(port);
                if (joined >= 0 && occupancy.joined(pair[0]) != pair[1]) {
                    gone.add(new TreeSet<>(List.of(port, joined)));
                }
            }
        }
        return made + gone.size();
    }
}
