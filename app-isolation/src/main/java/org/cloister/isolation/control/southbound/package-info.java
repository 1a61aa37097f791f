/**
 * The edge towards switches: observers read, executors are the only ones that write, each on behalf of one kind of
 * {@link org.cloister.isolation.control.plan.Operation}. Decides nothing; uses plan, observed and environment.
 */
package org.cloister.isolation.control.southbound;
