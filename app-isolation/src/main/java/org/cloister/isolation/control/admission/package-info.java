/**
 * Who gets links, hosts, tags and meters: new slices, those that want to change, and those that have to leave where
 * they are. Decides in bounded steps by the allocator; uses the pass, and light.
 */
package org.cloister.isolation.control.admission;
