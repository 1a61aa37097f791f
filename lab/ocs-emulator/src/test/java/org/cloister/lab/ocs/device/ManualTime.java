package org.cloister.lab.ocs.device;

import org.cloister.lab.ocs.Later;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that passes when the test says so. */
final class ManualTime implements Later {

    private record Task(long at, long order, Runnable work) {
    }

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::order));
    private long now;
    private long order;

    @Override
    public void after(Duration delay, Runnable task) {
        tasks.add(new Task(now + delay.toNanos(), order++, task));
    }

    long epochNs() {
        return now;
    }

    void pass(long millis) {
        long until = now + millis * 1_000_000;
        while (!tasks.isEmpty() && tasks.peek().at() <= until) {
            now = tasks.peek().at();
            tasks.remove().work().run();
        }
        now = until;
    }
}
