/**
 * What traffic puts on the same link at the same time: how many links a demand cannot do without, and the certificate
 * of what an allocation guarantees. Uses {@code traffic}, and knows nothing of how allocations are found, as it judges
 * them.
 */
package org.cloister.isolation.allocation.contention;
