package org.cloister.isolation.control.requests;

import org.cloister.isolation.allocation.Decision;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.api.Allocation.ReservedLink;
import org.cloister.isolation.api.Plans;
import org.cloister.isolation.api.Plans.Plan;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RefusedException;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.control.admission.Admission;
import org.cloister.isolation.control.admission.Room;
import org.cloister.isolation.control.environment.Services;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Link;
import org.cloister.isolation.store.StoredSlice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * What several requests would get of the same fabric, each by itself. What is feasible comes first; of that, the
 * stronger guarantee, as it is what the job itself gains; then fewer circuits to move, as that disturbs and takes time;
 * then more links left to others. Of what is refused, what may succeed later comes first. Among equals the one that was
 * named first. Candidates are judged one at a time, between other answers of this node.
 */
public final class Comparison {

    private static final Comparator<Plan> BEST_FIRST = Comparator.comparing(Plan::feasible).reversed()
            .thenComparingInt(Comparison::weakness)
            .thenComparingInt(Plan::circuitsToMove)
            .thenComparing(Comparator.comparingInt(Plan::freeLinksAfter).reversed())
            .thenComparingInt(Plan::candidate);

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final Fabric fabric;
    private final String version;
    private final Ledger ledger;
    private final List<StoredSlice> slices;
    private final Admission admission;
    private final List<SliceSpec> candidates;
    private final Clock clock;
    private final Instant deadline;
    private final Executor executor;
    private final List<Plan> plans = new ArrayList<>();

    /**
     * Creates a comparison.
     *
     * @param version the fabric's, as the answer names it
     * @param slices those that are there
     * @param ledger what they hold of it
     */
    public Comparison(Fabric fabric, String version, List<StoredSlice> slices, Ledger ledger, Admission admission,
                      List<SliceSpec> candidates, Services services) {
        this.fabric = fabric;
        this.version = version;
        this.slices = List.copyOf(slices);
        this.ledger = ledger;
        this.admission = admission;
        this.candidates = List.copyOf(candidates);
        this.clock = services.clock();
        this.deadline = clock.instant().plus(services.limits().pending());
        this.executor = services.replies();
    }

    /** Returns a future of the plans, refused with {@code not-ready} when there is not time enough for all. */
    public CompletableFuture<Plans> plans() {
        return Turns.run(executor, this::judgeNext).thenApply(end -> {
            plans.sort(BEST_FIRST);
            return Plans.builder().fabricVersion(version).plans(plans).build();
        });
    }

    private boolean judgeNext() {
        if (clock.instant().isAfter(deadline)) {
            throw new RefusedException(Problem.of(ProblemType.NOT_READY, "only " + plans.size() + " of "
                    + candidates.size() + " candidates were judged in time; ask about fewer at once"));
        }
        plans.add(plan(plans.size()));
        return plans.size() < candidates.size();
    }

    /** Guarantees are declared the strongest first. */
    private static int weakness(Plan plan) {
        return plan.allocation().map(allocation -> allocation.guarantee().ordinal())
                .or(() -> plan.problem().map(problem -> problem.type().retryable() ? 0 : 1)).orElse(0);
    }

    private Plan plan(int candidate) {
        return decide(candidates.get(candidate)).fold(
                allocation -> Plan.builder().candidate(candidate).feasible(true).allocation(allocation)
                        .circuitsToMove(allocation.circuitsToMove())
                        .freeLinksAfter(freeLinks(allocation.links())).build(),
                problem -> Plan.builder().candidate(candidate).feasible(false)
                        .problem(Room.asForeseen(problem, Optional.empty(), slices))
                        .circuitsToMove(0).freeLinksAfter(freeLinks(List.of())).build());
    }

    private Decision decide(SliceSpec candidate) {
        try {
            return admission.decide(fabric, ledger, candidate, List.of());
        } catch (RuntimeException e) {
            // one candidate that an allocator stumbles over must not cost the others their answer
            log.error("A candidate could not be decided on", e);
            return Decision.refused(Problem.of(ProblemType.NOT_READY,
                    "it could not be decided on; the log of this node says why"));
        }
    }

    private int freeLinks(List<ReservedLink> taken) {
        Set<Link> held = new HashSet<>(ledger.reserved().keySet());
        taken.forEach(link -> held.add(Link.of(link.from(), link.to())));
        return (int) fabric.links().stream().filter(link -> !held.contains(link)).count();
    }
}
