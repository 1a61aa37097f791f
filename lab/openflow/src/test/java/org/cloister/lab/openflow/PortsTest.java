package org.cloister.lab.openflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.onosproject.net.PortNumber;
import org.projectfloodlight.openflow.types.OFPort;

class PortsTest {

    @Test
    void reservedPortsKeepTheirMeaning() {
        assertThat(Ports.toOpenFlow(PortNumber.CONTROLLER)).isEqualTo(OFPort.CONTROLLER);
        assertThat(Ports.toOpenFlow(PortNumber.IN_PORT)).isEqualTo(OFPort.IN_PORT);
        assertThat(Ports.toOpenFlow(PortNumber.FLOOD)).isEqualTo(OFPort.FLOOD);
        assertThat(Ports.toOpenFlow(PortNumber.ALL)).isEqualTo(OFPort.ALL);
        assertThat(Ports.toOpenFlow(PortNumber.NORMAL)).isEqualTo(OFPort.NORMAL);
        assertThat(Ports.toOpenFlow(PortNumber.TABLE)).isEqualTo(OFPort.TABLE);
        assertThat(Ports.toOpenFlow(PortNumber.LOCAL)).isEqualTo(OFPort.LOCAL);
    }

    @Test
    void everyPortComesBack() {
        for (long number : List.of(1L, 48L, 65_535L, 65_536L, 0x7fffffffL, -8L, -3L, -2L)) {
            PortNumber port = PortNumber.portNumber(number);
            assertThat(Ports.fromOpenFlow(Ports.toOpenFlow(port))).isEqualTo(port);
        }
    }

    @Test
    void whatIsNoPortIsRefusedByNumber() {
        for (long number : List.of(-1L, -9L, 0xffffff01L, 1L << 40)) {
            assertThatThrownBy(() -> Ports.toOpenFlow(PortNumber.portNumber(number)))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("is not an OpenFlow port");
        }
    }
}
