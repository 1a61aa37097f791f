package org.cloister.isolation.allocation.contention;

import org.cloister.isolation.allocation.traffic.Collective;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/**
 * What several collectives send across the same side, set against what each of them may coincide with.
 *
 * <p>Collectives are not compared two by two, as there can be thousands: what coincides with the same ones is put
 * together first. That changes nothing, as whatever a source sends in two collectives of those, it may send both to.
 */
public final class ConcurrentSides {

    /** By exclusion, then by pattern. */
    private final Map<Integer, Map<Integer, List<Side>>> sides = new TreeMap<>();
    private final List<Side> anyTime = new ArrayList<>();

    /** Adds what a collective sends here. */
    public void add(Collective collective, Side side) {
        if (!side.sources().isEmpty()) {
            sides.computeIfAbsent(collective.exclusion(), exclusion -> new TreeMap<>())
                    .computeIfAbsent(collective.entry(), entry -> new ArrayList<>()).add(side);
            if (!collective.inStep()) {
                anyTime.add(side);
            }
        }
    }

    /**
     * Shows a visitor sides in pairs, such that what is sent here by two collectives at the same time is, in either
     * order, in the two sides of some pair.
     *
     * @param visitor returns whether it has seen enough
     * @return whether it had
     */
    public boolean confront(BiPredicate<Side, Side> visitor) {
        for (Side side : anyTime) {
            if (visitor.test(side, side)) {
                return true;
            }
        }
        List<Side> exclusions = new ArrayList<>();
        for (Map<Integer, List<Side>> entries : sides.values()) {
            Side all = new Side();
            for (List<Side> groups : entries.values()) {
                groups.forEach(all::addAll);
                if (confrontEachWithOthers(groups, visitor)) {
                    return true;
                }
            }
            exclusions.add(all);
        }
        return confrontEachWithOthers(exclusions, visitor);
    }

    private static boolean confrontEachWithOthers(List<Side> list, BiPredicate<Side, Side> visitor) {
        List<Side> after = new ArrayList<>();
        Side suffix = new Side();
        for (int index = list.size() - 1; index >= 0; index--) {
            after.add(0, copy(suffix));
            suffix.addAll(list.get(index));
        }
        Side before = new Side();
        for (int index = 0; index < list.size(); index++) {
            Side others = after.get(index);
            others.addAll(before);
            if (visitor.test(list.get(index), others)) {
                return true;
            }
            before.addAll(list.get(index));
        }
        return false;
    }

    private static Side copy(Side side) {
        Side copy = new Side();
        copy.addAll(side);
        return copy;
    }
}
