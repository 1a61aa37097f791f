package org.cloister.benchmarks.replay.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Sets how fast jobs go on that communicate at the same time and have leaves in common. */
abstract class Pace {

    /** Lets each of several runs go on to its next change; two or more, all communicating. */
    abstract void set(List<Run> runs);

    /** Returns whether the mean speed over many iterations may stand for the rest of them. */
    abstract boolean isAveraging();

    /** Follows each step: rates change whenever the steps do. */
    static final class Exact extends Pace {

        private final MaxMin rates;

        Exact(Wiring wiring) {
            this.rates = new MaxMin(wiring);
        }

        @Override
        void set(List<Run> runs) {
            double[] speeds = rates.speeds(runs.stream().map(Run::stepFlows).collect(Collectors.toList()));
            for (int run = 0; run < speeds.length; run++) {
                runs.get(run).goStep(speeds[run] / runs.get(run).aloneSpeed());
            }
        }

        @Override
        boolean isAveraging() {
            return false;
        }
    }

    /** Takes the mean speed that a {@link StepWalk} found for the set of jobs. */
    static final class Sampled extends Pace {

        /** How many sets are kept, those that were used last. */
        private static final int KNOWN = 4_096;

        private final StepWalk walk;
        private final Map<List<Integer>, double[]> known = new LinkedHashMap<>(KNOWN, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<List<Integer>, double[]> eldest) {
                return size() > KNOWN;
            }
        };

        Sampled(Wiring wiring, int eventsPerJob, long seed) {
            this.walk = new StepWalk(new MaxMin(wiring), eventsPerJob, seed);
        }

        @Override
        void set(List<Run> runs) {
            List<Integer> jobs = new ArrayList<>(runs.size());
            runs.forEach(run -> jobs.add(run.job()));
            double[] speeds = known.get(jobs);
            if (speeds == null) {
                speeds = walk.speeds(runs);
                known.put(jobs, speeds);
            }
            for (int run = 0; run < speeds.length; run++) {
                runs.get(run).go(speeds[run]);
            }
        }

        @Override
        boolean isAveraging() {
            return true;
        }
    }
}
