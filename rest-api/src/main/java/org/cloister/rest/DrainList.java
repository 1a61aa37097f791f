package org.cloister.rest;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.cloister.isolation.api.Drain;
import org.immutables.value.Value;

import java.util.List;

/** All drains. */
@Value.Immutable
@JsonSerialize(as = ImmutableDrainList.class)
interface DrainList {

    /** The drains, sorted by name. */
    List<Drain> items();
}
