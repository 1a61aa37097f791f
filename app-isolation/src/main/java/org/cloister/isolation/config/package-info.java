/**
 * The edge of ONOS that the fabric comes in by: network configuration, devices, ports and links become the snapshot
 * that {@link org.cloister.isolation.fabric} defines.
 */
package org.cloister.isolation.config;
