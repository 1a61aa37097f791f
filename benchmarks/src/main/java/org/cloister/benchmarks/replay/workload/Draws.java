package org.cloister.benchmarks.replay.workload;

import java.util.SplittableRandom;

/** Random numbers of a workload: the same for a seed on every machine, which is why StrictMath. */
final class Draws {

    private final SplittableRandom random;

    Draws(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Returns a number from an exponential distribution. */
    double exponential(double mean) {
        // 1 - [0, 1) is never 0
        return -mean * StrictMath.log(1 - random.nextDouble());
    }

    double uniform(double least, double most) {
        return least + (most - least) * random.nextDouble();
    }

    /** Returns a number whose logarithm is uniform. */
    double logUniform(double least, double most) {
        return StrictMath.exp(uniform(StrictMath.log(least), StrictMath.log(most)));
    }

    /** Returns an index with a probability in proportion to its weight. */
    int index(int[] weights) {
        int total = 0;
        for (int weight : weights) {
            total += weight;
        }
        int left = random.nextInt(total);
        int index = 0;
        while (left >= weights[index]) {
            left -= weights[index++];
        }
        return index;
    }

    /** Puts an array into a random order. */
    void shuffle(int[] values) {
        for (int last = values.length - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            int value = values[last];
            values[last] = values[other];
            values[other] = value;
        }
    }
}
