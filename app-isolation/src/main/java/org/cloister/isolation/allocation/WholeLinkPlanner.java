package org.cloister.isolation.allocation;

import org.cloister.isolation.api.ImmutableProblem;
import org.cloister.isolation.fabric.Fabric;

import java.util.Optional;

/**
 * Finds spines whose links nobody has any part of: one colour per source, one spine per colour; else hop by hop
 * ({@link HopPlanner}).
 *
 * <p>A slice gets as many spines as its patterns need for a guarantee, the fewest first. Where the fabric, or what is
 * free of it, has too few for that, its own flows share links and the guarantee says {@code isolated}. But fewer
 * spines than its busiest moment fills (Δ) it only gets where the fabric has no more even with nobody else on it: it
 * is refused rather than throttled because of its neighbours, so that waiting is the scheduler's decision.
 */
final class WholeLinkPlanner {

    private final Fabric fabric;
    private final Demand demand;
    private final MinimumLinks minimum;
    private final FreeLinks free;
    private final ExceptionRules rules;

    WholeLinkPlanner(Fabric fabric, Demand demand, MinimumLinks minimum, FreeLinks free, ExceptionRules rules) {
        this.rules = rules;
        this.fabric = fabric;
        this.demand = demand;
        this.minimum = minimum;
        this.free = free;
    }

    /** Returns spines found without a look at what the slice has. */
    SpineOutcome plan() {
        Attachments attachments = demand.attachments();
        Colourings colourings = new Colourings(demand);
        // what any pairs may send has no guarantee to strive for: Δ spines, whether or not they are safe by chance
        int most = demand.isUnordered() ? minimum.largest() : free.spines().size();
        Optional<SpinePlan> plan = colourings.proper(minimum.largest(), most)
                .or(() -> EndRouting.of(demand, free.spines().size()))
                .flatMap(colouring -> SpinePlan.of(colouring, free, attachments));
        HopPlanner hops = new HopPlanner(demand, minimum, free, rules);
        if (plan.isPresent()) {
            return SpineOutcome.found(hops.fewer(plan.get(), SpineBound.of(fabric, minimum, attachments.leaves())));
        }
        plan = hops.plan();
        if (plan.isPresent()) {
            return SpineOutcome.found(plan.get());
        }
        FreeLinks all = new FreeLinks(fabric, Ledger.empty(), attachments.leaves());
        for (int count = Math.max(1, Math.min(minimum.largest(), free.spines().size())); count > 0; count--) {
            Colouring colouring = colourings.even(count);
            plan = SpinePlan.of(colouring, free, attachments);
            if (plan.isPresent()) {
                return SpineOutcome.found(plan.get());
            }
            if (count == 1 || SpinePlan.of(colouring, all, attachments).isPresent()) {
                return SpineOutcome.refused(ImmutableProblem.copyOf(
                        Shortage.of(colouring, free, all, attachments.leaves())).withUnproven(!hops.isHopeless()));
            }
        }
        throw new IllegalStateException("one colour is neither allocated nor refused");
    }
}
