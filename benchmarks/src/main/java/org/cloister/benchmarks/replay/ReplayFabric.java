package org.cloister.benchmarks.replay;

import org.immutables.value.Value;

import java.util.Optional;

/**
 * The fabric that a trace is replayed on: leaves with equally many hosts each, one link each way between each leaf and
 * each spine, or as many as optical circuits make. Policies that move no circuits are replayed, on an optical fabric,
 * on one with as many spines as a leaf has uplinks, each linked with each leaf: the same links, and wired as well as can
 * be.
 */
@Value.Immutable
public interface ReplayFabric {

    /** What it is called. */
    String name();

    /** How many leaves. */
    int leaves();

    /** How many hosts on each leaf, one NIC each. */
    int hostsPerLeaf();

    /** How many spines; without optics each is linked with each leaf. */
    int spines();

    /** What each link and each NIC carries, bit/s. */
    long linkBitsPerSecond();

    /** How many hosts share one server, whose members reach each other without the fabric. */
    @Value.Default
    default int hostsPerNode() {
        return 1;
    }

    /** What members of one server send each other, bit/s. */
    @Value.Default
    default long nodeBitsPerSecond() {
        return 2_400_000_000_000L;
    }

    /** The optical switches between leaves and spines, where there are some. */
    Optional<Optics> optics();

    /** Returns how many links each leaf has to spines. */
    default int uplinks() {
        return optics().map(Optics::switches).orElse(spines());
    }

    /** Returns how many hosts there are. */
    default int hosts() {
        return leaves() * hostsPerLeaf();
    }

    /** Returns a builder. */
    static ImmutableReplayFabric.Builder builder() {
        return ImmutableReplayFabric.builder();
    }

    /**
     * Optical circuit switches between leaves and spines (OCS-vClos, Han et al.): one uplink of each leaf ends at each,
     * and equally many ports of each spine.
     */
    @Value.Immutable
    interface Optics {

        /** How many optical switches, which is how many uplinks each leaf has. */
        int switches();

        /** How many ports of each spine end at each optical switch. */
        int spinePortsPerSwitch();

        /** How long a job waits for circuits that are moved for it, seconds. */
        double moveSeconds();

        /** Returns a builder. */
        static ImmutableOptics.Builder builder() {
            return ImmutableOptics.builder();
        }
    }
}
