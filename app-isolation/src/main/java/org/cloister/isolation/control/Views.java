package org.cloister.isolation.control;

import org.cloister.isolation.api.Slice;
import org.cloister.isolation.store.StoredSlice;

import java.util.LinkedHashMap;
import java.util.Map;

/** Shows stored slices to their owners. */
final class Views {

    private Views() {
    }

    static Slice slice(StoredSlice slice) {
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
