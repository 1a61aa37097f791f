package org.cloister.isolation.control.southbound;

import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.control.environment.CircuitDemand;
import org.cloister.isolation.control.environment.CircuitDemand.Phase;
import org.cloister.isolation.control.environment.CircuitRequests;
import org.cloister.isolation.control.environment.Limits;
import org.cloister.isolation.control.environment.Services;
import org.cloister.isolation.control.observed.Failure;
import org.cloister.isolation.control.observed.SeenDemands;
import org.cloister.isolation.control.plan.Operation;
import org.cloister.isolation.fabric.Circuit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The only place that asks for circuits. What was asked for counts as demanded until it is seen, for a moment: whoever
 * makes circuits may hear of it from the cluster a little later. Belongs to the control thread.
 */
public final class CircuitExecutor {

    private static final String OWNER = "slice:";
    /** How long what was asked for may take to be seen. */
    private static final Duration SEEN = Duration.ofSeconds(5);

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final Supplier<Optional<CircuitRequests>> requests;
    private final Clock clock;
    private final Limits limits;
    private final Map<SliceId, SeenDemands.Refusal> refusals = new HashMap<>();
    private final Map<SliceId, Instant> asked = new HashMap<>();
    private final Map<SliceId, SortedSet<Circuit>> unseen = new HashMap<>();

    /** Creates one that has asked for nothing yet. */
    public CircuitExecutor(Services services) {
        this.requests = services.circuits();
        this.clock = services.clock();
        this.limits = services.limits();
    }

    /** Forgets everything: another leader asks. */
    public void clear() {
        refusals.clear();
        asked.clear();
        unseen.clear();
    }

    /**
     * Returns what is demanded now.
     *
     * @param known the slices that there are: what one was refused is not held against the next one of its name
     */
    public SeenDemands observe(Set<SliceId> known) {
        refusals.keySet().retainAll(known);
        Optional<CircuitRequests> now = requests.get();
        if (now.isEmpty()) {
            return SeenDemands.none();
        }
        Map<SliceId, CircuitDemand> demands = new TreeMap<>();
        now.get().demands().forEach((owner, demand) -> slice(owner).ifPresent(id -> demands.put(id, demand)));
        unseen.entrySet().removeIf(each -> isSeen(demands, each.getKey(), each.getValue()));
        unseen.forEach((id, circuits) -> {
            if (circuits.isEmpty()) {
                demands.remove(id);
            } else {
                demands.put(id, CircuitDemand.builder().circuits(circuits).phase(Phase.UNDER_WAY).step("ASKED").build());
            }
        });
        asked.keySet().removeIf(id -> !demands.containsKey(id) && !unseen.containsKey(id));
        refusals.values().removeIf(refusal -> refusal.failure().old(clock.instant(), limits));
        return SeenDemands.of(demands, refusals, asked);
    }

    private boolean isSeen(Map<SliceId, CircuitDemand> demands, SliceId id, SortedSet<Circuit> circuits) {
        CircuitDemand found = demands.get(id);
        boolean same = found == null ? circuits.isEmpty() : found.circuits().equals(circuits);
        return same || !asked.containsKey(id) || !asked.get(id).plus(SEEN).isAfter(clock.instant());
    }

    private static Optional<SliceId> slice(String owner) {
        try {
            return owner.startsWith(OWNER) ? Optional.of(SliceId.of(owner.substring(OWNER.length()))) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // nobody here asked for that
        }
    }

    /** Asks for circuits; of the answer {@link #observe} tells. */
    public void demand(Operation.Demand demand) {
        Optional<CircuitRequests> now = requests.get();
        if (now.isEmpty()) {
            return;
        }
        SliceId id = demand.slice();
        String owner = OWNER + id;
        Optional<CircuitRequests.Refused> refused = demand.circuits().isEmpty() ? now.get().release(owner)
                : now.get().demand(owner, demand.circuits());
        asked.put(id, clock.instant());
        if (refused.isEmpty()) {
            log.info("Slice {} demands {}", id, demand.circuits().isEmpty() ? "no circuits" : demand.circuits());
            refusals.remove(id);
            unseen.put(id, demand.circuits());
            return;
        }
        log.warn("Slice {} does not get {}: {}", id, demand.circuits(), refused.get().message());
        SeenDemands.Refusal before = refusals.get(id);
        refusals.put(id, new SeenDemands.Refusal(demand.circuits(), Failure.after(before == null ? null
                : before.failure(), clock.instant(), limits, refused.get().message()), refused.get().passing()));
    }
}
