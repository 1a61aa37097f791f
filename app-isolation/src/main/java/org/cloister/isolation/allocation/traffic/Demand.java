package org.cloister.isolation.allocation.traffic;

import org.cloister.isolation.api.Pattern;
import org.cloister.isolation.api.PatternType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a slice's patterns ask of the fabric: collectives over ranks that are attached somewhere. */
public final class Demand {

    private final Attachments attachments;
    private final List<Collective> collectives;
    private BitSet[] crossings;

    private Demand(Attachments attachments, List<Collective> collectives) {
        this.attachments = attachments;
        this.collectives = List.copyOf(collectives);
    }

    /**
     * Returns the demand of patterns.
     *
     * @param patterns with groups filled in
     */
    public static Demand of(List<Pattern> patterns, Attachments attachments) {
        List<Collective> collectives = new ArrayList<>();
        Map<String, Integer> exclusions = new HashMap<>();
        for (int entry = 0; entry < patterns.size(); entry++) {
            Pattern pattern = patterns.get(entry);
            int own = entry;
            int exclusion = pattern.exclusiveGroup()
                    .map(text -> exclusions.computeIfAbsent(text, first -> own)).orElse(own);
            PatternType type = PatternType.of(pattern.type());
            if (type == PatternType.STEPS) {
                collectives.add(Collective.ofSteps(pattern, entry, exclusion));
                continue;
            }
            for (List<Integer> group : groups(pattern, attachments)) {
                collectives.add(new Collective(type, group, entry, exclusion));
            }
        }
        return new Demand(attachments, collectives);
    }

    /** Returns the groups of a pattern, split by NIC index where it asks for rails. */
    static List<List<Integer>> groups(Pattern pattern, Attachments attachments) {
        if (!pattern.perRail()) {
            return pattern.groups();
        }
        List<List<Integer>> rails = new ArrayList<>();
        for (List<Integer> group : pattern.groups()) {
            Map<Integer, List<Integer>> byNic = new TreeMap<>();
            group.forEach(rank -> byNic.computeIfAbsent(attachments.nic(rank), nic -> new ArrayList<>()).add(rank));
            rails.addAll(byNic.values());
        }
        return rails;
    }

    /** Returns where the ranks are. */
    public Attachments attachments() {
        return attachments;
    }

    /** Returns the collectives, in the order of patterns, groups and rails. */
    public List<Collective> collectives() {
        return collectives;
    }

    /** Returns whether pairs of different collectives, or of different steps, may be sent at the same time. */
    public boolean mixes() {
        return collectives.size() > 1 || isUnordered();
    }

    /** Returns whether some collective's pairs may be sent at any time, in no steps. */
    public boolean isUnordered() {
        return collectives.stream().anyMatch(collective -> !collective.inStep());
    }

    /** Returns whether all pairs are those of a server and a worker, in either direction. */
    public boolean isBetweenRoles() {
        return collectives.stream().allMatch(Collective::isBetweenRoles);
    }

    /** Returns, by rank, the ranks that it ever sends to across the fabric; callers must not change the sets. */
    public BitSet[] crossings() {
        if (crossings == null) {
            crossings = rows();
        }
        return crossings;
    }

    /** Returns whether it is one collective that sends no pair in two of its steps. */
    public boolean repeatsNoPair() {
        return collectives.size() == 1 && collectives.get(0).repeatsNoPair();
    }

    /** Returns how many pairs ever send to each other across the fabric. */
    public long pairs() {
        return Arrays.stream(crossings()).mapToLong(BitSet::cardinality).sum();
    }

    private BitSet[] rows() {
        BitSet[] rows = new BitSet[attachments.size()];
        for (int rank = 0; rank < rows.length; rank++) {
            rows[rank] = new BitSet(rows.length);
        }
        for (Collective collective : collectives) {
            BitSet[] crossings = collective.crossings(attachments);
            for (int position = 0; position < crossings.length; position++) {
                rows[collective.rank(position)].or(crossings[position]);
            }
        }
        return rows;
    }
}
