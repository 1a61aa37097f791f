package org.cloister.isolation.control.requests;

import org.cloister.isolation.api.Condition;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceAdminService.Outcome;
import org.cloister.isolation.api.SliceAdminService.PutResult;
import org.cloister.isolation.control.plan.Conditions;
import org.cloister.isolation.store.Move;
import org.cloister.isolation.store.StoredSlice;

import java.util.LinkedHashMap;
import java.util.Map;

/** Shows stored slices to their owners. */
public final class Views {

    private Views() {
    }

    /** Returns what a request is answered when its slice is as given. */
    static PutResult result(StoredSlice slice, Outcome outcome) {
        return new PutResult(slice(slice), outcome, settled(slice));
    }

    /**
     * Returns whether a slice is what its current generation asks for, as a reservation is, or will not be without a
     * further event. A slice that is moved because something failed or is drained has all it asked for meanwhile.
     */
    public static boolean settled(StoredSlice slice) {
        switch (slice.state()) {
            case FAILED:
            case RESERVED:
                return true;
            case DEGRADED:
                return slice.move().filter(move -> move.reason() == Move.Reason.CHANGE).isEmpty();
            case ACTIVE:
                return slice.observedGeneration() == slice.generation()
                        || Conditions.of(slice, Conditions.NOT_ENFORCED).filter(Condition::status).isPresent();
            default:
                return false;
        }
    }

    /** Returns a slice as its owner sees it. */
    public static Slice slice(StoredSlice slice) {
        return Slice.builder()
                .id(slice.id())
                .owner(slice.owner())
                .generation(slice.generation())
                .observedGeneration(slice.observedGeneration())
                .state(slice.state())
                .stateSince(slice.since())
                .stateDeadline(slice.deadline())
                .conditions(slice.conditions())
                .spec(slice.spec())
                .allocation(slice.allocation())
                .phaseMillis(slice.phaseMillis())
                .lease(slice.lease())
                .environment(environment(slice))
                .build();
    }

    private static Map<String, String> environment(StoredSlice slice) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("CLOISTER_SLICE", slice.id().toString());
        slice.allocation().ifPresent(allocation ->
                variables.put("CLOISTER_TAG", Integer.toString(allocation.tag())));
        return variables;
    }
}
