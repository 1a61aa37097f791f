/**
 * A fabric of OpenFlow switches in memory: tests send a frame into rules that were compiled and look where it comes
 * out, instead of looking at the rules. Whatever a real switch would refuse or leave undefined is an error here.
 */
@Value.Style(jdkOnly = true, visibility = Value.Style.ImplementationVisibility.PUBLIC, get = "*",
        passAnnotations = {})
package org.cloister.isolation.program.sim;

import org.immutables.value.Value;
