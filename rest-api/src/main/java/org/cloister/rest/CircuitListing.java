package org.cloister.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.cloister.isolation.api.Json;
import org.cloister.ocs.api.OpticalCircuit;
import org.cloister.ocs.api.SeenCircuit;
import org.cloister.ocs.api.SeenCircuit.State;

import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Filters and pages circuits. A cursor holds the last circuit that was seen, as that of slices does. */
final class CircuitListing {

    /** The query parameters that it knows. */
    static final String[] PARAMETERS = {"switch", "owner", "state", "limit", "cursor"};

    private static final int MOST_ITEMS = 1_000;
    private static final int USUAL_ITEMS = 100;

    private final Predicate<SeenCircuit> filter;
    private final int limit;

    /** Creates the listing that a query asks for. */
    CircuitListing(Query query) {
        Predicate<SeenCircuit> wanted = circuit -> true;
        Optional<String> opticalSwitch = query.text("switch");
        if (opticalSwitch.isPresent()) {
            wanted = wanted.and(circuit -> circuit.opticalSwitch().equals(opticalSwitch.get()));
        }
        Optional<String> owner = query.text("owner");
        if (owner.isPresent()) {
            wanted = wanted.and(circuit -> circuit.owners().contains(owner.get()));
        }
        Optional<State> state = query.parsed("state", "the state of a circuit", State::valueOf);
        if (state.isPresent()) {
            wanted = wanted.and(circuit -> circuit.state() == state.get());
        }
        Optional<OpticalCircuit> after = query.parsed("cursor", "a cursor of an earlier answer",
                CircuitListing::decoded);
        if (after.isPresent()) {
            wanted = wanted.and(circuit -> circuit(circuit).compareTo(after.get()) > 0);
        }
        filter = wanted;
        limit = query.number("limit", 1, MOST_ITEMS, USUAL_ITEMS);
    }

    /** Returns the next part of circuits that are sorted. */
    CircuitPage of(List<SeenCircuit> circuits) {
        List<SeenCircuit> found = circuits.stream().filter(filter).limit(limit + 1L).collect(Collectors.toList());
        List<SeenCircuit> items = found.subList(0, Math.min(limit, found.size()));
        return ImmutableCircuitPage.builder().items(items)
                .nextCursor(found.size() > limit ? Optional.of(encoded(items.get(limit - 1))) : Optional.empty())
                .build();
    }

    private static OpticalCircuit circuit(SeenCircuit document) {
        return OpticalCircuit.of(document.opticalSwitch(), document.ports().get(0), document.ports().get(1));
    }

    /** Names may hold whatever their makers like, so they are kept apart as JSON does. */
    private static String encoded(SeenCircuit last) {
        try {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.mapper().writeValueAsBytes(
                    List.of(last.opticalSwitch(), last.ports().get(0), last.ports().get(1))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts without JSON form", e);
        }
    }

    private static OpticalCircuit decoded(String cursor) {
        try {
            String[] names = Json.mapper().readValue(Base64.getUrlDecoder().decode(cursor), String[].class);
            if (names == null || names.length != 3 || names[0] == null || names[1] == null || names[2] == null) {
                throw new IllegalArgumentException();
            }
            return OpticalCircuit.of(names[0], names[1], names[2]);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
