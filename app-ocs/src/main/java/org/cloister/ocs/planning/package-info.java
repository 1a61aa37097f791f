/**
 * What to change for a demand: functions of what is wanted, what switches show and what is known to be ours. Pure: no
 * service, no clock, no input or output.
 */
@Value.Style(jdkOnly = true, visibility = Value.Style.ImplementationVisibility.PUBLIC, get = "*",
        passAnnotations = {})
package org.cloister.ocs.planning;

import org.immutables.value.Value;
