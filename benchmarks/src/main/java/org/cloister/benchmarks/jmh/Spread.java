package org.cloister.benchmarks.jmh;

import org.cloister.isolation.allocation.occupancy.Footprint;

import java.util.Optional;

/** Classes of decisions by how many leaves they take. */
final class Spread {

    private static final int FEW_LEAVES = 8;

    private Spread() {
    }

    /** Returns the name of the class that an answer is in. */
    static String of(Optional<Footprint> answer) {
        int leaves = answer.map(Footprint::size).orElse(0);
        switch (leaves) {
            case 0:
                return "refused";
            case 1:
                return "one-leaf";
            default:
                return leaves <= FEW_LEAVES ? "2-8-leaves" : "more-leaves";
        }
    }
}
