package org.cloister.benchmarks.replay.schedule;

import org.cloister.benchmarks.replay.Discipline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The jobs that wait, those that run, and who may start: first in, first out, or with EASY backfilling (Lifka, JSSPP'95).
 *
 * <p>A reservation rests on the times that jobs are known to run, which is their ideal time; one that runs longer, as
 * others slow it, is expected to end at any moment.
 */
final class Queue {

    private final Discipline discipline;
    private final Room room;
    private final double moveSeconds;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Map<Integer, Running> running = new TreeMap<>();
    private double reservation = Double.NaN;
    /** Whether something was given back, or the queue has another first, since the last search. */
    private boolean changed;

    /**
     * Creates an empty queue.
     *
     * @param room what is free, which is taken and given back here
     * @param moveSeconds how long circuits take to move
     */
    Queue(Discipline discipline, Room room, double moveSeconds) {
        this.discipline = discipline;
        this.room = room;
        this.moveSeconds = moveSeconds;
    }

    /** Adds a job that came. */
    void add(Waiting job) {
        waiting.add(job);
        changed |= waiting.size() == 1 || discipline == Discipline.BACKFILL;
    }

    /** Gives back what a job had. */
    void end(int job) {
        room.release(running.remove(job).grant);
        changed = true;
    }

    /** Returns the jobs that start now, each with what it gets, which is taken. */
    Map<Integer, Grant> start(double now) {
        Map<Integer, Grant> started = new TreeMap<>();
        if (!changed) {
            return started;
        }
        changed = false;
        reservation = Double.NaN;
        while (!waiting.isEmpty()) {
            Waiting first = waiting.peek();
            Optional<Grant> grant = room.find(first.hosts(), first.need());
            if (grant.isEmpty()) {
                break;
            }
            waiting.remove();
            begin(first, grant.get(), now, started);
        }
        if (discipline == Discipline.BACKFILL && waiting.size() > 1) {
            backfill(now, started);
        }
        return started;
    }

    /** Returns when the first in the queue was last found to start at the latest, seconds; NaN if nobody looked. */
    double reservation() {
        return reservation;
    }

    /** Returns the first in the queue; null if nobody waits. */
    Waiting first() {
        return waiting.peek();
    }

    /** Returns how many searches for a place for a job that could start ended at their bound. */
    int unprovenRefusals() {
        return room.unprovenRefusals();
    }

    /** Returns how many hosts are free. */
    int freeHosts() {
        return room.freeHosts();
    }

    /**
     * Returns how many hosts the jobs want that would start if all that a job needs were hosts: in the order of the
     * queue, up to the first that does not fit, or, with backfilling, all that fit.
     */
    int fittingByNumber() {
        int free = room.freeHosts();
        int fitting = 0;
        for (Waiting job : waiting) {
            if (job.hosts() <= free - fitting) {
                fitting += job.hosts();
            } else if (discipline == Discipline.FIFO) {
                break;
            }
        }
        return fitting;
    }

    private void begin(Waiting job, Grant grant, double now, Map<Integer, Grant> started) {
        room.take(grant);
        running.put(job.job(), new Running(job.job(), grant, now + moveSeconds(grant) + job.seconds()));
        started.put(job.job(), grant);
    }

    private double moveSeconds(Grant grant) {
        return grant.isMoving() ? moveSeconds : 0;
    }

    private void backfill(double now, Map<Integer, Grant> started) {
        Waiting first = waiting.peek();
        reservation = reserve(first, now);
        Set<String> unfit = new HashSet<>();
        Set<String> delaying = new HashSet<>();
        Iterator<Waiting> others = waiting.iterator();
        others.next();
        while (others.hasNext() && room.freeHosts() > 0) {
            Waiting job = others.next();
            String kind = job.kind();
            if (job.hosts() > room.freeHosts() || unfit.contains(kind)) {
                continue;
            }
            boolean mayDelay = now + moveSeconds + job.seconds() > reservation;
            if (mayDelay && delaying.contains(kind)) {
                continue;
            }
            Optional<Grant> grant = room.find(job.hosts(), job.need());
            if (grant.isEmpty()) {
                unfit.add(kind);
            } else if (now + moveSeconds(grant.get()) + job.seconds() > reservation && delays(grant.get(), first, now)) {
                delaying.add(kind);
            } else {
                others.remove();
                begin(job, grant.get(), now, started);
            }
        }
    }

    /** When the first in the queue fits, if all run as long as they are known to. */
    private double reserve(Waiting first, double now) {
        Room later = room.copy();
        for (Running job : byEnd()) {
            later.release(job.grant);
            if (later.freeHosts() >= first.hosts() && later.find(first.hosts(), first.need()).isPresent()) {
                return Math.max(now, job.end);
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    /** Whether the first in the queue would not fit at its reservation if something were taken beyond it. */
    private boolean delays(Grant grant, Waiting first, double now) {
        Room later = room.copy();
        later.take(grant);
        for (Running job : byEnd()) {
            if (Math.max(now, job.end) <= reservation) {
                later.release(job.grant);
            }
        }
        return later.freeHosts() < first.hosts() || later.find(first.hosts(), first.need()).isEmpty();
    }

    private List<Running> byEnd() {
        List<Running> byEnd = new ArrayList<>(running.values());
        byEnd.sort(Comparator.comparingDouble((Running job) -> job.end).thenComparingInt(job -> job.job));
        return byEnd;
    }

    private static final class Running {

        private final int job;
        private final Grant grant;
        private final double end;

        private Running(int job, Grant grant, double end) {
            this.job = job;
            this.grant = grant;
            this.end = end;
        }
    }
}
