package org.cloister.lab.openflow.flow;

import java.util.Arrays;

/** Counts events per second over the last minute. A second passes when {@link #tick()} is called. */
final class EventWindow {

    private static final int SECONDS = 60;

    private final long[] counts = new long[SECONDS];
    private int head;
    private int filled = 1;

    /** Counts events in the current second. */
    synchronized void record(int events) {
        counts[head] += events;
    }

    /** Begins the next second. */
    synchronized void tick() {
        head = (head + 1) % SECONDS;
        counts[head] = 0;
        filled = Math.min(filled + 1, SECONDS);
    }

    /** Forgets all events. */
    synchronized void clear() {
        Arrays.fill(counts, 0);
        head = 0;
        filled = 1;
    }

    /** Returns events per second over the last seconds, the current one included, or over as many as there have been. */
    synchronized double rate(int seconds) {
        int window = Math.min(seconds, filled);
        long sum = 0;
        for (int back = 0; back < window; back++) {
            sum += counts[Math.floorMod(head - back, SECONDS)];
        }
        return sum / (double) window;
    }
}
