package org.cloister.benchmarks.replay;

/** Is told how far a replay is. */
@FunctionalInterface
public interface ProgressListener {

    /**
     * Called now and then, and at the end of each replay of a policy, a load and a seed.
     *
     * @param finished how many jobs have finished
     * @param jobs how many jobs there are
     */
    void progressed(Policy policy, double load, long seed, int finished, int jobs);
}
