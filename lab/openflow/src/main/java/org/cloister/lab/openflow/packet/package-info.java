/** Packets that switches send to the controller, and packets sent out through them. */
package org.cloister.lab.openflow.packet;
