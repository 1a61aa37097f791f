package org.cloister.isolation.control.plan;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Condition;
import org.cloister.isolation.api.ImmutableCondition;
import org.cloister.isolation.api.ImmutableSliceSpec;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.program.AdmitLevel;
import org.cloister.isolation.store.ImmutableStoredSlice;
import org.cloister.isolation.store.Move;
import org.cloister.isolation.store.Proposal;
import org.cloister.isolation.store.Retired;
import org.cloister.isolation.store.StoredSlice;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;

/** Derives a slice's next document. Nothing that stays the same gets a new time. */
public final class Change {

    private final Instant now;
    private StoredSlice slice;

    private Change(StoredSlice slice, Instant now) {
        this.slice = slice;
        this.now = now;
    }

    /** Begins with a document as it is. */
    public static Change of(StoredSlice slice, Instant now) {
        return new Change(slice, now);
    }

    /** Enters a state that lasts. */
    public Change state(SliceState state) {
        return state(state, Optional.empty());
    }

    /** Enters a state that is given up after a while. */
    public Change state(SliceState state, Duration limit) {
        return state(state, Optional.of(now.plus(limit)));
    }

    private Change state(SliceState state, Optional<Instant> deadline) {
        return slice.state() == state ? this
                : set(StoredSlice.builder(slice).state(state).since(now).deadline(deadline));
    }

    /** Has the state end at another time. */
    public Change deadline(Instant deadline) {
        return set(StoredSlice.builder(slice).deadline(deadline));
    }

    /** Has it carry its traffic over an allocation, or over none. */
    public Change allocation(Optional<Allocation> allocation) {
        return set(StoredSlice.builder(slice).allocation(allocation));
    }

    /** Notes on which devices rules of the allocation may be, by id. */
    public Change devices(SortedSet<String> devices) {
        return set(StoredSlice.builder(slice).devices(devices));
    }

    /** Notes at which priority host ports admit. */
    public Change admitLevel(AdmitLevel level) {
        return set(StoredSlice.builder(slice).admitLevel(level));
    }

    /** Begins or ends a move. */
    public Change move(Optional<Move> move) {
        return set(StoredSlice.builder(slice).move(move));
    }

    /** Says which allocations are on their way out. */
    public Change retired(List<Retired> retired) {
        return set(StoredSlice.builder(slice).retired(retired));
    }

    /** Adds an allocation that is on its way out. */
    public Change retire(Retired retired) {
        return set(StoredSlice.builder(slice).addRetired(retired));
    }

    /** Takes a wish for another specification in, or out. */
    public Change proposal(Optional<Proposal> proposal) {
        return set(StoredSlice.builder(slice).proposal(proposal));
    }

    /** Takes up another specification, as the next generation, with the lease that it asks for. */
    public Change spec(SliceSpec spec) {
        slice = Leases.asked(StoredSlice.builder(slice).spec(spec).generation(slice.generation() + 1).build(), now);
        return this;
    }

    /**
     * Goes back to what the slice looked like on the network, as the next generation. Labels, lease and whether others
     * may have it moved stay: what its owner was granted of these meanwhile has not failed.
     */
    public Change network(SliceSpec before) {
        SliceSpec spec = ImmutableSliceSpec.copyOf(before).withLabels(slice.spec().labels())
                .withLeaseSeconds(slice.spec().leaseSeconds()).withRepack(slice.spec().repack());
        return set(StoredSlice.builder(slice).spec(spec).generation(slice.generation() + 1));
    }

    /** Notes the generation that is installed. */
    public Change observedGeneration(long generation) {
        return set(StoredSlice.builder(slice).observedGeneration(generation));
    }

    /** Notes how long a phase took that ends now. */
    public Change phase(String name, Instant from) {
        Map<String, Long> phases = new LinkedHashMap<>(slice.phaseMillis());
        phases.put(name, Math.max(0, Duration.between(from, now).toMillis()));
        return set(StoredSlice.builder(slice).phaseMillis(phases));
    }

    /** Notes how long phases took. */
    public Change phases(Map<String, Long> millis) {
        Map<String, Long> phases = new LinkedHashMap<>(slice.phaseMillis());
        phases.putAll(new TreeMap<>(millis));
        return set(StoredSlice.builder(slice).phaseMillis(phases));
    }

    /** Notes how often light was moved in vain for the allocation. */
    public Change vain(int times) {
        return set(StoredSlice.builder(slice).vain(times));
    }

    /** Says that something holds, and why. */
    public Change holds(String type, String reason, String message) {
        return condition(type, true, reason, message);
    }

    /** Says that something holds no longer; nothing is said of what never held. */
    public Change holdsNot(String type) {
        return Conditions.of(slice, type).isPresent() ? condition(type, false, "", "") : this;
    }

    /** Says that no rules are installed because the configuration says so. */
    public Change notEnforced() {
        return holds(Conditions.NOT_ENFORCED, Conditions.ENFORCE_IS_FALSE,
                "the configuration says enforce:false, so no rules are installed");
    }

    private Change condition(String type, boolean status, String reason, String message) {
        Optional<Condition> before = Conditions.of(slice, type);
        Condition after = ImmutableCondition.builder().type(type).status(status).reason(reason).message(message)
                .since(before.filter(condition -> condition.status() == status).map(Condition::since).orElse(now))
                .build();
        if (before.isPresent() && before.get().equals(after)) {
            return this;
        }
        List<Condition> conditions = new ArrayList<>(slice.conditions());
        before.ifPresent(conditions::remove);
        conditions.add(after);
        conditions.sort(Comparator.comparing(Condition::type));
        return set(StoredSlice.builder(slice).conditions(conditions));
    }

    private Change set(ImmutableStoredSlice.Builder builder) {
        slice = builder.build();
        return this;
    }

    /** Returns the next document. */
    public StoredSlice slice() {
        return slice;
    }
}
