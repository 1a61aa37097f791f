/**
 * Has circuits made: compares what is demanded with what is observed, and has the difference carried out. One thread,
 * on the leader only, decides and writes; {@link org.cloister.ocs.control.Reconciler} is a function of what is known.
 */
@Value.Style(jdkOnly = true, visibility = Value.Style.ImplementationVisibility.PACKAGE, get = "*",
        passAnnotations = {})
package org.cloister.ocs.control;

import org.immutables.value.Value;
