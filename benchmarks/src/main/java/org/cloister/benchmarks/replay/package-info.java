/**
 * Replays job traces on a fabric, under different rules of who gets what of it, by discrete-event simulation: what
 * isolation, and light, would do to waiting and completion times.
 */
@Value.Style(jdkOnly = true, visibility = Value.Style.ImplementationVisibility.PUBLIC, get = "*",
        passAnnotations = {})
package org.cloister.benchmarks.replay;

import org.immutables.value.Value;
