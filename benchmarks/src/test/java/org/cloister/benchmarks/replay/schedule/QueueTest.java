package org.cloister.benchmarks.replay.schedule;

import org.cloister.benchmarks.replay.Discipline;
import org.cloister.benchmarks.replay.job.Draws;
import org.cloister.isolation.allocation.occupancy.Occupancy;
import org.cloister.isolation.allocation.placement.CloisterPlacer;
import org.cloister.isolation.allocation.placement.LinkNeed;
import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

class QueueTest {

    @Test
    void nobodyOvertakesInAStrictQueue() {
        Queue queue = queue(Discipline.FIFO);
        queue.add(job(0, 3, 100));
        assertThat(queue.start(0)).containsOnlyKeys(0);
        queue.add(job(1, 4, 100));
        queue.add(job(2, 1, 1));
        assertThat(queue.start(1)).isEmpty();
        queue.end(0);
        assertThat(queue.start(100)).containsOnlyKeys(1);
    }

    @Test
    void whoIsShortEnoughOvertakes() {
        Queue queue = queue(Discipline.BACKFILL);
        queue.add(job(0, 3, 100));
        queue.start(0);
        queue.add(job(1, 4, 100));
        queue.add(job(2, 1, 500));
        queue.add(job(3, 1, 50));
        assertThat(queue.start(1)).containsOnlyKeys(3);
        assertThat(queue.reservation()).isEqualTo(100);
    }

    @Test
    void whoLeavesRoomForTheFirstOvertakesHoweverLong() {
        Queue queue = queue(Discipline.BACKFILL);
        queue.add(job(0, 3, 100));
        queue.start(0);
        queue.add(job(1, 3, 100));
        queue.add(job(2, 1, 500));
        assertThat(queue.start(1)).containsOnlyKeys(2);
        queue.end(0);
        assertThat(queue.start(100)).containsOnlyKeys(1);
    }

    @Test
    void countsWhatWouldFitByNumber() {
        Queue strict = queue(Discipline.FIFO);
        Queue lax = queue(Discipline.BACKFILL);
        for (Queue queue : new Queue[]{strict, lax}) {
            queue.add(job(0, 2, 100));
            queue.add(job(1, 3, 100));
            queue.add(job(2, 1, 100));
        }
        assertThat(strict.fittingByNumber()).isEqualTo(2);
        assertThat(lax.fittingByNumber()).isEqualTo(3);
    }

    /** Random jobs on a fabric in which links are scarce: nobody starts later than what was reserved when it was first. */
    @Test
    void backfillingNeverDelaysTheFirstBeyondItsReservation() {
        int delayed = 0;
        int overtaken = 0;
        for (long seed = 1; seed <= 20; seed++) {
            Draws draws = new Draws(seed, 0);
            Queue queue = new Queue(Discipline.BACKFILL, new LinkRoom(Occupancy.empty(6, 4, 4), new CloisterPlacer()), 0);
            TreeMap<Double, Integer> ends = new TreeMap<>();
            Map<Integer, Double> reserved = new HashMap<>();
            int used = 0;
            int[] hosts = new int[200];
            double[] seconds = new double[200];
            double now = 0;
            for (int next = 0; next < hosts.length || !ends.isEmpty();) {
                double arrival = next < hosts.length ? next * 10.0 : Double.POSITIVE_INFINITY;
                if (!ends.isEmpty() && ends.firstKey() <= arrival) {
                    now = ends.firstKey();
                    int ended = ends.pollFirstEntry().getValue();
                    queue.end(ended);
                    used -= hosts[ended];
                } else {
                    now = arrival;
                    hosts[next] = 1 + draws.nextInt(12);
                    seconds[next] = draws.nextDouble(1, 90);
                    queue.add(job(next, hosts[next], seconds[next]));
                    next++;
                }
                Waiting before = queue.first();
                for (int started : queue.start(now).keySet()) {
                    ends.put(now + seconds[started], started);
                    used += hosts[started];
                    overtaken += queue.first() != null && started > queue.first().job() ? 1 : 0;
                    delayed += now > reserved.getOrDefault(started, Double.POSITIVE_INFINITY) + 1e-6 ? 1 : 0;
                }
                assertThat(used).isBetween(0, 24);
                if (queue.first() != null && !Double.isNaN(queue.reservation())) {
                    reserved.putIfAbsent(queue.first().job(), queue.reservation());
                }
                assertThat(before != null || queue.first() == null).isTrue();
            }
        }
        assertThat(overtaken).isPositive();
        assertThat(delayed).isZero();
    }

    private static Queue queue(Discipline discipline) {
        return new Queue(discipline, new LinkRoom(Occupancy.empty(1, 4, 1), new FewestLeaves()), 0);
    }

    private static Waiting job(int number, int hosts, double seconds) {
        return new Waiting(number, hosts, LinkNeed.hose(), seconds);
    }
}
