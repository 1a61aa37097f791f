package org.cloister.benchmarks.replay.cli;

import org.cloister.benchmarks.replay.Policy;
import org.cloister.benchmarks.replay.ProgressListener;

import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Tells how far a replay is and how long the rest takes: on a terminal in one line that is written over, else a line now
 * and then. Replays of several policies, loads and seeds may run at once.
 */
final class Progress implements ProgressListener {

    private static final long TERMINAL_NANOS = Duration.ofMillis(200).toNanos();
    private static final long LOG_NANOS = Duration.ofSeconds(5).toNanos();
    private static final int WIDTH = 100;

    private final PrintStream out;
    private final boolean isTerminal;
    private final LongSupplier nanos;
    private final int replays;
    private final long began;
    private final Map<String, Double> done = new HashMap<>();
    private long told;

    /** Takes how many replays of a policy, a load and a seed there are, and a clock. */
    Progress(PrintStream out, boolean isTerminal, int replays, LongSupplier nanos) {
        this.out = out;
        this.isTerminal = isTerminal;
        this.replays = replays;
        this.nanos = nanos;
        this.began = nanos.getAsLong();
        this.told = began;
    }

    @Override
    public synchronized void progressed(Policy policy, double load, long seed, int finished, int jobs) {
        done.put(policy + "/" + load + "/" + seed, jobs == 0 ? 1.0 : (double) finished / jobs);
        long now = nanos.getAsLong();
        if (now - told < (isTerminal ? TERMINAL_NANOS : LOG_NANOS)) {
            return;
        }
        told = now;
        double share = done.values().stream().mapToDouble(Double::doubleValue).sum() / replays;
        String text = String.format(Locale.ROOT, "replay: %3d %%, %s at load %.2f, seed %d: %d of %d jobs, %s", (int)
                Math.floor(100 * share), policy.text(), load, seed, finished, jobs, left(now - began, share));
        if (isTerminal) {
            out.printf("\r%-" + WIDTH + "s", text);
        } else {
            out.println(text);
        }
        out.flush();
    }

    /** Leaves the terminal's line empty, and says how long all took. */
    synchronized void end() {
        if (isTerminal) {
            out.printf("\r%-" + WIDTH + "s\r", "");
        }
        out.printf("replay: %d replays took %s%n", replays, time(nanos.getAsLong() - began));
        out.flush();
    }

    private static String left(long elapsed, double share) {
        return share <= 0 ? "" : "about " + time((long) (elapsed / share - elapsed)) + " left";
    }

    private static String time(long nanos) {
        long seconds = Math.round((double) nanos / Duration.ofSeconds(1).toNanos());
        return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }
}
