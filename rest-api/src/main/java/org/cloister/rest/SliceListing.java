package org.cloister.rest;

import org.cloister.isolation.api.Label;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceState;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Filters and pages. A cursor holds the last id that was seen, so slices that come and go between two requests
 * neither repeat nor hide others.
 */
final class SliceListing {

    /** The query parameters that it knows. */
    static final String[] PARAMETERS = {"owner", "state", "label", "limit", "cursor"};

    private static final int MOST_ITEMS = 1_000;
    private static final int USUAL_ITEMS = 100;

    private final Predicate<Slice> filter;
    private final int limit;

    /** Creates the listing that a query asks for. */
    SliceListing(Query query) {
        Predicate<Slice> wanted = slice -> true;
        Optional<String> owner = query.text("owner");
        if (owner.isPresent()) {
            wanted = wanted.and(slice -> slice.owner().equals(owner.get()));
        }
        Optional<SliceState> state = query.parsed("state", "the state of a slice", SliceState::valueOf);
        if (state.isPresent()) {
            wanted = wanted.and(slice -> slice.state() == state.get());
        }
        Optional<Label> label = query.parsed("label", "of the form key:value", Label::of);
        if (label.isPresent()) {
            wanted = wanted.and(slice -> label.get().on(slice.spec()));
        }
        Optional<SliceId> after = query.parsed("cursor", "a cursor of an earlier answer", SliceListing::decoded);
        if (after.isPresent()) {
            wanted = wanted.and(slice -> slice.id().compareTo(after.get()) > 0);
        }
        filter = wanted;
        limit = query.number("limit", 1, MOST_ITEMS, USUAL_ITEMS);
    }

    /** Returns the next part of slices that are sorted by id. */
    SlicePage of(List<Slice> slices) {
        List<Slice> found = slices.stream().filter(filter).limit(limit + 1L).collect(Collectors.toList());
        List<Slice> items = found.subList(0, Math.min(limit, found.size()));
        return ImmutableSlicePage.builder().items(items)
                .nextCursor(found.size() > limit
                        ? Optional.of(encoded(items.get(limit - 1).id())) : Optional.empty())
                .build();
    }

    private static String encoded(SliceId last) {
        return Base64.getUrlEncoder().withoutPadding()
                .encodeToString(last.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static SliceId decoded(String cursor) {
        return SliceId.of(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII));
    }
}
