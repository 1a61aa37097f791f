package org.cloister.isolation.allocation.planning;

import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.Preference;
import org.cloister.isolation.allocation.colouring.Colouring;
import org.cloister.isolation.allocation.colouring.Colourings;
import org.cloister.isolation.allocation.colouring.EndRouting;
import org.cloister.isolation.allocation.contention.LinkBound;
import org.cloister.isolation.allocation.contention.MinimumLinks;
import org.cloister.isolation.allocation.contention.SpineBound;
import org.cloister.isolation.allocation.hops.HopPlanner;
import org.cloister.isolation.allocation.spines.ExceptionRules;
import org.cloister.isolation.allocation.spines.FreeLinks;
import org.cloister.isolation.allocation.spines.Shortage;
import org.cloister.isolation.allocation.spines.SpinePlan;
import org.cloister.isolation.allocation.traffic.Attachments;
import org.cloister.isolation.allocation.traffic.Demand;
import org.cloister.isolation.api.Allocation.Reach;
import org.cloister.isolation.api.ImmutableProblem;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Link;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;

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

    /** With more of them a search for colours costs more than the rest of the decision. */
    private static final long PAIRS_TO_SEARCH = 20_000;

    private final Fabric fabric;
    private final Demand demand;
    private final MinimumLinks minimum;
    private final FreeLinks free;
    private final ExceptionRules rules;
    private final Preference preference;

    WholeLinkPlanner(Fabric fabric, Demand demand, MinimumLinks minimum, FreeLinks free, ExceptionRules rules,
                     Preference preference) {
        this.preference = preference;
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
        HopPlanner hops = new HopPlanner(demand, minimum, free, rules);
        HosePlanner hose = new HosePlanner(demand, free, rules);
        boolean isHose = HosePlanner.fits(demand, minimum);
        Optional<SpinePlan> plan = guaranteed(colourings, free, hops);
        if (isHose && plan.map(found -> found.links().size() > fewestLinks()).orElse(true)) {
            Optional<SpinePlan> common = plan;
            // nested sets of links may leave some that no way takes: then spines in common carry more
            plan = hose.plan().filter(each -> each.links().size() >= fewestLinks()).or(() -> common);
        }
        if (plan.isPresent()) {
            return SpineOutcome.found(plan.get());
        }
        // of parallel links only one is planned with, so what lacks them may be there
        boolean unproven = free.hasParallel() && !hops.isWayMissing()
                || (isHose ? !hose.isHopeless() : !hops.isHopeless());
        FreeLinks all = new FreeLinks(fabric, Ledger.empty(), attachments.leaves());
        for (int count = Math.max(1, Math.min(minimum.largest(), free.spines().size())); count > 0; count--) {
            Colouring colouring = colourings.even(count);
            plan = SpinePlan.of(colouring, free, attachments);
            if (plan.isPresent()) {
                Optional<SpinePlan> alone = demand.isUnordered() ? Optional.empty()
                        : guaranteed(colourings, all, new HopPlanner(demand, minimum, all, rules));
                return alone.map(this::waiting).orElse(SpineOutcome.found(plan.get()));
            }
            if (SpinePlan.of(colouring, all, attachments).isPresent()) {
                return SpineOutcome.refused(unproven(Shortage.of(colouring, free, all, attachments.leaves()), unproven));
            }
        }
        return hops.isolated().map(SpineOutcome::found).orElseGet(() -> SpineOutcome.refused(unproven(
                Shortage.of(colourings.even(1), free, all, attachments.leaves()), unproven)));
    }

    /** Returns a plan with a guarantee; where any pairs may send, one with as many spines as they can fill. */
    private Optional<SpinePlan> guaranteed(Colourings colourings, FreeLinks links, HopPlanner hops) {
        // what any pairs may send has no guarantee to strive for: Δ spines, whether or not they are safe by chance
        int most = demand.isUnordered() ? minimum.largest() : links.spines().size();
        if (preference == Preference.FEWER_SPINES && demand.repeatsNoPair() && demand.pairs() > PAIRS_TO_SEARCH) {
            Optional<SpinePlan> quick = colourings.simple(minimum.largest())
                    .flatMap(colouring -> SpinePlan.of(colouring, links, demand.attachments()))
                    .or(() -> hops.withExceptions(colourings));
            if (quick.isPresent()) {
                return quick;
            }
        }
        Optional<SpinePlan> plan = colourings.proper(minimum.largest(), most)
                .or(() -> EndRouting.of(demand, links.spines().size()))
                .flatMap(colouring -> SpinePlan.of(colouring, links, demand.attachments()));
        int fewest = SpineBound.of(fabric, minimum, demand.attachments().leaves());
        if (preference == Preference.FEWER_SPINES || plan.isEmpty()) {
            int spines = plan.map(SpinePlan::spines).orElse(Integer.MAX_VALUE);
            Optional<SpinePlan> bySource = plan;
            plan = spines <= fewest ? plan : hops.withExceptions(colourings)
                    .filter(found -> found.spines() < spines).or(() -> bySource);
        }
        if (preference == Preference.FEWER_SPINES) {
            plan = plan.map(found -> hops.fewer(found, fewest));
        }
        return plan.or(hops::plan);
    }

    private int fewestLinks() {
        return new LinkBound(minimum, demand.attachments().leaves().size(), Reach.ALL).links();
    }

    /** Neighbours are in the way of a guarantee that the fabric could give: which of the links, says the refusal. */
    private SpineOutcome waiting(SpinePlan alone) {
        SortedSet<Link> links = alone.links();
        List<String> lacking = links.stream().filter(link -> !free.contains(link)).map(Link::toString)
                .collect(Collectors.toList());
        if (lacking.isEmpty()) {
            return SpineOutcome.found(alone);
        }
        int there = links.size() - lacking.size();
        return SpineOutcome.refused(Shortage.withLinks(Problem.builder().type(ProblemType.NO_COMMON_SPINES)
                .detail(there + " of " + links.size() + " links over which no two flows would meet are free")
                .shortage(Problem.Shortage.of("fabric", "links", links.size(), there))
                .unproven(true).build(), lacking));
    }

    private static Problem unproven(Problem problem, boolean unproven) {
        return ImmutableProblem.copyOf(problem).withUnproven(unproven);
    }
}
