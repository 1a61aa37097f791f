package org.cloister.isolation.control.admission;

import org.cloister.isolation.allocation.Decision;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.ImmutableAllocation;
import org.cloister.isolation.api.ImmutableSliceSpec;
import org.cloister.isolation.api.Member;
import org.cloister.isolation.api.Placement.Bind;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.store.Move;
import org.cloister.isolation.store.StoredSlice;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is peculiar to slices that hold capacity before their hosts are known. A RESERVED slice has an allocation with
 * tag, hosts and links, of which no switch is told; a request that names its hosts, or leaves that to Cloister now,
 * binds it. Once bound it stays so.
 */
public final class Binding {

    private Binding() {
    }

    /** Returns whether a specification leaves its hosts to a later request. */
    public static boolean isLater(SliceSpec spec) {
        return spec.placement().filter(placement -> placement.bind() == Bind.LATER).isPresent();
    }

    /** Returns whether a slice has an allocation of which nothing was sent to a switch. */
    static boolean isUntouched(StoredSlice slice) {
        return slice.state() == SliceState.RESERVED
                || slice.state() == SliceState.SWITCHING && slice.devices().isEmpty();
    }

    /** Returns why a slice cannot become what is asked: it has its hosts, which are to be given later. */
    public static Optional<Problem> refusal(StoredSlice slice, SliceSpec spec) {
        return !isLater(spec) || isLater(slice.spec()) ? Optional.empty() : Optional.of(Problem.of(
                ProblemType.NOT_SUPPORTED, "/placement/bind", Bind.LATER, "slice " + slice.id()
                        + " has its hosts already; delete it before reserving anew, or ask with \"bind\":\"now\""));
    }

    /**
     * Returns a decision in which a slice that nothing is installed of keeps its tag, as long as nobody else's rules
     * were seen under it.
     */
    public static Decision withOwnTag(StoredSlice slice, Ledger ledger, Decision decision) {
        Optional<Integer> tag = !isUntouched(slice) ? Optional.empty()
                : slice.allocation().map(Allocation::tag).filter(own -> !ledger.tags().contains(own));
        return tag.isEmpty() ? decision : decision.fold(allocation -> Decision.allocated(
                ImmutableAllocation.copyOf(allocation).withTag(tag.get())), Decision::refused);
    }

    /**
     * Returns what a slice asks for when it has to get away from its links: hosts that were chosen for it stay, for its
     * job runs there; of a reservation any may do.
     */
    public static SliceSpec staying(StoredSlice slice) {
        return slice.spec().placement().isEmpty() || slice.state() == SliceState.RESERVED ? slice.spec()
                : slice.move().filter(move -> move.reason() == Move.Reason.CHANGE).map(Move::allocation)
                        .or(slice::allocation).map(allocation -> named(slice.spec(), allocation)).orElse(slice.spec());
    }

    private static SliceSpec named(SliceSpec spec, Allocation allocation) {
        return ImmutableSliceSpec.copyOf(spec).withPlacement(Optional.empty()).withMembers(allocation.members().stream()
                .map(AllocatedMember::host).map(Member::of).collect(Collectors.toList()));
    }

    /** Returns the hosts of a reservation that cannot be bound any more: they are not configured, or elsewhere. */
    static List<String> goneHosts(Fabric fabric, Allocation allocation) {
        return allocation.members().stream().filter(member -> fabric.hosts().get(member.host()) == null
                || !fabric.hosts().get(member.host()).port().equals(member.port()))
                .map(AllocatedMember::host).collect(Collectors.toList());
    }
}
