package org.cloister.isolation.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What is drawn in the course of one case; the same for the same seed, on every machine. */
final class Draws {

    private final SplittableRandom random;

    Draws(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Returns a number from 0 to below a bound. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** Returns a number from a least to a most, both included. */
    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    /** Returns a number from a least to a most whose logarithm is evenly distributed. */
    int logBetween(int least, int most) {
        double low = Math.log(least);
        double high = Math.log(most + 1.0);
        return Math.min(most, (int) Math.exp(low + random.nextDouble() * (high - low)));
    }

    /** Returns whether something of a probability in percent happens. */
    boolean percent(int probability) {
        return random.nextInt(100) < probability;
    }

    /** Returns one of some values. */
    @SafeVarargs
    final <T> T one(T... values) {
        return values[random.nextInt(values.length)];
    }

    /** Returns one of a list. */
    <T> T of(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** Returns the values in an order of their own. */
    <T> List<T> shuffled(List<T> values) {
        List<T> shuffled = new ArrayList<>(values);
        for (int index = shuffled.size() - 1; index > 0; index--) {
            int other = random.nextInt(index + 1);
            T value = shuffled.get(index);
            shuffled.set(index, shuffled.get(other));
            shuffled.set(other, value);
        }
        return shuffled;
    }

    /** Returns the numbers from 0 to below a bound. */
    static List<Integer> range(int bound) {
        return IntStream.range(0, bound).boxed().collect(Collectors.toList());
    }
}
