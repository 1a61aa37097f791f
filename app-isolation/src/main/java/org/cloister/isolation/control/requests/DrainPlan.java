package org.cloister.isolation.control.requests;

import org.cloister.isolation.allocation.Decision;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RefusedException;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.control.admission.Admission;
import org.cloister.isolation.control.admission.Binding;
import org.cloister.isolation.control.admission.Ledgers;
import org.cloister.isolation.control.environment.Services;
import org.cloister.isolation.control.plan.Drained;
import org.cloister.isolation.control.plan.Installation;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.store.Move;
import org.cloister.isolation.store.StoredSlice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/**
 * Finds out whether a drain can succeed, before anything is done: has the slices that are concerned move, one after
 * the other and on paper, between other answers of this node.
 */
final class DrainPlan {

    private static final Logger LOG = LoggerFactory.getLogger(DrainPlan.class);

    private final Admission admission;
    private final Fabric fabric;
    private final List<StoredSlice> slices;
    private final Drained drained;
    private final Ledgers ledgers;
    private final Clock clock;
    private final Instant deadline;
    private final Executor executor;
    private final SortedMap<SliceId, Problem> inTheWay = new TreeMap<>();
    private int judged;

    /**
     * Creates a plan.
     *
     * @param drained what is to be out of use, including what is now
     */
    DrainPlan(Admission admission, Fabric fabric, Collection<StoredSlice> slices, Drained drained, Services services) {
        this.admission = admission;
        this.fabric = fabric;
        this.slices = List.copyOf(slices);
        this.drained = drained;
        this.ledgers = Ledgers.of(slices, List.of()).outOfUse(drained, fabric);
        this.clock = services.clock();
        this.deadline = clock.instant().plus(services.limits().pending());
        this.executor = services.replies();
    }

    /**
     * Returns a future that is done if the drain can succeed. It is refused with the problem of the first slice that has
     * nowhere to go, with all of them named, and with {@code not-ready} when there is not time enough for all.
     */
    CompletableFuture<Void> possible() {
        return Turns.run(executor, this::judgeNext).thenRun(() -> {
            if (!inTheWay.isEmpty()) {
                throw new RefusedException(obstacle(inTheWay));
            }
        });
    }

    private boolean judgeNext() {
        if (judged == slices.size()) {
            return false;
        }
        if (clock.instant().isAfter(deadline)) {
            throw new RefusedException(Problem.of(ProblemType.NOT_READY, "only " + judged + " of " + slices.size()
                    + " slices were looked at in time; ask again"));
        }
        judge(slices.get(judged++));
        return true;
    }

    private void judge(StoredSlice slice) {
        List<Allocation> staying = staying(slice);
        boolean bound = slice.state() != SliceState.RESERVED;
        if (bound && staying.stream().anyMatch(drained::hasMembers)) {
            inTheWay.put(slice.id(), Problem.of(ProblemType.HOST_IN_USE, "it has members there"));
        } else if (staying.stream().anyMatch(each -> drained.touches(each) || drained.hasMembers(each))) {
            decide(slice).<Runnable>fold(
                    allocation -> () -> ledgers.hold(moved(slice, allocation)),
                    problem -> () -> inTheWay.put(slice.id(), problem)).run();
        }
    }

    private Decision decide(StoredSlice slice) {
        try {
            return admission.decide(fabric, ledgers.without(slice.id()), Binding.staying(slice),
                    Installation.held(slice));
        } catch (RuntimeException e) {
            // one slice that an allocator stumbles over must not hide the others
            LOG.error("Where slice {} would go could not be decided on", slice.id(), e);
            return Decision.refused(Problem.of(ProblemType.NOT_READY, "it could not be decided on; the log of this node says why"));
        }
    }

    /** What a slice has and will have; what it is about to give back is in nobody's way. */
    private static List<Allocation> staying(StoredSlice slice) {
        if (slice.state() == SliceState.REMOVING || slice.state() == SliceState.FAILED) {
            return List.of();
        }
        return slice.move().map(Move::allocation).or(slice::allocation).stream().collect(Collectors.toList());
    }

    private static StoredSlice moved(StoredSlice slice, Allocation allocation) {
        return StoredSlice.builder(slice).allocation(allocation).move(Optional.empty()).retired(List.of()).build();
    }

    private static Problem obstacle(SortedMap<SliceId, Problem> inTheWay) {
        Problem first = inTheWay.get(inTheWay.firstKey());
        String each = inTheWay.entrySet().stream().map(entry -> entry.getKey() + " (" + entry.getValue().detail() + ")")
                .collect(Collectors.joining(", "));
        return Problem.builder().type(first.type()).shortage(first.shortage())
                .detail((inTheWay.size() == 1 ? "slice " : "slices ") + each
                        + (inTheWay.size() == 1 ? " is in the way" : " are in the way")).build();
    }
}
