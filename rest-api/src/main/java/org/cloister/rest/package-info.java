/**
 * The HTTP interface under {@code /cloister/v1}: resources, access, audit and problem details (RFC 9457).
 *
 * <p>It sees only {@link org.cloister.isolation.api} and {@link org.cloister.ocs.api}. Every answer that is no success
 * is a problem document, also those that JAX-RS makes by itself, such as 405; none tells of classes, stack traces or the
 * store.
 */
@Value.Style(jdkOnly = true, get = "*", passAnnotations = {})
package org.cloister.rest;

import org.immutables.value.Value;
