package org.cloister.isolation.store;

import org.cloister.isolation.api.Json;
import org.cloister.runtime.DocumentForm;
import org.cloister.runtime.DocumentForm.UnreadableException;

/** The text form of a stored slice: {@code {"version":4,"id":…}}. */
final class SliceText {

    private static final DocumentForm FORM = new DocumentForm(Json.mapper(), 4);

    private SliceText() {
    }

    static String write(StoredSlice slice) {
        return FORM.write(slice);
    }

    /** Reads a slice; the message of the exception says why it cannot be read. */
    static StoredSlice read(String text) throws UnreadableException {
        return FORM.read(text, StoredSlice.class);
    }
}
