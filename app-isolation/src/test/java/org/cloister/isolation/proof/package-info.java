/**
 * Proof of what the allocator promises, by means that share nothing with it: patterns are written out from their
 * definitions, packets follow the compiled rules, and small fabrics are searched through.
 */
package org.cloister.isolation.proof;
