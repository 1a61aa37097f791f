/**
 * The control loop: desired state from the store, observed state from the switches, and the one pure function that
 * says what to do about the difference. {@link org.cloister.isolation.control.Reconciler} decides,
 * {@link org.cloister.isolation.control.Executor} is the only one that writes to switches.
 */
package org.cloister.isolation.control;
