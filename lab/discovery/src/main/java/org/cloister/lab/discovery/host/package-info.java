/** Hosts as network configuration names them; none are learned from packets. */
package org.cloister.lab.discovery.host;
