package org.cloister.benchmarks.replay.report;

import java.util.List;
import java.util.Optional;

/** What is required of a policy beside another, at each load. */
enum Requirement {

    /** Neither mean completion nor mean waiting is longer, by more than chance explains: the interval reaches 0. */
    NOT_WORSE("not worse") {
        @Override
        boolean holds(Pair pair) {
            return least(pair.jctPercentInterval(), pair.jctPercent()) <= NEGLIGIBLE
                    && least(pair.jwtSecondsInterval(), pair.jwtSeconds()) <= NEGLIGIBLE;
        }
    },

    /** The whole interval of mean completion is within what OCS-vClos has published. */
    NEARLY_IDEAL("within " + Published.OCS_VCLOS_JCT_OVER_IDEAL_PERCENT + " %") {
        @Override
        boolean holds(Pair pair) {
            return pair.jctPercentInterval().map(interval -> interval.get(1)).orElse(pair.jctPercent())
                    <= Published.OCS_VCLOS_JCT_OVER_IDEAL_PERCENT;
        }
    };

    /** Of sums in another order, percent or seconds. */
    private static final double NEGLIGIBLE = 1e-6;

    private final String text;

    Requirement(String text) {
        this.text = text;
    }

    abstract boolean holds(Pair pair);

    String text() {
        return text;
    }

    private static double least(Optional<List<Double>> interval, double mean) {
        return interval.map(each -> each.get(0)).orElse(mean);
    }
}
