package org.cloister.isolation.allocation.planning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Distributes senders of one rate over spines: a link from a leaf carries that leaf's senders of the spine, a link to
 * a leaf all others of the spine. Every sender loads one link up and one down to each other leaf wherever it goes, so
 * what counts is to load as few links as can be, and those that are loaded already.
 *
 * <p>Tried in turn, all of it counted and none of it timed: one spine for all; spines filled one after the other, in
 * the given order and by the room they have, whichever takes fewer; one sender at a time where most room is left.
 */
final class Packing {

    private static final long BALANCING_MAX = 50_000_000;

    private final int[] senders;
    private final int[][] up;
    private final int[][] down;
    private final int leaves;
    private final int spines;

    /**
     * Creates the problem.
     *
     * @param senders how many there are on each leaf
     * @param up by leaf and spine, how many senders the link up has room for
     * @param down by leaf and spine, how many senders the link down has room for
     */
    Packing(int[] senders, int[][] up, int[][] down) {
        this.senders = senders;
        this.up = up;
        this.down = down;
        this.leaves = senders.length;
        this.spines = up.length == 0 ? 0 : up[0].length;
    }

    /** Returns by leaf and spine how many senders go there; empty if no way was found. */
    Optional<int[][]> solve() {
        List<Integer> given = IntStream.range(0, spines).boxed().collect(Collectors.toList());
        for (Integer spine : given) {
            Optional<int[][]> alone = fill(Collections.singletonList(spine));
            if (alone.isPresent()) {
                return alone;
            }
        }
        List<Integer> byRoom = new ArrayList<>(given);
        byRoom.sort(Comparator.<Integer>comparingInt(spine -> -most(spine, senders))
                .thenComparing(Comparator.naturalOrder()));
        Optional<int[][]> inOrder = fill(given);
        Optional<int[][]> roomFirst = fill(byRoom);
        if (inOrder.isPresent() && roomFirst.isPresent()) {
            return used(roomFirst.get()) < used(inOrder.get()) ? roomFirst : inOrder;
        }
        return inOrder.or(() -> roomFirst).or(this::balance);
    }

    private static long used(int[][] counts) {
        return IntStream.range(0, counts[0].length)
                .filter(spine -> Arrays.stream(counts).anyMatch(byLeaf -> byLeaf[spine] > 0)).count();
    }

    private Optional<int[][]> fill(List<Integer> order) {
        int[][] counts = new int[leaves][spines];
        int[] left = senders.clone();
        for (int index = 0; index < order.size(); index++) {
            int spine = order.get(index);
            int total = most(spine, left);
            if (total > 0) {
                place(spine, total, left, order.subList(index + 1, order.size()), counts);
            }
        }
        return Arrays.stream(left).allMatch(rest -> rest == 0) ? Optional.of(counts) : Optional.empty();
    }

    /** How many of the senders that are left a spine takes at most: what it takes of more, it takes of fewer. */
    private int most(int spine, int[] left) {
        int low = 0;
        int high = 0;
        for (int leaf = 0; leaf < leaves; leaf++) {
            high += Math.min(up[leaf][spine], left[leaf]);
        }
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (takes(spine, middle, left)) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** Of a spine's senders, a leaf must have those that are too many for the link down to it. */
    private boolean takes(int spine, int total, int[] left) {
        long least = 0;
        long most = 0;
        for (int leaf = 0; leaf < leaves; leaf++) {
            int needed = Math.max(0, total - down[leaf][spine]);
            int possible = Math.min(up[leaf][spine], left[leaf]);
            if (needed > possible) {
                return false;
            }
            least += needed;
            most += possible;
        }
        return least <= total && total <= most;
    }

    private void place(int spine, int total, int[] left, List<Integer> later, int[][] counts) {
        int open = total;
        for (int leaf = 0; leaf < leaves; leaf++) {
            counts[leaf][spine] = Math.max(0, total - down[leaf][spine]);
            open -= counts[leaf][spine];
        }
        // leaves that later spines have least room for go first
        List<Integer> urgent = IntStream.range(0, leaves).boxed()
                .sorted(Comparator.<Integer>comparingLong(leaf -> room(leaf, later) - left[leaf])
                        .thenComparing(Comparator.naturalOrder())).collect(Collectors.toList());
        for (int leaf : urgent) {
            int more = Math.min(open, Math.min(up[leaf][spine], left[leaf]) - counts[leaf][spine]);
            counts[leaf][spine] += more;
            open -= more;
            left[leaf] -= counts[leaf][spine];
        }
    }

    private long room(int leaf, List<Integer> later) {
        return later.stream().mapToLong(spine -> up[leaf][spine]).sum();
    }

    private Optional<int[][]> balance() {
        long work = Arrays.stream(senders).asLongStream().sum() * spines * leaves;
        if (work > BALANCING_MAX) {
            return Optional.empty();
        }
        int[][] counts = new int[leaves][spines];
        int[] totals = new int[spines];
        int[] left = senders.clone();
        for (int leaf = next(left, counts); leaf >= 0; leaf = next(left, counts)) {
            int best = -1;
            int most = 0;
            for (int spine = 0; spine < spines; spine++) {
                int room = room(leaf, spine, counts, totals[spine]);
                if (room > most) {
                    most = room;
                    best = spine;
                }
            }
            if (best < 0) {
                return Optional.empty();
            }
            counts[leaf][best]++;
            totals[best]++;
            left[leaf]--;
        }
        return Optional.of(counts);
    }

    /** The leaf whose uplinks have least to spare. */
    private int next(int[] left, int[][] counts) {
        int best = -1;
        long least = Long.MAX_VALUE;
        for (int leaf = 0; leaf < leaves; leaf++) {
            if (left[leaf] > 0) {
                long spare = -left[leaf];
                for (int spine = 0; spine < spines; spine++) {
                    spare += up[leaf][spine] - counts[leaf][spine];
                }
                if (spare < least) {
                    least = spare;
                    best = leaf;
                }
            }
        }
        return best;
    }

    private int room(int leaf, int spine, int[][] counts, int total) {
        int room = up[leaf][spine] - counts[leaf][spine];
        for (int other = 0; other < leaves; other++) {
            if (other != leaf) {
                room = Math.min(room, down[other][spine] - (total - counts[other][spine]));
            }
        }
        return room;
    }
}
