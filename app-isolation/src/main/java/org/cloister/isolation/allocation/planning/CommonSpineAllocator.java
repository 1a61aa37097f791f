package org.cloister.isolation.allocation.planning;

import org.cloister.isolation.allocation.Allocator;
import org.cloister.isolation.allocation.Decision;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.Preference;
import org.cloister.isolation.allocation.Request;
import org.cloister.isolation.allocation.contention.MinimumLinks;
import org.cloister.isolation.allocation.rerouting.AroundFailures;
import org.cloister.isolation.allocation.rerouting.KeptSpines;
import org.cloister.isolation.allocation.rerouting.PreviousSpines;
import org.cloister.isolation.allocation.spines.ExceptionRules;
import org.cloister.isolation.allocation.spines.FreeLinks;
import org.cloister.isolation.allocation.spines.SpinePlan;
import org.cloister.isolation.allocation.traffic.Attachments;
import org.cloister.isolation.allocation.traffic.Demand;
import org.cloister.isolation.allocation.validation.FieldErrors;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Guarantee;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.Problem.FieldError;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.fabric.Fabric;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Allocates links to spines that leaves of the slice have in common: whole ones ({@link WholeLinkPlanner}), or rates on
 * shared ones ({@link RatePlanner}).
 *
 * <p>A slice that has an allocation already gets one under another tag with as few other routes as may be: where links
 * failed, or are to be left, it only leads around these ({@link AroundFailures}). Else, as where a member is replaced,
 * members stay with their spines where they can ({@link KeptSpines}), unless all new ones would guarantee more, or save more
 * spines than the slice lost.
 */
public final class CommonSpineAllocator implements Allocator {

    private final Preference preference;

    /** Creates an allocator that prefers few spines. */
    public CommonSpineAllocator() {
        this(Preference.FEWER_SPINES);
    }

    /** Creates an allocator. */
    public CommonSpineAllocator(Preference preference) {
        this.preference = Objects.requireNonNull(preference, "preference is null");
    }

    @Override
    public Decision allocate(Fabric fabric, Ledger ledger, Request request) {
        Optional<Problem> inUse = hostsInUse(ledger, request);
        if (inUse.isPresent()) {
            return Decision.refused(inUse.get());
        }
        Optional<Integer> tag = IntStream.rangeClosed(fabric.firstTag(), fabric.lastTag())
                .filter(each -> !ledger.tags().contains(each)).boxed().findFirst();
        return aroundOrRouted(fabric, ledger, request, tag.orElse(fabric.firstTag())).fold(
                allocation -> tag.isPresent() ? Decision.allocated(allocation) : Decision.refused(noTag(fabric)),
                Decision::refused);
    }

    /**
     * Ways around failures are not taken if they leave the slice on more spines than other ways would need: links in the
     * middle of several spines would be all that the next failure finds free.
     */
    private Decision aroundOrRouted(Fabric fabric, Ledger ledger, Request request, int tag) {
        Optional<Allocation> around = AroundFailures.of(fabric, ledger, request, tag);
        if (around.isEmpty()) {
            return routed(fabric, ledger, request, tag);
        }
        Decision routed = routed(fabric, ledger, request, tag);
        return routed.fold(fresh -> spines(around.get()) <= spines(fresh)
                || around.get().guarantee().compareTo(fresh.guarantee()) < 0, problem -> true)
                ? Decision.allocated(around.get()) : routed;
    }

    private static long spines(Allocation allocation) {
        Set<String> leaves = allocation.members().stream().map(Allocation.AllocatedMember::leaf)
                .collect(Collectors.toSet());
        return allocation.links().stream().map(link -> link.to().switchName()).filter(name -> !leaves.contains(name))
                .distinct().count();
    }

    private Decision routed(Fabric fabric, Ledger ledger, Request request, int tag) {
        Demand demand = Demand.of(request.patterns(), Attachments.of(request));
        MinimumLinks minimum = MinimumLinks.of(demand);
        Assembly assembly = new Assembly(fabric, request, demand, minimum);
        if (demand.attachments().leaves().size() == 1) {
            return Decision.allocated(assembly.allocation(tag, Optional.empty()));
        }
        if (request.limitBitsPerSecond().isPresent()) {
            return shared(fabric, ledger, request, demand)
                    .fold(plan -> Decision.allocated(assembly.allocation(tag, Optional.of(plan))), Decision::refused);
        }
        FreeLinks free = new FreeLinks(fabric, ledger, demand.attachments().leaves(), PreviousSpines.links(request));
        SpineOutcome fresh = new WholeLinkPlanner(fabric, demand, minimum, free,
                new ExceptionRules(demand.attachments(), request.members()), preference).plan();
        Decision decision = fresh.fold(
                plan -> Decision.allocated(assembly.allocation(tag, Optional.of(plan))), Decision::refused);
        if (request.previous().isEmpty()) {
            return decision;
        }
        int spines = fresh.fold(SpinePlan::spines, problem -> Integer.MAX_VALUE / 2);
        Guarantee least = decision.fold(Allocation::guarantee, problem -> request.previous().get(0).guarantee());
        return KeptSpines.of(free, demand, PreviousSpines.of(request, free), minimum.largest())
                .filter(kept -> kept.plan().spines() <= spines + kept.lost())
                .map(kept -> assembly.allocation(tag, Optional.of(kept.plan())))
                .filter(allocation -> least != Guarantee.RATE && allocation.guarantee().compareTo(least) <= 0)
                .map(Decision::allocated).orElse(decision);
    }

    private static SpineOutcome shared(Fabric fabric, Ledger ledger, Request request, Demand demand) {
        long rate = request.limitBitsPerSecond().orElseThrow();
        return new RatePlanner(fabric, ledger, request, demand.attachments()).plan(rate).map(SpineOutcome::found)
                .orElseGet(() -> SpineOutcome.refused(new RateShortage(fabric, ledger, request, demand).of(rate)));
    }

    /** Returns the refusal where no tag is free. */
    public static Problem noTag(Fabric fabric) {
        return Problem.builder().type(ProblemType.TAGS_EXHAUSTED)
                .detail("none of the tags " + fabric.firstTag() + " to " + fabric.lastTag() + " is free")
                .shortage(Problem.Shortage.of("fabric", "tags", 1, 0)).build();
    }

    /** Says which hosts are taken, not by whom: a slice's name is its owner's affair. */
    private static Optional<Problem> hostsInUse(Ledger ledger, Request request) {
        List<FieldError> errors = new ArrayList<>();
        for (int rank = 0; rank < request.members().size(); rank++) {
            String host = request.members().get(rank).name();
            if (ledger.hosts().containsKey(host)) {
                errors.add(FieldError.of(request.pointers().get(rank), host, host + " belongs to another slice"));
            }
        }
        return errors.isEmpty() ? Optional.empty() : Optional.of(Problem.builder().type(ProblemType.HOST_IN_USE)
                .detail(FieldErrors.summary(errors)).errors(errors).build());
    }
}
