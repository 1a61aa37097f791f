/**
 * What schedulers and administrators ask for, on any node: taken in, stored, waited for and shown. The leader does the
 * rest; nothing here writes to a switch. Uses the functions of decisions to say what would be.
 */
package org.cloister.isolation.control.requests;
