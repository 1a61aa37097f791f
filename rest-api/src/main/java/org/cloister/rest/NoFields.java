package org.cloister.rest;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import org.immutables.value.Value;

/** The body of a request whose path says it all: nothing, or an object without fields. */
@Value.Immutable
@JsonDeserialize(as = ImmutableNoFields.class)
interface NoFields {
}
