/**
 * An optical circuit switch: a gNMI server with the OCS model of the Open Compute Project 0.8.0, and a plant in which
 * light is packets that are redirected between the ports of a network namespace. {@link org.cloister.lab.ocs.Emulator}
 * is the switch within a test's own process, {@code java -jar} one as a process of its own (see {@code --help}); what
 * goes wrong is told to either apart from gNMI, see {@link org.cloister.lab.ocs.fault.FaultKind}.
 */
package org.cloister.lab.ocs;
