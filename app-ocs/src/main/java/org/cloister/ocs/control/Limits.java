package org.cloister.ocs.control;

import org.immutables.value.Value;

import java.time.Duration;

/** How long and how often things are tried, and how much light is enough. */
@Value.Immutable
interface Limits {

    /** How long a demand whose switch just went away waits for it before anything was begun. */
    @Value.Default
    default Duration planning() {
        return Duration.ofSeconds(10);
    }

    /** How long idle circuits that give way may carry packets until they are moved all the same: nobody wants them. */
    @Value.Default
    default Duration draining() {
        return Duration.ofSeconds(2);
    }

    /** How many packets a second a port may pass and be quiet: discovery and the like. */
    @Value.Default
    default long quietPackets() {
        return 10;
    }

    /** How long a switch may take to tell what it shows. */
    @Value.Default
    default Duration reading() {
        return Duration.ofSeconds(5);
    }

    /** How long a switch may take to answer and its circuits to settle. */
    @Value.Default
    default Duration switching() {
        return Duration.ofSeconds(10);
    }

    /** How long a move waits for a switch that is away. */
    @Value.Default
    default Duration awaiting() {
        return Duration.ofSeconds(15);
    }

    /** How long optics, carrier and discovery may take: 5.7 s of optics and two probes of discovery, with room. */
    @Value.Default
    default Duration verifying() {
        return Duration.ofSeconds(20);
    }

    /** How long a link stays known that nothing is heard of: until then a link from before a move may be a ghost. */
    @Value.Default
    default Duration linkAge() {
        return Duration.ofSeconds(12);
    }

    /** How long a trouble has to last to count, where light was established before. */
    @Value.Default
    default Duration settling() {
        return Duration.ofMillis(300);
    }

    /** How often a move is tried. */
    @Value.Default
    default int attempts() {
        return 2;
    }

    /** How often in a row lost circuits are made again. */
    @Value.Default
    default int repairs() {
        return 8;
    }

    /** How long after the first attempt to make lost circuits again the second one follows; twice as long each time. */
    @Value.Default
    default Duration firstRepair() {
        return Duration.ofSeconds(5);
    }

    /** The longest time between two such attempts. */
    @Value.Default
    default Duration lastRepair() {
        return Duration.ofSeconds(60);
    }

    /** What light has to have where it comes in from a fibre, dBm. */
    @Value.Default
    default double minimumInputDbm() {
        return -8;
    }

    /** What a circuit may take of the light, dB. */
    @Value.Default
    default double maximumLossDb() {
        return 4;
    }

    static Limits defaults() {
        return ImmutableLimits.builder().build();
    }
}
