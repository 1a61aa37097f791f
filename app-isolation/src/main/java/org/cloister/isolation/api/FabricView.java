package org.cloister.isolation.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;

import java.util.List;
import java.util.Optional;

/** The fabric as configured and observed, with what slices hold of it. */
@Value.Immutable
@JsonSerialize(as = ImmutableFabricView.class)
@JsonDeserialize(as = ImmutableFabricView.class)
public interface FabricView {

    /** Changes whenever anything below changes; serves as the ETag. */
    String version();

    /** Whether rules are installed; without, slices are planned and shown only. */
    boolean enforce();

    /** The packet switches, leaves first, sorted by name. */
    List<SwitchView> switches();

    /** The hosts, sorted by name. */
    List<HostView> hosts();

    /** The directed links between configured fabric ports, sorted. */
    List<LinkView> links();

    /** The optical circuits, each in the state that its optical switch tells; PLANNED where it is wanted only. */
    List<Allocation.AllocatedCircuit> circuits();

    /** What is wrong with the fabric. */
    List<FabricProblem> problems();

    /** Returns a builder. */
    static ImmutableFabricView.Builder builder() {
        return ImmutableFabricView.builder();
    }

    /** Leaf or spine. */
    enum SwitchRole {
        /** Hosts are attached here. */
        @JsonProperty("leaf") LEAF,
        /** Connects leaves. */
        @JsonProperty("spine") SPINE
    }

    /** A packet switch. */
    @Value.Immutable
    @JsonSerialize(as = ImmutableSwitchView.class)
    @JsonDeserialize(as = ImmutableSwitchView.class)
    interface SwitchView {

        /** Its name. */
        String name();

        /** Its ONOS device id. */
        String device();

        /** Leaf or spine. */
        SwitchRole role();

        /** Whether ONOS reaches it. */
        boolean available();
    }

    /** A host: one NIC port on a leaf. */
    @Value.Immutable
    @JsonSerialize(as = ImmutableHostView.class)
    @JsonDeserialize(as = ImmutableHostView.class)
    interface HostView {

        /** Its name. */
        String name();

        /** The server's name. */
        String node();

        /** Which of the node's NICs. */
        int nic();

        /** The leaf's port. */
        FabricPort port();

        /** Its MAC address. */
        String mac();

        /** Its addresses. */
        List<String> ipv4();

        /** The slice it is a member of; over REST empty for those to whom that slice does not exist. */
        Optional<SliceId> slice();

        /** Whether it is a member of any slice; the same for everybody. */
        @Value.Default
        default boolean inUse() {
            return slice().isPresent();
        }
    }

    /** One direction of a link. */
    @Value.Immutable
    @JsonSerialize(as = ImmutableLinkView.class)
    @JsonDeserialize(as = ImmutableLinkView.class)
    interface LinkView {

        /** The sending port. */
        FabricPort from();

        /** The receiving port. */
        FabricPort to();

        /** What it carries, bit/s. */
        long capacityBitsPerSecond();

        /** What slices hold of it, bit/s. */
        long reservedBitsPerSecond();

        /** Whether it is taken out of use: no slice gets it. */
        @Value.Default
        default boolean drained() {
            return false;
        }
    }

    /** Something wrong with the fabric. */
    @Value.Immutable
    @JsonSerialize(as = ImmutableFabricProblem.class)
    @JsonDeserialize(as = ImmutableFabricProblem.class)
    interface FabricProblem {

        /** One word in CamelCase, for instance {@code DeviceAbsent}. */
        String reason();

        /** The switch, port, link or host concerned. */
        String at();

        /** For a person. */
        String message();

        /** Returns a problem. */
        static FabricProblem of(String reason, String at, String message) {
            return ImmutableFabricProblem.builder().reason(reason).at(at).message(message).build();
        }
    }
}
