/** Switches as ONOS devices: sessions, ports and their statistics, mastership roles. */
package org.cloister.lab.openflow.device;
