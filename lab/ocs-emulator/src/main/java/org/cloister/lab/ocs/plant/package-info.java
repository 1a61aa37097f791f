/** Light as packets: what a switch's mirrors do, in memory or with Linux's traffic control. Ports are numbers from 1. */
package org.cloister.lab.ocs.plant;
