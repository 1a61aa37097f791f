package org.cloister.isolation.control;

import org.cloister.isolation.allocation.Allocator;
import org.cloister.isolation.allocation.Decision;
import org.cloister.isolation.allocation.ImmutableRequest;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.Requests;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.fabric.Fabric;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Admission by {@link Requests} and an allocator. */
final class RequestAdmission implements Admission {

    private final Allocator allocator;

    RequestAdmission(Allocator allocator) {
        this.allocator = Objects.requireNonNull(allocator, "allocator is null");
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
        return Requests.check(fabric, spec)
                .fold(request -> allocator.allocate(fabric, ledger, ImmutableRequest.copyOf(request)
                        .withPrevious(previous)), Decision::refused);
    }
}
