package org.cloister.lab.ocs.device;

/** Light in dBm: what transmitters send less what fibres and mirrors take, a little different from port to port. */
final class Power {

    /** What is measured where there is no light. */
    static final double NONE = -60;

    private Power() {
    }

    /** Returns what arrives from a port's fibre: a transmitter of about 1 dBm and a fibre that takes less than 1 dB. */
    static double input(int port) {
        return 1 + 0.01 * (port * 37 % 50) - 0.3 - 0.01 * (port * 17 % 40);
    }

    /** Returns what two mirrors take, the same both ways: 1.2 to 1.8 dB. */
    static double loss(int one, int other) {
        return 1.2 + 0.01 * ((one + other) * 7 % 60);
    }

    /** Rounds to hundredths, as the model has them. */
    static double rounded(double dbm) {
        return Math.round(Math.max(NONE, dbm) * 100) / 100.0;
    }
}
