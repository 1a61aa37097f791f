/**
 * Sessions over gNMI with switches that have the OCS model of the Open Compute Project.
 *
 * <p>{@link GnmiSession} is one connection. What the switch has shown is kept in a {@link Mirror}: filled by a Get,
 * kept up to date by a Subscribe ({@link Telemetry}), and filled again whenever something may have been missed. A
 * transaction is planned by {@link TransactionPlan} on what a Get has shown just before, sent as one Set, and followed
 * on the mirror until all of it has settled.
 */
package org.cloister.driver.ocs.gnmi;
