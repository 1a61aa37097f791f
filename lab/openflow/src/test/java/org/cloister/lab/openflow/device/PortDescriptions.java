package org.cloister.lab.openflow.device;

import java.util.EnumSet;
import java.util.Set;
import org.cloister.lab.openflow.Wire;
import org.projectfloodlight.openflow.protocol.OFPortConfig;
import org.projectfloodlight.openflow.protocol.OFPortDesc;
import org.projectfloodlight.openflow.protocol.OFPortState;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;

/** Ports as switches describe them. */
final class PortDescriptions {

    private PortDescriptions() {
    }

    static OFPortDesc up(int number) {
        return port(number, EnumSet.noneOf(OFPortConfig.class), EnumSet.of(OFPortState.LIVE));
    }

    static OFPortDesc withoutLink(int number) {
        return port(number, EnumSet.noneOf(OFPortConfig.class), EnumSet.of(OFPortState.LINK_DOWN));
    }

    static OFPortDesc shut(int number) {
        return port(number, EnumSet.of(OFPortConfig.PORT_DOWN), EnumSet.of(OFPortState.LIVE));
    }

    private static OFPortDesc port(int number, Set<OFPortConfig> config, Set<OFPortState> state) {
        return Wire.OF13.buildPortDesc()
                .setPortNo(OFPort.of(number))
                .setName("leaf-1-eth" + number)
                .setHwAddr(MacAddress.of(0x020000000000L + number))
                .setConfig(config)
                .setState(state)
                .setCurrSpeed(10_000_000)
                .build();
    }
}
