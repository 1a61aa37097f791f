package org.cloister.driver.ocs.provider;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/** A loop whose time passes when a test says so. */
final class ManualLoop implements Loop {

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final TreeMap<Long, Deque<Runnable>> later = new TreeMap<>();
    private long millis;

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public Runnable schedule(Runnable task, Duration delay) {
        Deque<Runnable> then = later.computeIfAbsent(millis + delay.toMillis(), added -> new ArrayDeque<>());
        then.add(task);
        return () -> then.remove(task);
    }

    /** Does what there is to do now. */
    void settle() {
        while (!tasks.isEmpty()) {
            tasks.poll().run();
        }
    }

    /** Lets time pass. */
    void pass(Duration duration) {
        settle();
        long until = millis + duration.toMillis();
        while (!later.isEmpty() && later.firstKey() <= until) {
            Map.Entry<Long, Deque<Runnable>> next = later.firstEntry();
            millis = next.getKey();
            if (next.getValue().isEmpty()) {
                later.pollFirstEntry();
                continue;
            }
            next.getValue().poll().run();
            settle();
        }
        millis = until;
    }

    /** Returns the milliseconds that have passed. */
    long millis() {
        return millis;
    }
}
