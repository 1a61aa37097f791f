/**
 * The meter store of ONOS 2.5.x: meters in a consistent map, their features, and the ids free for use.
 *
 * <p>The newest published {@code onos-core-dist} is 2.4.0, whose meter store lacks half of the methods that
 * {@code MeterManager} 2.5.6 calls. What this one promises is what stock's promises: meters survive a restart of
 * ONOS (a store in memory would make {@code MeterManager} delete the switch's meters, and with them every rule that
 * uses one), a request completes when statistics of the switch have shown the meter, and a failed meter stays in the
 * store, with its id, until it is withdrawn.
 */
package org.cloister.lab.meter;
