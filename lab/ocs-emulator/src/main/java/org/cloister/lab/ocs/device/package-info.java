/**
 * The switch behind its protocol: what is configured, what it says of it, and where its mirrors really point. One
 * thread owns all of it.
 */
package org.cloister.lab.ocs.device;
