package org.cloister.isolation.allocation;

import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.Problem.FieldError;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.fabric.Fabric;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Allocates whole links to spines that all leaves of the slice have in common: one colour per source, one spine per
 * colour.
 *
 * <p>A slice gets as many spines as its patterns need for a guarantee, the fewest first. Where the fabric, or what is
 * free of it, has too few for that, its own flows share links and the guarantee says {@code isolated}. But fewer
 * spines than its busiest moment fills (Δ) it only gets where the fabric has no more even with nobody else on it: it
 * is refused rather than throttled because of its neighbours, so that waiting is the scheduler's decision.
 */
public final class CommonSpineAllocator implements Allocator {

    @Override
    public Decision allocate(Fabric fabric, Ledger ledger, Request request) {
        Optional<Problem> inUse = hostsInUse(ledger, request);
        if (inUse.isPresent()) {
            return Decision.refused(inUse.get());
        }
        Attachments attachments = Attachments.of(request.members());
        Demand demand = Demand.of(request.patterns(), attachments);
        MinimumLinks minimum = MinimumLinks.of(demand);
        Assembly assembly = new Assembly(fabric, request, demand, minimum);
        if (attachments.leaves().size() == 1) {
            return tagged(fabric, ledger, assembly, Optional.empty());
        }
        FreeLinks free = new FreeLinks(fabric, ledger, attachments.leaves());
        Colourings colourings = new Colourings(demand);
        // what any pairs may send has no guarantee to strive for: Δ spines, whether or not they are safe by chance
        int most = demand.isUnordered() ? minimum.largest() : free.spines().size();
        Optional<SpinePlan> plan = colourings.proper(minimum.largest(), most)
                .flatMap(colouring -> SpinePlan.of(colouring, free, attachments));
        if (plan.isPresent()) {
            return tagged(fabric, ledger, assembly, plan);
        }
        FreeLinks all = new FreeLinks(fabric, Ledger.empty(), attachments.leaves());
        for (int count = Math.max(1, Math.min(minimum.largest(), free.spines().size())); count > 0; count--) {
            Colouring colouring = colourings.even(count);
            plan = SpinePlan.of(colouring, free, attachments);
            if (plan.isPresent()) {
                return tagged(fabric, ledger, assembly, plan);
            }
            if (count == 1 || SpinePlan.of(colouring, all, attachments).isPresent()) {
                return Decision.refused(Shortage.of(colouring, free, attachments.leaves()));
            }
        }
        throw new IllegalStateException("one colour is neither allocated nor refused");
    }

    private static Decision tagged(Fabric fabric, Ledger ledger, Assembly assembly, Optional<SpinePlan> plan) {
        return IntStream.rangeClosed(fabric.firstTag(), fabric.lastTag())
                .filter(tag -> !ledger.tags().contains(tag)).boxed().findFirst()
                .map(tag -> Decision.allocated(assembly.allocation(tag, plan)))
                .orElseGet(() -> Decision.refused(Problem.builder().type(ProblemType.TAGS_EXHAUSTED)
                        .detail("none of the tags " + fabric.firstTag() + " to " + fabric.lastTag() + " is free")
                        .shortage(Problem.Shortage.of("fabric", "tags", 1, 0)).build()));
    }

    /** Says which hosts are taken, not by whom: a slice's name is its owner's affair. */
    private static Optional<Problem> hostsInUse(Ledger ledger, Request request) {
        List<FieldError> errors = new ArrayList<>();
        for (int rank = 0; rank < request.members().size(); rank++) {
            String host = request.members().get(rank).name();
            if (ledger.hosts().containsKey(host)) {
                errors.add(FieldError.of("/members/" + rank + "/host", host, host + " belongs to another slice"));
            }
        }
        return errors.isEmpty() ? Optional.empty() : Optional.of(Problem.builder().type(ProblemType.HOST_IN_USE)
                .detail(FieldErrors.summary(errors)).errors(errors).build());
    }
}
