/** Meters over OpenFlow 1.3: rate limits with drop bands, what a switch offers of them, and their statistics. */
package org.cloister.lab.openflow.meter;
