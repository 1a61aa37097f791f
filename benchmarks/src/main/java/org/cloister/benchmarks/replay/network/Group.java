package org.cloister.benchmarks.replay.network;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Jobs that may slow each other, as they have leaves in common: directly, or by way of others of the group. What they do
 * hangs on nobody else.
 *
 * <p>A job alone in its group goes straight on to its end. Where averages are allowed, a group that was followed for
 * many iterations of each of its jobs goes on at the mean speeds that they had until then.
 */
final class Group {

    private static final int CYCLES = 4;
    private static final int EVENTS_PER_JOB = 60;
    /** Of many jobs fewer events each are followed: whom each meets averages out over the others. */
    private static final int MOST_EVENTS = 600;
    /** Where some iterate so much faster than others that cycles of these would take for ever. */
    private static final int LONGEST_OVER = 4;

    private final List<Run> runs;
    private final Pace pace;
    private final double began;
    private final double[] remainingThen;
    private final double longestCycle;
    private double time;
    /** How long it takes from then to the next event: kept, as a difference of two times may well be 0. */
    private double wait;
    private int events;
    private boolean followed;
    /** The sets of runs that shared links when speeds were last set. */
    private Set<List<Run>> sharing = Set.of();

    Group(List<Run> runs, Pace pace, double now) {
        this.runs = runs;
        this.pace = pace;
        this.began = now;
        this.time = now;
        this.remainingThen = runs.stream().mapToDouble(Run::remaining).toArray();
        this.longestCycle = runs.stream().mapToDouble(Run::cycle).max().orElseThrow();
        this.followed = runs.size() > 1;
        if (!followed) {
            runs.get(0).goOn(1);
        }
        go();
    }

    List<Run> runs() {
        return runs;
    }

    /** Returns when something happens next, seconds. */
    double next() {
        return time + wait;
    }

    /** Brings all runs to a time, which is not after the next event. */
    void advance(double now) {
        double seconds = Math.min(now - time, wait);
        runs.forEach(run -> run.advance(seconds));
        wait -= seconds;
        time = now;
    }

    /** Goes on to the next event; returns the runs that end there. */
    List<Run> proceed() {
        double seconds = wait;
        runs.forEach(run -> run.advance(seconds));
        time += wait;
        events++;
        List<Run> ended = new ArrayList<>();
        for (Run run : runs) {
            if (run.isEnded()) {
                ended.add(run);
            }
        }
        if (ended.isEmpty()) {
            go();
        }
        return ended;
    }

    /** Leaves the runs to other groups. */
    void dissolve() {
        if (!followed) {
            runs.forEach(Run::settle);
        }
    }

    /** Works out only what the last event changed: the others go on as they did. */
    private void setSpeeds(List<List<Run>> sets) {
        for (List<Run> set : sets) {
            if (set.size() == 1) {
                set.get(0).go(1);
            } else if (!sharing.contains(set) || set.stream().anyMatch(Run::isChanged)) {
                pace.set(set);
            }
        }
        sharing = new HashSet<>(sets);
    }

    private boolean isFollowedEnough() {
        int enough = Math.min(MOST_EVENTS, EVENTS_PER_JOB * runs.size());
        return events >= enough && time - began >= CYCLES * longestCycle
                || events >= LONGEST_OVER * enough && time > began;
    }

    private void go() {
        if (!followed) {
            runs.forEach(run -> run.goOn(run.speed()));
        } else if (pace.isAveraging() && isFollowedEnough()) {
            followed = false;
            for (int run = 0; run < remainingThen.length; run++) {
                runs.get(run).goOn((remainingThen[run] - runs.get(run).remaining()) / (time - began));
            }
        } else {
            List<Run> communicating = new ArrayList<>();
            for (Run run : runs) {
                if (run.isCommunicating()) {
                    communicating.add(run);
                } else {
                    run.go(1);
                }
            }
            if (!communicating.isEmpty()) {
                setSpeeds(Connected.sets(communicating));
            }
            runs.forEach(Run::keep);
        }
        wait = Double.POSITIVE_INFINITY;
        for (Run run : runs) {
            wait = Math.min(wait, run.untilChange());
        }
    }
}
