/**
 * Chooses named hosts for a request that asks for a number of them: shapes over leaves in order of preference, from
 * {@link org.cloister.isolation.allocation.placement} and by hosts alone, then hosts by name, then the ordinary
 * allocator; the first candidate that it grants wins. So routes, certificate and rules come from one place, whoever
 * named the hosts.
 */
package org.cloister.isolation.allocation.hosts;
