/**
 * The control loop: desired state from the store, observed state from the switches, and the one pure function that
 * says what to do about the difference. {@link org.cloister.isolation.control.Reconciler} decides,
 * {@link org.cloister.isolation.control.ControlLoop} runs it and has its operations carried out; what else is here
 * ties them to ONOS's container, to what wakes them and to monitoring.
 *
 * <p>The packages below use nothing of this one, and of each other only those that stand before them:
 * <pre>
 * environment   what control needs of the world
 * observed      what was seen on switches
 * plan          one pass: what it looks at, and the operations that it plans
 * light         optical circuits under slices' links
 * admission     who gets links, hosts, tags and meters
 * lifecycle     what becomes of slices that have them
 * requests      what is asked for, on any node
 * verification  what switches have, whatever the loop believes
 * southbound    reads and writes switches; of these uses the first three alone
 * </pre>
 * From observed to lifecycle there are no services, threads or clocks: they are functions of a pass and of what they
 * remember of earlier ones.
 */
package org.cloister.isolation.control;
