/**
 * Compares what slices' documents ask for with what ONOS has of each switch, whatever the control loop believes. Uses
 * values of observed and plan, and of requests who is a slice.
 */
package org.cloister.isolation.control.verification;
