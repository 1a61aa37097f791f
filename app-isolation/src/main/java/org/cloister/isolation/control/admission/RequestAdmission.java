package org.cloister.isolation.control.admission;

import org.cloister.isolation.allocation.Allocator;
import org.cloister.isolation.allocation.Decision;
import org.cloister.isolation.allocation.ImmutableRequest;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.Seats;
import org.cloister.isolation.allocation.hosts.HostChooser;
import org.cloister.isolation.allocation.validation.Requests;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.fabric.Fabric;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Admission by {@link Requests} and an allocator; where hosts are to be chosen, by a {@link HostChooser}. */
public final class RequestAdmission implements Admission {

    private final Allocator allocator;
    private final HostChooser chooser;

    /** Creates an admission whose decisions are an allocator's. */
    public RequestAdmission(Allocator allocator) {
        this.allocator = Objects.requireNonNull(allocator, "allocator is null");
        this.chooser = new HostChooser(allocator);
    }

    @Override
    public SliceSpec fill(SliceSpec spec) {
        return Requests.withDefaults(spec);
    }

    @Override
    public Optional<Problem> check(Fabric fabric, SliceSpec spec) {
        return Requests.check(fabric, spec).fold(request -> Optional.empty(), Optional::of);
    }

    @Override
    public Decision decide(Fabric fabric, Ledger ledger, SliceSpec spec, List<Allocation> previous) {
        return Requests.check(fabric, spec).fold(request -> spec.placement().isPresent()
                ? chooser.decide(fabric, ledger, Requests.withDefaults(spec), previous)
                : allocator.allocate(fabric, ledger, ImmutableRequest.copyOf(request).withPrevious(previous)),
                Decision::refused);
    }

    @Override
    public Decision change(Fabric fabric, Ledger ledger, SliceSpec spec, List<Allocation> previous) {
        Allocator forOtherPatterns = (those, held, request) -> allocator.allocate(those, held,
                ImmutableRequest.copyOf(request).withIsForOtherPatterns(true));
        return new RequestAdmission(forOtherPatterns).decide(fabric, ledger, spec, previous);
    }

    @Override
    public Decision bind(Fabric fabric, Ledger ledger, SliceSpec spec, Allocation reservation) {
        return Requests.check(fabric, spec).fold(request -> spec.placement().isPresent()
                ? chooser.decide(fabric, ledger, Requests.withDefaults(spec), List.of(reservation))
                : allocator.allocate(fabric, ledger, ImmutableRequest.copyOf(request)
                        .withPrevious(Seats.of(reservation, request.members()))), Decision::refused);
    }
}
