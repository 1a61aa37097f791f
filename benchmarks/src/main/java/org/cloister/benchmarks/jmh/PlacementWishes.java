package org.cloister.benchmarks.jmh;

import org.cloister.benchmarks.utilisation.TenantRun;
import org.cloister.benchmarks.utilisation.Tenants;
import org.cloister.isolation.allocation.occupancy.Footprint;
import org.cloister.isolation.allocation.occupancy.Occupancy;
import org.cloister.isolation.allocation.placement.CloisterPlacer;
import org.cloister.isolation.allocation.placement.LinkNeed;
import org.cloister.isolation.allocation.placement.Placer;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Wishes that a placer answers alike, one after the other, on several states of a fabric, so that a percentile is one
 * over occupancies, too. A fragmented fabric is what LaaS's tenants of 64 hosts in the mean leave under Cloister's rule
 * when as many were placed as fill it three times, without those that would leave first, until no more than 95 % of its
 * hosts are taken. Sizes are log-uniform up to the free hosts.
 */
final class PlacementWishes {

    private static final int STATES = 8;
    private static final int WISHES = 512;
    private static final int ATTEMPTS = 20_000;
    private static final double FULL = 0.95;
    private static final int MEAN_SIZE = 64;
    private static final int TIMES_FULL = 3;

    private final Placer placer;
    private final Occupancy[] occupancies;
    private final int[] sizes;
    private final int[] states;
    private int next;

    private PlacementWishes(Placer placer, Occupancy[] occupancies, int[] sizes, int[] states) {
        this.placer = placer;
        this.occupancies = occupancies;
        this.sizes = sizes;
        this.states = states;
    }

    /**
     * Makes fabrics and finds wishes.
     *
     * @param fabric {@code laas-11664}, or leaves × hosts of a leaf × spines as in {@code 32x32x32}
     * @param decision the fabric's state, {@code fresh} or {@code fragmented}, and what comes of the wishes
     * @throws IllegalStateException if no wish is answered so
     */
    static PlacementWishes of(String fabric, Placer placer, String decision) {
        int[] counts = Arrays.stream((fabric.equals("laas-11664") ? "324x36x36" : fabric).split("x"))
                .mapToInt(Integer::parseInt).toArray();
        String[] parts = decision.split(" ");
        Occupancy[] occupancies = new Occupancy[STATES];
        Arrays.setAll(occupancies, at -> {
            Occupancy empty = Occupancy.empty(counts[0], counts[1], counts[2]);
            return parts[0].equals("fresh") ? empty : fragmented(empty, at + 1);
        });
        SplittableRandom random = new SplittableRandom(WISHES);
        int[] sizes = new int[WISHES];
        int[] states = new int[WISHES];
        int found = 0;
        for (int attempt = 0; attempt < ATTEMPTS && found < WISHES; attempt++) {
            int state = attempt % STATES;
            int size = (int) Math.exp(random.nextDouble() * Math.log(occupancies[state].freeHosts() + 1));
            Optional<Footprint> answer = placer.place(occupancies[state], size, LinkNeed.hose()).footprint();
            if (parts[1].equals(Spread.of(answer))) {
                sizes[found] = size;
                states[found++] = state;
            }
        }
        if (found == 0) {
            throw new IllegalStateException("no wish on " + fabric + " is answered " + decision);
        }
        return new PlacementWishes(placer, occupancies, Arrays.copyOf(sizes, found), Arrays.copyOf(states, found));
    }

    /** Decides on the next wish, takes what is found and gives it back; returns the leaves. */
    int next() {
        Occupancy occupancy = occupancies[states[next]];
        Optional<Footprint> found = placer.place(occupancy, sizes[next], LinkNeed.hose()).footprint();
        next = next + 1 == sizes.length ? 0 : next + 1;
        if (found.isEmpty()) {
            return 0;
        }
        occupancy.take(found.get());
        occupancy.release(found.get());
        return found.get().size();
    }

    private static Occupancy fragmented(Occupancy empty, long seed) {
        int all = empty.freeHosts();
        Tenants tenants = Tenants.of(TIMES_FULL * all / MEAN_SIZE, MEAN_SIZE, seed);
        List<Footprint> held = TenantRun.of(new CloisterPlacer(), tenants, empty, found -> { }).held();
        for (Iterator<Footprint> first = held.iterator(); all - empty.freeHosts() > FULL * all;) {
            empty.release(first.next());
        }
        return empty;
    }
}
