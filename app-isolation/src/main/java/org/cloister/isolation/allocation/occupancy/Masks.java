package org.cloister.isolation.allocation.occupancy;

import java.util.BitSet;

/** Sets of spines as words of 64 bits. */
public final class Masks {

    private Masks() {
    }

    /** Returns how many words hold so many bits. */
    public static int words(int bits) {
        return bits + Long.SIZE - 1 >>> 6;
    }

    /** Returns how many bits are set. */
    public static int count(long[] mask) {
        int count = 0;
        for (long word : mask) {
            count += Long.bitCount(word);
        }
        return count;
    }

    /** Returns how many bits are set in both. */
    public static int common(long[] one, long[] other) {
        int count = 0;
        for (int word = 0; word < one.length; word++) {
            count += Long.bitCount(one[word] & other[word]);
        }
        return count;
    }

    /** Returns whether a bit is set in both. */
    public static boolean meet(long[] one, long[] other) {
        for (int word = 0; word < one.length; word++) {
            if ((one[word] & other[word]) != 0) {
                return true;
            }
        }
        return false;
    }

    /** Returns what is set in both. */
    public static long[] and(long[] one, long[] other) {
        long[] both = one.clone();
        retain(both, other);
        return both;
    }

    /** Clears in a mask what another lacks. */
    public static void retain(long[] mask, long[] other) {
        for (int word = 0; word < mask.length; word++) {
            mask[word] &= other[word];
        }
    }

    /** Returns whether a bit is set. */
    public static boolean has(long[] mask, int bit) {
        return (mask[bit >>> 6] >>> bit & 1) != 0;
    }

    /** Sets a bit. */
    public static void set(long[] mask, int bit) {
        mask[bit >>> 6] |= 1L << bit;
    }

    /** Sets so many bits from one on. */
    static void set(long[] mask, int first, int count) {
        for (int bit = first; bit < first + count; bit++) {
            set(mask, bit);
        }
    }

    /** Returns a mask in which so many bits are set, the lowest. */
    public static long[] first(int bits) {
        long[] mask = new long[words(bits)];
        set(mask, 0, bits);
        return mask;
    }

    /** Clears a bit. */
    public static void clear(long[] mask, int bit) {
        mask[bit >>> 6] &= ~(1L << bit);
    }

    /** Returns the lowest so many bits of a mask; all if it has fewer. */
    public static long[] lowest(long[] mask, int count) {
        long[] lowest = new long[mask.length];
        int left = count;
        for (int word = 0; word < mask.length && left > 0; word++) {
            long bits = mask[word];
            while (bits != 0 && left > 0) {
                long bit = Long.lowestOneBit(bits);
                lowest[word] |= bit;
                bits ^= bit;
                left--;
            }
        }
        return lowest;
    }

    static String text(long[] mask) {
        return BitSet.valueOf(mask).toString();
    }
}
