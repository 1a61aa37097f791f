/**
 * Checks what a scheduler asks against the fabric, and says all that is wrong with it at once, field by field. Uses
 * {@code traffic} to know how much work patterns are; nothing here looks for links.
 */
package org.cloister.isolation.allocation.validation;
