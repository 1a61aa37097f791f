/**
 * What users of optical circuits see: circuits by optical switch and port, what their owners want of them, and how far
 * that is. Every value has one JSON form; times are in milliseconds, power in dBm.
 */
@Value.Style(jdkOnly = true, visibility = Value.Style.ImplementationVisibility.PUBLIC, get = "*",
        passAnnotations = {})
package org.cloister.ocs.api;

import org.immutables.value.Value;
