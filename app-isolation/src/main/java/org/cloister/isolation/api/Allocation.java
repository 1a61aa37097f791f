package org.cloister.isolation.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a slice got. It holds all that its rules are compiled from, so that a slice survives a change of the
 * configuration that it was allocated under.
 *
 * <p>What a member sends to a member of another leaf goes up by the {@link Detour} to that member if it has one, else
 * by the {@link LeafDetour} to that leaf if it has one, else by its own uplink. ARP goes up by the {@code arpUplink}
 * (the own uplink where there is none) to the leaves that the slice's links lead on to from there, and to others by
 * the lowest port that a member of its leaf sends IPv4 to them by. From a spine it goes down by the slice's lowest port
 * there to the leaf; an uplink that ends at the receiver's leaf itself, over a circuit, is the whole way.
 */
@Value.Immutable
@JsonSerialize(as = ImmutableAllocation.class)
@JsonDeserialize(as = ImmutableAllocation.class)
public interface Allocation {

    /** The 802.1Q VLAN that the slice's packets carry on fabric links, 1 to 4094. */
    int tag();

    /** What the slice's own flows can do to each other. */
    Guarantee guarantee();

    /** The most flows' worth of load on one link at any timing: the maximum matching of the pairs pinned to it. */
    int maxFlowsPerLink();

    /**
     * Whether no allocation with the same reach and guarantee has fewer spines, nor as many spines and fewer directed
     * links; only if proven. One that is {@code isolated} is compared with those that have as many links at each leaf,
     * each way, as its busiest moment fills: on fewer it would still be isolated, and slower.
     */
    boolean optimal();

    /** Which members have a way to which others. */
    @Value.Default
    default Reach reach() {
        return Reach.ALL;
    }

    /** An order of the ranks that needs fewer links, when one is known. */
    Optional<List<Integer>> suggestedRanks();

    /** The members in rank order. */
    List<AllocatedMember> members();

    /** The directed links that are the slice's, sorted. */
    List<ReservedLink> links();

    /** The optical circuits that are the slice's: those under its links. */
    List<AllocatedCircuit> circuits();

    /** The idle circuits that give way to those of the slice that are planned; nobody holds them. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    List<AllocatedCircuit> displacedCircuits();

    /** Returns how many circuits have to be made and removed before rules can use the links. */
    default int circuitsToMove() {
        return displacedCircuits().size() + (int) circuits().stream()
                .filter(circuit -> circuit.state().equals(AllocatedCircuit.PLANNED)).count();
    }

    /** Returns a builder. */
    static ImmutableAllocation.Builder builder() {
        return ImmutableAllocation.builder();
    }

    /** Which members have a way to which others. */
    enum Reach {
        /** Every member to every other. */
        @JsonProperty("all") ALL,
        /** Those that send to each other in a pattern, both ways; others where the links happen to lead there. */
        @JsonProperty("patterns") PATTERNS
    }

    /** A member with what its rules need. */
    @Value.Immutable
    @JsonSerialize(as = ImmutableAllocatedMember.class)
    @JsonDeserialize(as = ImmutableAllocatedMember.class)
    interface AllocatedMember {

        /** Index among the members. */
        int rank();

        /** The host's name. */
        String host();

        /** The server's name. */
        String node();

        /** Which of the node's NICs. */
        int nic();

        /** Its addresses, at least one. */
        List<String> ipv4();

        /** Its MAC address. */
        String mac();

        /** The leaf's name. */
        String leaf();

        /** The leaf's port, for instance {@code leaf-1/3}. */
        FabricPort port();

        /** The leaf's port towards the spine that what it sends to other leaves crosses; empty on one leaf. */
        Optional<FabricPort> uplink();

        /** The leaf's port towards the spine that its ARP crosses, so that few spines need ARP rules. */
        Optional<FabricPort> arpUplink();

        /** Other leaves that what it sends goes to by another uplink, sorted by leaf. */
        List<LeafDetour> leafDetours();

        /** Other members that its IPv4 packets go to by yet another uplink, sorted by rank. */
        List<Detour> detours();

        /** What it does in a {@code parameter-server} pattern. */
        Optional<Member.Role> role();

        /** What a meter lets it send at most, bit/s, a whole number of kbit/s; empty on exclusive links. */
        OptionalLong limitBitsPerSecond();

        /** What the meter lets through at once after a silence, bits, a whole number of kbit; empty without meter. */
        OptionalLong burstBits();

        /** Returns a builder. */
        static ImmutableAllocatedMember.Builder builder() {
            return ImmutableAllocatedMember.builder();
        }
    }

    /** The way up for all that a member sends to the members of one other leaf, in place of its own uplink. */
    @Value.Immutable
    @JsonSerialize(as = ImmutableLeafDetour.class)
    @JsonDeserialize(as = ImmutableLeafDetour.class)
    interface LeafDetour {

        /** The receivers' leaf; not the sender's. */
        String toLeaf();

        /** The sender's leaf's port towards a spine, or towards the receivers' leaf. */
        FabricPort uplink();

        /** Returns the detour to a leaf. */
        static LeafDetour of(String toLeaf, FabricPort uplink) {
            return ImmutableLeafDetour.builder().toLeaf(toLeaf).uplink(uplink).build();
        }
    }

    /** The way up for all IPv4 that a member sends to one other, in place of that to the other's leaf. */
    @Value.Immutable
    @JsonSerialize(as = ImmutableDetour.class)
    @JsonDeserialize(as = ImmutableDetour.class)
    interface Detour {

        /** The receiver's rank; it is on another leaf. */
        int toRank();

        /** The sender's leaf's port towards a spine. */
        FabricPort uplink();

        /** Returns the detour to a rank. */
        static Detour of(int toRank, FabricPort uplink) {
            return ImmutableDetour.builder().toRank(toRank).uplink(uplink).build();
        }
    }

    /** One direction of a link, held by a slice. */
    @Value.Immutable
    @JsonSerialize(as = ImmutableReservedLink.class)
    @JsonDeserialize(as = ImmutableReservedLink.class)
    interface ReservedLink {

        /** The sending port. */
        FabricPort from();

        /** The receiving port. */
        FabricPort to();

        /** What the slice holds of it, bit/s. */
        long reservedBitsPerSecond();

        /** Returns the reservation of a rate in bit/s. */
        static ReservedLink of(FabricPort from, FabricPort to, long reservedBitsPerSecond) {
            return ImmutableReservedLink.builder().from(from).to(to)
                    .reservedBitsPerSecond(reservedBitsPerSecond).build();
        }
    }

    /** An optical cross-connection, held by a slice. */
    @Value.Immutable
    @JsonSerialize(as = ImmutableAllocatedCircuit.class)
    @JsonDeserialize(as = ImmutableAllocatedCircuit.class)
    interface AllocatedCircuit {

        /** The state of a circuit that is there. */
        String CONNECTED = "CONNECTED";

        /** The state of a circuit that has to be made first. */
        String PLANNED = "PLANNED";

        /** The optical switch's name; JSON field {@code switch}. */
        @JsonProperty("switch")
        String opticalSwitch();

        /** The two ports. */
        List<String> ports();

        /** Its state: {@link #CONNECTED}, or {@link #PLANNED} before it was made. */
        String state();

        /** Returns a circuit that is there. */
        static AllocatedCircuit connected(String opticalSwitch, String port, String otherPort) {
            return ImmutableAllocatedCircuit.builder().opticalSwitch(opticalSwitch).addPorts(port, otherPort)
                    .state(CONNECTED).build();
        }

        /** Returns a circuit that is to be made. */
        static AllocatedCircuit planned(String opticalSwitch, String port, String otherPort) {
            return ImmutableAllocatedCircuit.builder().opticalSwitch(opticalSwitch).addPorts(port, otherPort)
                    .state(PLANNED).build();
        }
    }
}
