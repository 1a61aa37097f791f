package org.cloister.lab.ocs.device;

import java.util.Set;

/**
 * A request, read against what is configured.
 *
 * @param next     what is to be configured afterwards
 * @param released connections that the request names for deletion or replacement, and may disturb therefore
 */
public record Edit(Configuration next, Set<String> released) {
}
