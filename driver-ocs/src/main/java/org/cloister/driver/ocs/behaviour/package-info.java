/**
 * Optical switches as ONOS's drivers show them: flow rules, ports, connectivity, wavelengths and alarms, all of them
 * views on the sessions.
 *
 * <p>A circuit is two flow rules, IN_PORT to OUTPUT, one each way. One of the two alone is no circuit: it stays
 * PENDING_ADD until its twin comes. When one of the two is removed, the circuit is. Rules are the state; which of them
 * are wanted is read from ONOS's store each time, so that it does not matter in what order they come or which node
 * they came through.
 *
 * <p>ONOS removes from a switch what its store does not know, and after a restart it knows nothing. So a circuit is
 * removed only for a rule that ONOS holds and that somebody asked to have removed, never for one that ONOS does not
 * know, and not if somebody else made it or counts on it.
 */
package org.cloister.driver.ocs.behaviour;
