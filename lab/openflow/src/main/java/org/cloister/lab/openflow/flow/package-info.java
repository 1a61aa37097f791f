/**
 * Flow rules over OpenFlow 1.3: encoding to FlowMods and back, batches with their barrier, statistics, removals.
 * What a FlowMod cannot carry is refused with a reason and never left out.
 */
package org.cloister.lab.openflow.flow;
