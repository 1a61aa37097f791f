package org.cloister.isolation.cli;

/** Rates for people. */
final class Rates {

    private static final String[] UNITS = {"bit/s", "kbit/s", "Mbit/s", "Gbit/s", "Tbit/s"};

    private Rates() {
    }

    /** Returns a rate in bit/s in the largest unit that shows it exactly, for instance {@code 100 Gbit/s}. */
    static String of(long bitsPerSecond) {
        long amount = bitsPerSecond;
        int unit = 0;
        while (amount != 0 && amount % 1000 == 0 && unit < UNITS.length - 1) {
            amount /= 1000;
            unit++;
        }
        return amount + " " + UNITS[amount == 0 ? 0 : unit];
    }
}
