package org.cloister.isolation.allocation.optical;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A plan in the making: for each circuit that is needed a port at its leaf and one at its colour's spine, where found.
 * A circuit that is needed counts from 0, colour by colour.
 */
final class Assignment {

    static final int NONE = -1;

    final OpticalOccupancy occupancy;
    final OpticalFabric fabric;
    final OpticalNeed need;
    /** By circuit needed. */
    final int[] placeOf;
    final int[] colourOf;
    final int[] leafPort;
    final int[] spinePort;
    /** By colour, the first circuit of it; one more at the end. */
    final int[] firstOf;
    final int[] spineOf;
    /** By spine, how many colours it has. */
    final int[] coloursOf;
    /** By spine, how many ports are neither held nor given out here. */
    final int[] freeOf;
    /** By port, the circuit that it was given to. */
    final int[] userOf;
    private int open;

    Assignment(OpticalOccupancy occupancy, OpticalNeed need) {
        this.occupancy = occupancy;
        this.fabric = occupancy.fabric();
        this.need = need;
        int circuits = need.circuits();
        this.placeOf = new int[circuits];
        this.colourOf = new int[circuits];
        this.leafPort = new int[circuits];
        this.spinePort = new int[circuits];
        this.firstOf = new int[need.colours() + 1];
        this.spineOf = new int[need.colours()];
        this.coloursOf = new int[fabric.spines()];
        this.freeOf = new int[fabric.spines()];
        this.userOf = new int[fabric.ports()];
        int circuit = 0;
        for (int colour = 0; colour < need.colours(); colour++) {
            firstOf[colour] = circuit;
            for (int place : need.places(colour)) {
                placeOf[circuit] = place;
                colourOf[circuit++] = colour;
            }
        }
        firstOf[need.colours()] = circuit;
        clear();
    }

    /** Takes everything back. */
    void clear() {
        Arrays.fill(leafPort, NONE);
        Arrays.fill(spinePort, NONE);
        Arrays.fill(spineOf, NONE);
        Arrays.fill(coloursOf, 0);
        Arrays.fill(userOf, NONE);
        for (int spine = 0; spine < freeOf.length; spine++) {
            freeOf[spine] = occupancy.freeSpinePorts(spine);
        }
        open = placeOf.length;
    }

    /** Returns how many ports a spine has at an optical switch, on average. */
    int width() {
        return fabric.spines() == 0 ? 0 : fabric.spinePorts(0).length / fabric.switches();
    }

    /** Returns how many circuits have no ports yet. */
    int open() {
        return open;
    }

    int leaf(int circuit) {
        return need.leaf(placeOf[circuit]);
    }

    int size(int colour) {
        return firstOf[colour + 1] - firstOf[colour];
    }

    void setSpine(int colour, int spine) {
        if (spineOf[colour] != NONE) {
            coloursOf[spineOf[colour]]--;
        }
        spineOf[colour] = spine;
        if (spine != NONE) {
            coloursOf[spine]++;
        }
    }

    /** Returns whether a colour may have a spine, as far as other colours are concerned. */
    boolean isAllowed(int spine) {
        return !need.distinctSpines() || coloursOf[spine] == 0;
    }

    void assign(int circuit, int atLeaf, int atSpine) {
        leafPort[circuit] = atLeaf;
        spinePort[circuit] = atSpine;
        userOf[atLeaf] = circuit;
        userOf[atSpine] = circuit;
        freeOf[spineOf[colourOf[circuit]]]--;
        open--;
    }

    void unassign(int circuit) {
        if (leafPort[circuit] == NONE) {
            return;
        }
        userOf[leafPort[circuit]] = NONE;
        userOf[spinePort[circuit]] = NONE;
        leafPort[circuit] = NONE;
        spinePort[circuit] = NONE;
        freeOf[spineOf[colourOf[circuit]]]++;
        open++;
    }

    /** Takes a colour back. */
    void unassignColour(int colour) {
        for (int circuit = firstOf[colour]; circuit < firstOf[colour + 1]; circuit++) {
            unassign(circuit);
        }
        setSpine(colour, NONE);
    }

    /** Returns whether a port is neither held nor given out here. */
    boolean isUnused(int port) {
        return occupancy.isFree(port) && userOf[port] == NONE;
    }

    /** Returns what has to give way for a port that is not given out: 1 if a circuit that would else stay. */
    int givesWay(int port) {
        int joined = occupancy.joined(port);
        return joined != NONE && userOf[joined] == NONE ? 1 : 0;
    }

    /** Returns how many circuits have to be made and removed to join two ports that are not given out. */
    int moves(int one, int other) {
        if (occupancy.joined(one) == other) {
            return occupancy.peer(one) == other ? 0 : 1;
        }
        return 1 + givesWay(one) + givesWay(other);
    }

    /** Returns how many circuits have to be made and removed for what has been assigned. */
    int moves() {
        int moves = 0;
        for (int circuit = 0; circuit < leafPort.length; circuit++) {
            int atLeaf = leafPort[circuit];
            int atSpine = spinePort[circuit];
            if (atLeaf == NONE || occupancy.peer(atLeaf) == atSpine) {
                continue;
            }
            moves++;
            if (occupancy.joined(atLeaf) == atSpine) {
                continue;
            }
            for (int port : new int[] {atLeaf, atSpine}) {
                int joined = occupancy.joined(port);
                // a circuit of which both ports are wanted gives way once
                moves += joined != NONE && (userOf[joined] == NONE || port <= joined) ? 1 : 0;
            }
        }
        return moves;
    }

    /** Returns what the plan will be. */
    OpticalPlan plan(boolean proven) {
        List<OpticalPlan.Way> ways = new ArrayList<>();
        for (int circuit = 0; circuit < leafPort.length; circuit++) {
            ways.add(new OpticalPlan.Way(placeOf[circuit], colourOf[circuit], leafPort[circuit], spinePort[circuit]));
        }
        return OpticalPlan.of(occupancy, spineOf.clone(), ways, proven);
    }
}
