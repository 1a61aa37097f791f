/**
 * An optical circuit switch: a gNMI server with the OCS model of the Open Compute Project 0.8.0, and a plant in which
 * light is packets that are redirected between the ports of a network namespace.
 */
package org.cloister.lab.ocs;
