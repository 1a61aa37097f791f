/**
 * Links by LLDP: probes leave every port of every packet switch, and the port at which one comes back is the other end.
 * Timing and judgement are those of stock ONOS's link provider, including its faith in what a frame claims.
 */
package org.cloister.lab.discovery.link;
