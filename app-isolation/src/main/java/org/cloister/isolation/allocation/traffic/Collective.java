package org.cloister.isolation.allocation.traffic;

import org.cloister.isolation.api.Pattern;
import org.cloister.isolation.api.PatternType;

import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * One group of ranks that runs one pattern: a sequence of steps, in each of which every position of the group sends to
 * at most one other and receives from at most one. Steps are computed, not stored: a million pairs cost no memory.
 *
 * <p>{@link PatternType#ANY} has the pairs of an all-to-all, {@link PatternType#PARAMETER_SERVER} those of a server
 * and a worker in either direction; any of them may be sent at the same time.
 */
public final class Collective {

    private final PatternType type;
    private final int[] ranks;
    private final int entry;
    private final int exclusion;
    private final StepTable table;

    /**
     * Creates a collective of a type whose steps can be computed, or that has none.
     *
     * @param ranks the group
     * @param entry the index of the pattern that the group belongs to
     * @param exclusion the same for patterns of the same exclusive group, and for no others
     */
    Collective(PatternType type, List<Integer> ranks, int entry, int exclusion) {
        this(type, ranks, entry, exclusion, null);
    }

    private Collective(PatternType type, Collection<Integer> ranks, int entry, int exclusion, StepTable table) {
        this.type = type;
        this.ranks = ranks.stream().mapToInt(Integer::intValue).toArray();
        this.entry = entry;
        this.exclusion = exclusion;
        this.table = table;
    }

    /** Returns the collective of a {@code steps} pattern. */
    static Collective ofSteps(Pattern pattern, int entry, int exclusion) {
        return new Collective(PatternType.STEPS, ranks(pattern), entry, exclusion,
                new StepTable(pattern.steps()));
    }

    /** Returns all ranks that occur in the steps of a pattern. */
    public static Set<Integer> ranks(Pattern pattern) {
        Set<Integer> ranks = new TreeSet<>();
        pattern.steps().stream().filter(Objects::nonNull).flatMap(List::stream).filter(Objects::nonNull)
                .forEach(pair -> pair.stream().filter(Objects::nonNull).forEach(ranks::add));
        return ranks;
    }

    /** Returns the number of positions. */
    public int size() {
        return ranks.length;
    }

    /** Returns the rank at a position. */
    public int rank(int position) {
        return ranks[position];
    }

    /** Returns the index of the pattern that the group belongs to; groups of one pattern run concurrently. */
    public int entry() {
        return entry;
    }

    /** Returns what patterns of the same exclusive group have in common; only those that do not run concurrently. */
    public int exclusion() {
        return exclusion;
    }

    /** Returns whether only the pairs of one step are sent at the same time. */
    public boolean inStep() {
        return type != PatternType.ANY && type != PatternType.PARAMETER_SERVER;
    }

    /** Returns whether its pairs are those of a server and a worker, in either direction. */
    boolean isBetweenRoles() {
        return type == PatternType.PARAMETER_SERVER;
    }

    /** Returns whether it is known that no pair is sent in two steps, as in rings, all-to-all and halving-doubling. */
    boolean repeatsNoPair() {
        return table == null && inStep();
    }

    /** Returns the number of steps. */
    public int steps() {
        return table != null ? table.steps() : steps(type, ranks.length);
    }

    /** Returns the number of steps of a pattern in a group of the given size. */
    public static int steps(PatternType type, int size) {
        switch (type) {
            case RING:
                return size > 1 ? 1 : 0;
            case HALVING_DOUBLING:
                return size > 1 ? Integer.numberOfTrailingZeros(size) : 0;
            case ALL_TO_ALL:
            case ANY:
            case PARAMETER_SERVER:
                return Math.max(0, size - 1);
            default:
                throw new IllegalArgumentException("pattern " + type + " cannot be planned");
        }
    }

    /** Returns the rank that a position sends to in a step; its own if it sends to nobody. */
    public int target(int step, int position) {
        switch (type) {
            case STEPS:
                return table.target(step, ranks[position]);
            case RING:
                return ranks[position + 1 == ranks.length ? 0 : position + 1];
            case HALVING_DOUBLING:
                return ranks[position ^ 1 << step];
            default:
                int next = position + step + 1;
                return ranks[next < ranks.length ? next : next - ranks.length];
        }
    }

    /** Returns, by position, the ranks that it ever sends to across the fabric. */
    public BitSet[] crossings(Attachments attachments) {
        BitSet[] rows = new BitSet[ranks.length];
        BitSet group = new BitSet(attachments.size());
        for (int rank : ranks) {
            group.set(rank);
        }
        for (int position = 0; position < rows.length; position++) {
            if (everybody()) {
                rows[position] = (BitSet) group.clone();
            } else if (type == PatternType.PARAMETER_SERVER) {
                rows[position] = otherRole(position, group, attachments);
            } else {
                rows[position] = targets(position, attachments.size());
            }
            attachments.retainCrossing(ranks[position], rows[position]);
        }
        return rows;
    }

    /** In the course of these everybody sends to everybody: no need to go through the steps. */
    private boolean everybody() {
        return type == PatternType.ALL_TO_ALL || type == PatternType.ANY;
    }

    private BitSet otherRole(int position, BitSet group, Attachments attachments) {
        BitSet others = (BitSet) group.clone();
        if (attachments.servers().get(ranks[position])) {
            others.andNot(attachments.servers());
        } else {
            others.and(attachments.servers());
        }
        return others;
    }

    private BitSet targets(int position, int size) {
        BitSet targets = new BitSet(size);
        for (int step = 0; step < steps(); step++) {
            targets.set(target(step, position));
        }
        return targets;
    }
}
