package org.cloister.benchmarks.replay.report;

import org.cloister.benchmarks.replay.Policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * How one policy does beside another over a range of loads, where it does worst. Loads at which their means are not
 * over equally many jobs, or over none, are left out.
 */
final class Comparison {

    /** Up to which load the published figure of OCS-vClos is compared with. */
    private static final double MODERATE = 0.8;

    private final Policy policy;
    private final Policy against;
    private final double mostLoad;
    private final Optional<Requirement> requirement;
    private final List<Pair> pairs = new ArrayList<>();
    private final List<Double> leftOut = new ArrayList<>();

    private Comparison(Outcome outcome, Policy policy, Policy against, double mostLoad,
            Optional<Requirement> requirement) {
        this.policy = policy;
        this.against = against;
        this.mostLoad = mostLoad;
        this.requirement = requirement;
        outcome.rows().stream().filter(row -> row.policy() == policy && row.load() <= mostLoad)
                .forEach(row -> outcome.rows().stream()
                        .filter(other -> other.policy() == against && other.load() == row.load())
                        .forEach(other -> {
                            if (Pair.isFair(row, other)) {
                                pairs.add(new Pair(row, other));
                            } else {
                                leftOut.add(row.load());
                            }
                        }));
    }

    /** Returns the comparisons that an outcome has the rows for. */
    static List<Comparison> of(Outcome outcome) {
        List<Comparison> all = new ArrayList<>();
        for (Policy ours : List.of(Policy.CLOISTER, Policy.CLOISTER_OCS)) {
            for (Policy others : List.of(Policy.VCLOS, Policy.LAAS)) {
                all.add(new Comparison(outcome, ours, others, Double.MAX_VALUE,
                        ours == Policy.CLOISTER ? Optional.of(Requirement.NOT_WORSE) : Optional.empty()));
            }
            all.add(new Comparison(outcome, ours, Policy.IDEAL, MODERATE,
                    ours == Policy.CLOISTER_OCS ? Optional.of(Requirement.NEARLY_IDEAL) : Optional.empty()));
        }
        all.removeIf(each -> each.pairs.isEmpty() && each.leftOut.isEmpty());
        return all;
    }

    /** Returns whether what is required holds at every load; empty if nothing is, or nothing could be compared. */
    Optional<Boolean> holds() {
        return pairs.isEmpty() ? Optional.empty()
                : requirement.map(required -> leftOut.isEmpty() && pairs.stream().allMatch(required::holds));
    }

    Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("policy", policy.text());
        figures.put("against", against.text());
        if (mostLoad < Double.MAX_VALUE) {
            figures.put("upToLoad", mostLoad);
        }
        if (!pairs.isEmpty()) {
            Pair jct = worst(Pair::jctPercent);
            figures.put("worstJctPercent", jct.jctPercent());
            jct.jctPercentInterval().ifPresent(interval -> figures.put("worstJctPercentInterval95", interval));
            figures.put("atLoad", jct.load());
            Pair jwt = worst(Pair::jwtSeconds);
            figures.put("worstJwtSeconds", jwt.jwtSeconds());
            jwt.jwtSecondsInterval().ifPresent(interval -> figures.put("worstJwtSecondsInterval95", interval));
            figures.put("jwtAtLoad", jwt.load());
        }
        if (!leftOut.isEmpty()) {
            figures.put("notComparedAtLoads", leftOut);
        }
        requirement.ifPresent(required -> figures.put("required", required.text()));
        holds().ifPresent(holds -> figures.put("holds", holds));
        return figures;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(policy.text() + " beside " + against.text()
                + (mostLoad < Double.MAX_VALUE ? " up to load " + mostLoad : ""));
        if (!pairs.isEmpty()) {
            Pair jct = worst(Pair::jctPercent);
            Pair jwt = worst(Pair::jwtSeconds);
            text.append(String.format(Locale.ROOT, ", at worst: mean JCT %+.2f %%%s (load %.2f), mean JWT %+.1f s%s"
                    + " (load %.2f)", jct.jctPercent(), jct.jctPercentInterval().map(each -> between(each, "%+.2f"))
                    .orElse(""), jct.load(), jwt.jwtSeconds(), jwt.jwtSecondsInterval()
                    .map(each -> between(each, "%+.1f")).orElse(""), jwt.load()));
        }
        if (!leftOut.isEmpty()) {
            text.append(", not compared at loads ").append(leftOut).append(", whose means are over other jobs");
        }
        holds().ifPresent(holds -> text.append(holds ? "; " : "; NOT ").append(requirement.orElseThrow().text()));
        return text.toString();
    }

    private static String between(List<Double> interval, String format) {
        return String.format(Locale.ROOT, " [" + format + ", " + format + "]", interval.get(0), interval.get(1));
    }

    private Pair worst(Function<Pair, Double> figure) {
        return pairs.stream().reduce((a, b) -> figure.apply(a) >= figure.apply(b) ? a : b).orElseThrow();
    }
}
