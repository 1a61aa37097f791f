package org.cloister.benchmarks.replay;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Who gets what of the fabric. {@link #IDEAL}, {@link #SPRAY} and ECMP take hosts alone, by the same rule (best fit on
 * one leaf, else the fewest leaves); the others take links too, and wait for them.
 */
public enum Policy {

    /** Hosts only, and no job slows another: what nothing can beat. */
    IDEAL("ideal", false, 0),

    /** Hash per 5-tuple, one queue pair per flow. */
    ECMP_1("ecmp-1", false, 1),

    /** Hash per 5-tuple, four queue pairs per flow that share what it sends. */
    ECMP_4("ecmp-4", false, 4),

    /** Hash per 5-tuple, sixteen queue pairs per flow that share what it sends. */
    ECMP_16("ecmp-16", false, 16),

    /** Each packet over any uplink, evenly; reordering costs nothing. */
    SPRAY("spray", false, 0),

    /** Exclusive virtual Clos (Han et al.): N hosts are exactly spines times leaves, or the job waits. */
    VCLOS("vclos", true, 0),

    /** Links as a service (Zahavi et al., ANCS'16): R leaves with A hosts and the same A spines, one with the rest. */
    LAAS("laas", true, 0),

    /** What Cloister's placement finds. */
    CLOISTER("cloister", true, 0),

    /** What Cloister's placement finds where circuits between leaves and spines can be moved. */
    CLOISTER_OCS("cloister-ocs", true, 0);

    private final String text;
    private final boolean isolating;
    private final int queuePairs;

    Policy(String text, boolean isolating, int queuePairs) {
        this.text = text;
        this.isolating = isolating;
        this.queuePairs = queuePairs;
    }

    /** Returns what files and options call it. */
    public String text() {
        return text;
    }

    /** Returns whether each job has links of its own. */
    public boolean isolating() {
        return isolating;
    }

    /** Returns how many queue pairs are hashed for each flow; 0 if nothing is hashed. */
    public int queuePairs() {
        return queuePairs;
    }

    /** Returns whether it can be replayed on a fabric: circuits need optics. */
    public boolean isPossibleOn(ReplayFabric fabric) {
        return this != CLOISTER_OCS || fabric.optics().isPresent();
    }

    /** Returns the policy that a text names; empty if none. */
    public static Optional<Policy> of(String text) {
        return Arrays.stream(values()).filter(value -> value.text.equals(text)).findFirst();
    }

    /** Returns all names, for an error message. */
    public static String texts() {
        return Arrays.stream(values()).map(Policy::text).collect(Collectors.joining(", "));
    }
}
