package org.cloister.isolation.control;

import java.util.ArrayList;
import java.util.List;
import org.cloister.testing.VirtualTime;

/** What went wrong in a simulation, and all that happened up to then. */
final class Findings {

    private static final int SHOWN = 400;

    private final VirtualTime time;
    private final Tally tally;
    private final List<String> log = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private String last = "";

    Findings(VirtualTime time, Tally tally) {
        this.time = time;
        this.tally = tally;
    }

    /** Notes something that happened. */
    void note(String what) {
        if (what.equals(last)) {
            return;
        }
        last = what;
        log.add(time.now().toString().substring(11) + "  " + what);
    }

    /** A packet crosses slices, or can as soon as a tag is given out again. */
    void leak(String what) {
        wrong("leaks", what);
    }

    /** Members of a slice that works reach each other no longer. */
    void broken(String what) {
        wrong("broken", what);
    }

    /** Two slices hold the same. */
    void overbooked(String what) {
        wrong("overbooked", what);
    }

    /** A leader that was deposed did something. */
    void deposed(String what) {
        wrong("deposed", what);
    }

    /** It does not come to rest as it should. */
    void notConverged(String what) {
        wrong("notConverged", what);
    }

    /** Something breaks the rules of ONOS. */
    void violation(String what) {
        wrong("violations", what);
    }

    /** Members lost each other by what was done to a switch. */
    void excused(String what) {
        tally.count("judged excused");
        note("excused: " + what);
    }

    private void wrong(String kind, String what) {
        tally.count("wrong " + kind);
        wrong.add(kind + ": " + what);
        note("!!! " + kind + ": " + what);
    }

    boolean any() {
        return !wrong.isEmpty();
    }

    @Override
    public String toString() {
        List<String> shown = log.subList(Math.max(0, log.size() - SHOWN), log.size());
        return String.join("\n", wrong) + "\n\nwhat happened:\n" + String.join("\n", shown);
    }
}
