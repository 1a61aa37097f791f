/**
 * What the OpenFlow providers share: identifiers, statistics that are asked for at a fixed rate, replies in parts.
 * The providers themselves stand between {@code OpenFlowController}, which speaks to the switches, and ONOS's core.
 */
package org.cloister.lab.openflow;
