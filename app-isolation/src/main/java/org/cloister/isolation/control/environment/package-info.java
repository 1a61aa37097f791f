/**
 * What control needs of the world, as values and interfaces: services, threads and limits, and what asks switches and
 * makes circuits. Uses nothing else of control.
 */
package org.cloister.isolation.control.environment;
