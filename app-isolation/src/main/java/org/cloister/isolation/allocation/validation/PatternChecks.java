package org.cloister.isolation.allocation.validation;

import org.cloister.isolation.allocation.traffic.Collective;
import org.cloister.isolation.api.Pattern;
import org.cloister.isolation.api.Pattern.RankOrder;
import org.cloister.isolation.api.PatternType;
import org.cloister.isolation.api.ProblemType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Checks patterns: known, over ranks that exist, and no more work than one decision may take, as a decision has no
 * clock of its own.
 */
final class PatternChecks {

    private static final int PATTERNS_MAX = 64;
    private static final int TEXT_MAX = 255;
    private static final long RANKS_MAX = 1 << 15;
    private static final long PAIRS_MAX = 1 << 24;

    private final int members;
    private final Map<Integer, Integer> nics;
    private final RoleChecks roles;
    private final FieldErrors errors;

    /** Creates checks that add to errors. */
    PatternChecks(MemberChecks members, FieldErrors errors) {
        this.members = members.ranks();
        this.nics = members.nics();
        this.roles = new RoleChecks(members, errors);
        this.errors = errors;
    }

    void check(List<Pattern> patterns) {
        if (patterns.size() > PATTERNS_MAX) {
            errors.add(ProblemType.INVALID_REQUEST, "/patterns", patterns.size(),
                    patterns.size() + " patterns are more than " + PATTERNS_MAX);
            return;
        }
        long ranks = 0;
        long pairs = 0;
        for (int index = 0; index < patterns.size(); index++) {
            Pattern pattern = patterns.get(index);
            String pointer = "/patterns/" + index;
            checkGroups(pattern, pointer + "/groups");
            checkText(pattern, pointer);
            Optional<PatternType> type = checkType(pattern, pointer);
            if (type.filter(PatternType.STEPS::equals).isPresent()) {
                Set<Integer> senders = Collective.ranks(pattern);
                ranks += senders.size();
                pairs += (long) senders.size() * pattern.steps().size();
                continue;
            }
            for (List<Integer> group : groups(pattern)) {
                ranks += group.size();
                pairs += type.map(known -> pairs(known, group.size())).orElse(0L);
            }
        }
        if (ranks > RANKS_MAX || pairs > PAIRS_MAX) {
            errors.add(ProblemType.NOT_SUPPORTED, "/patterns", patterns.size(), "the patterns name " + ranks
                    + " ranks and " + pairs + " pairs; up to " + RANKS_MAX + " and " + PAIRS_MAX + " are supported");
        }
    }

    /** Those in no step are not gone through one by one: four of them cost no more than one of a step. */
    private static long pairs(PatternType type, int size) {
        long pairs = (long) size * Collective.steps(type, size);
        return type == PatternType.ANY || type == PatternType.PARAMETER_SERVER ? pairs / 4 : pairs;
    }

    private void checkText(Pattern pattern, String pointer) {
        pattern.exclusiveGroup().filter(text -> text.isEmpty() || text.length() > TEXT_MAX)
                .ifPresent(text -> errors.add(ProblemType.INVALID_REQUEST, pointer + "/exclusiveGroup", text,
                        "an exclusive group has 1 to " + TEXT_MAX + " characters, not " + text.length()));
        if (pattern.type().equals(PatternType.STEPS.toString())) {
            new StepChecks(members, errors).check(pattern, pointer);
        } else if (!pattern.steps().isEmpty()) {
            errors.add(ProblemType.INVALID_REQUEST, pointer + "/steps", pattern.steps(),
                    "pattern " + pattern.type() + " has no steps of its own");
        }
    }

    /** Returns the type that is planned, if it is one that is known. */
    private Optional<PatternType> checkType(Pattern pattern, String pointer) {
        Optional<PatternType> type = Arrays.stream(PatternType.values())
                .filter(known -> known.toString().equals(pattern.type())).findFirst();
        if (!type.isPresent()) {
            errors.add(ProblemType.UNKNOWN_PATTERN, pointer + "/type", pattern.type(), "there is no pattern "
                    + pattern.type() + "; there are " + List.of(PatternType.values()));
        } else if (pattern.rankOrder() == RankOrder.UNKNOWN) {
            return Optional.of(PatternType.ANY);
        } else if (type.get() == PatternType.HALVING_DOUBLING) {
            checkPowersOfTwo(pattern, pointer);
        } else if (type.get() == PatternType.PARAMETER_SERVER) {
            checkRoles(pattern, pointer);
        }
        return type;
    }

    private void checkGroups(Pattern pattern, String pointer) {
        for (int group = 0; group < pattern.groups().size(); group++) {
            List<Integer> ranks = pattern.groups().get(group);
            String at = pointer + "/" + group;
            if (ranks.isEmpty()) {
                errors.add(ProblemType.INVALID_REQUEST, at, ranks, "a group has at least one rank");
            }
            Set<Integer> seen = new HashSet<>();
            for (int index = 0; index < ranks.size(); index++) {
                Integer rank = ranks.get(index);
                if (rank == null || members > 0 && (rank < 0 || rank >= members)) {
                    errors.add(ProblemType.INVALID_REQUEST, at + "/" + index, rank,
                            rank + " is not a rank; there are " + members + " members");
                } else if (!seen.add(rank)) {
                    errors.add(ProblemType.INVALID_REQUEST, at + "/" + index, rank,
                            "rank " + rank + " is in the group already");
                }
            }
        }
    }

    /** Other sizes need an algorithm with a name of its own, of which there are several that send differently. */
    private void checkPowersOfTwo(Pattern pattern, String pointer) {
        forEachRail(pattern, pointer, (at, value, rail) -> {
            if (Integer.bitCount(rail.size()) > 1) {
                errors.add(ProblemType.NOT_SUPPORTED, at, value, "halving-doubling of " + rail.size()
                        + " ranks is not supported: that is no power of two, and takes a variant to be named");
            }
        });
    }

    private void checkRoles(Pattern pattern, String pointer) {
        groups(pattern).forEach(roles::require);
        forEachRail(pattern, pointer, roles::requireBoth);
    }

    /** Shows each group, or each rail of it, with the pointer and the value of the field that it comes from. */
    private void forEachRail(Pattern pattern, String pointer, RailVisitor visitor) {
        List<List<Integer>> groups = groups(pattern);
        for (int group = 0; group < groups.size(); group++) {
            String at = pattern.groups().isEmpty() ? pointer + "/type" : pointer + "/groups/" + group;
            Object value = pattern.groups().isEmpty() ? pattern.type() : groups.get(group);
            rails(pattern, groups.get(group)).forEach(rail -> visitor.visit(at, value, rail));
        }
    }

    /** Looks at the ranks of one group or rail. */
    private interface RailVisitor {

        void visit(String pointer, Object value, List<Integer> ranks);
    }

    private List<List<Integer>> groups(Pattern pattern) {
        return pattern.groups().isEmpty()
                ? List.of(IntStream.range(0, members).boxed().collect(Collectors.toList())) : pattern.groups();
    }

    private Iterable<List<Integer>> rails(Pattern pattern, List<Integer> group) {
        if (!pattern.perRail()) {
            return List.of(group);
        }
        if (nics.size() < members) {
            return List.of(); // which rails there are is not known until all hosts are
        }
        Map<Integer, List<Integer>> byNic = new TreeMap<>();
        for (Integer rank : group) {
            if (nics.containsKey(rank)) {
                byNic.computeIfAbsent(nics.get(rank), nic -> new ArrayList<>()).add(rank);
            }
        }
        return byNic.values();
    }
}
