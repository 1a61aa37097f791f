/**
 * What schedulers, the REST resources and the shell see of slices: immutable values and three services.
 *
 * <p>Every value has one JSON form, written and read by {@link org.cloister.isolation.api.Json}; HTTP, the store
 * and the shell's {@code --json} share it.
 */
@Value.Style(jdkOnly = true, visibility = Value.Style.ImplementationVisibility.PUBLIC, get = "*",
        passAnnotations = {})
package org.cloister.isolation.api;

import org.immutables.value.Value;
