package org.cloister.benchmarks.jmh;

import org.cloister.isolation.allocation.optical.OpticalFabric;
import org.cloister.isolation.allocation.optical.OpticalFootprint;
import org.cloister.isolation.allocation.optical.OpticalOccupancy;
import org.cloister.isolation.allocation.optical.OpticalPlacer;
import org.cloister.isolation.allocation.placement.LinkNeed;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * What jobs ask of the published optical fabric while others run on it, sorted by what becomes of it. Sizes are those of
 * the published experiment and odd ones between; one job in three is a ring. When less than 5 to 10 % of hosts are free
 * jobs end in random order, and what they leave behind is idle light nearly everywhere.
 */
final class OpticalWishes {

    /** What becomes of a wish. */
    enum Outcome { ONE_LEAF, TWO_LEAVES, UP_TO_8_LEAVES, MORE_LEAVES, REFUSED }

    private static final int[] SIZES = {8, 20, 48, 64, 100, 128, 192, 256, 300, 384, 512};
    private static final int TOO_WIDE = 65 * 32;
    private static final int WARM_UP_JOBS = 600;
    private static final int MOST_JOBS = 4_000;
    private static final int ENOUGH = 100;
    private static final long SEED = 8192;

    private final Map<Outcome, List<Wish>> wishes = new EnumMap<>(Outcome.class);
    private final OpticalPlacer placer = new OpticalPlacer();
    private final SplittableRandom random = new SplittableRandom(SEED);

    OpticalWishes(boolean busy) {
        OpticalOccupancy occupancy = OpticalOccupancy.dark(OpticalFabric.regular(256, 32, 128, 32, 2));
        for (Outcome outcome : Outcome.values()) {
            wishes.put(outcome, new ArrayList<>());
        }
        if (busy) {
            fill(occupancy);
        } else {
            for (int size : SIZES) {
                sort(occupancy, size, LinkNeed.hose());
                sort(occupancy, size, LinkNeed.atMost(1));
            }
            // a spine has 64 ports
            sort(occupancy, TOO_WIDE, LinkNeed.hose());
        }
    }

    private void fill(OpticalOccupancy occupancy) {
        int all = occupancy.freeHosts();
        List<OpticalFootprint> running = new ArrayList<>();
        for (int job = 0; job < MOST_JOBS && wishes.values().stream().anyMatch(each -> each.size() < ENOUGH); job++) {
            int size = SIZES[random.nextInt(SIZES.length)];
            LinkNeed need = random.nextInt(3) == 0 ? LinkNeed.atMost(1) : LinkNeed.hose();
            if (size <= occupancy.freeHosts()) {
                boolean looked = job >= WARM_UP_JOBS && occupancy.freeHosts() <= all / 10;
                Optional<OpticalFootprint> placed = looked ? sort(occupancy, size, need)
                        : placer.place(occupancy, size, need).footprint();
                placed.ifPresent(footprint -> {
                    occupancy.take(footprint);
                    running.add(footprint);
                });
            }
            int keepFree = all * (5 + random.nextInt(6)) / 100;
            while (occupancy.freeHosts() < keepFree) {
                occupancy.release(running.remove(random.nextInt(running.size())));
            }
        }
    }

    private Optional<OpticalFootprint> sort(OpticalOccupancy occupancy, int size, LinkNeed need) {
        Optional<OpticalFootprint> placed = placer.place(occupancy, size, need).footprint();
        List<Wish> alike = wishes.get(placed.map(OpticalWishes::outcome).orElse(Outcome.REFUSED));
        if (alike.size() < ENOUGH) {
            alike.add(new Wish(occupancy.copy(), size, need));
        }
        return placed;
    }

    private static Outcome outcome(OpticalFootprint placed) {
        return placed.size() == 1 ? Outcome.ONE_LEAF : placed.size() == 2 ? Outcome.TWO_LEAVES
                : placed.size() <= 8 ? Outcome.UP_TO_8_LEAVES : Outcome.MORE_LEAVES;
    }

    /** Returns wishes with an outcome, at least one. */
    List<Wish> of(Outcome outcome) {
        return wishes.get(outcome);
    }

    /** A number of hosts, wished for when so much was free. */
    static final class Wish {

        private final OpticalOccupancy occupancy;
        private final int hosts;
        private final LinkNeed need;

        private Wish(OpticalOccupancy occupancy, int hosts, LinkNeed need) {
            this.occupancy = occupancy;
            this.hosts = hosts;
            this.need = need;
        }

        OpticalOccupancy occupancy() {
            return occupancy;
        }

        int hosts() {
            return hosts;
        }

        LinkNeed need() {
            return need;
        }
    }
}
