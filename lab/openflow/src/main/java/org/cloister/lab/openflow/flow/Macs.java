package org.cloister.lab.openflow.flow;

import org.onlab.packet.MacAddress;

/** MAC addresses of ONOS and of the OpenFlow library. */
final class Macs {

    private Macs() {
    }

    static org.projectfloodlight.openflow.types.MacAddress toOpenFlow(MacAddress mac) {
        return org.projectfloodlight.openflow.types.MacAddress.of(mac.toLong());
    }

    static MacAddress fromOpenFlow(org.projectfloodlight.openflow.types.MacAddress mac) {
        return MacAddress.valueOf(mac.getLong());
    }
}
