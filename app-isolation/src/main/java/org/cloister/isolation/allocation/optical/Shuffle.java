package org.cloister.isolation.allocation.optical;

/** A generator of numbers that look random and are the same each time: SplitMix64 (Steele, Lea, Flood, 2014). */
final class Shuffle {

    private long state;

    Shuffle(long seed) {
        this.state = seed;
    }

    /** Returns a number of 0 to bound - 1. */
    int below(int bound) {
        state += 0x9E3779B97F4A7C15L;
        long mixed = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return (int) (((mixed ^ mixed >>> 31) >>> 32) * bound >>> 32);
    }

    /** Puts numbers into another order. */
    void order(int[] numbers) {
        for (int last = numbers.length - 1; last > 0; last--) {
            int other = below(last + 1);
            int swapped = numbers[last];
            numbers[last] = numbers[other];
            numbers[other] = swapped;
        }
    }
}
