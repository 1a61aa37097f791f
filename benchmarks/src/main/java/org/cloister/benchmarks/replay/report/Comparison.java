package org.cloister.benchmarks.replay.report;

import org.cloister.benchmarks.replay.Policy;
import org.cloister.benchmarks.replay.ReplayRow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How one policy does beside another over a range of loads, where it does worst. */
final class Comparison {

    /** Up to which load the published figure of OCS-vClos is compared with. */
    private static final double MODERATE = 0.8;

    private final Policy policy;
    private final Policy against;
    private final double mostLoad;
    private final ReplayRow worstJct;
    private final double jctPercent;
    private final double jwtSeconds;

    private Comparison(Policy policy, Policy against, double mostLoad, List<ReplayRow[]> pairs) {
        this.policy = policy;
        this.against = against;
        this.mostLoad = mostLoad;
        ReplayRow[] worst = pairs.stream().reduce((a, b) -> jctPercent(a) >= jctPercent(b) ? a : b).orElseThrow();
        this.worstJct = worst[0];
        this.jctPercent = jctPercent(worst);
        this.jwtSeconds = pairs.stream().mapToDouble(pair -> pair[0].jwtMeanSeconds().mean()
                - pair[1].jwtMeanSeconds().mean()).max().orElseThrow();
    }

    /** Returns the comparisons that an outcome has the rows for. */
    static List<Comparison> of(Outcome outcome) {
        List<Comparison> all = new ArrayList<>();
        for (Policy ours : List.of(Policy.CLOISTER, Policy.CLOISTER_OCS)) {
            for (Policy others : List.of(Policy.VCLOS, Policy.LAAS)) {
                of(outcome, ours, others, Double.MAX_VALUE).ifPresent(all::add);
            }
            of(outcome, ours, Policy.IDEAL, MODERATE).ifPresent(all::add);
        }
        return all;
    }

    private static Optional<Comparison> of(Outcome outcome, Policy policy, Policy against, double mostLoad) {
        List<ReplayRow[]> pairs = new ArrayList<>();
        for (ReplayRow row : outcome.rows()) {
            if (row.policy() == policy && row.load() <= mostLoad) {
                outcome.rows().stream().filter(other -> other.policy() == against && other.load() == row.load()
                        && other.jctMeanSeconds().mean() > 0)
                        .forEach(other -> pairs.add(new ReplayRow[] {row, other}));
            }
        }
        return pairs.isEmpty() ? Optional.empty()
                : Optional.of(new Comparison(policy, against, mostLoad, pairs));
    }

    Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("policy", policy.text());
        figures.put("against", against.text());
        if (mostLoad < Double.MAX_VALUE) {
            figures.put("upToLoad", mostLoad);
        }
        figures.put("worstJctPercent", jctPercent);
        figures.put("atLoad", worstJct.load());
        figures.put("worstJwtSeconds", jwtSeconds);
        return figures;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s beside %s%s, at worst: mean JCT %+.2f %% (load %.2f), mean JWT %+.1f s",
                policy.text(), against.text(), mostLoad < Double.MAX_VALUE ? " up to load " + mostLoad : "", jctPercent,
                worstJct.load(), jwtSeconds);
    }

    private static double jctPercent(ReplayRow[] pair) {
        return 100 * (pair[0].jctMeanSeconds().mean() / pair[1].jctMeanSeconds().mean() - 1);
    }
}
