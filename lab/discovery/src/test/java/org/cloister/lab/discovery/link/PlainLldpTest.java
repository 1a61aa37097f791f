package org.cloister.lab.discovery.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cloister.lab.discovery.link.FakeFabric.point;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ethernet;
import org.onlab.packet.LLDP;
import org.onlab.packet.LLDPTLV;
import org.onlab.packet.MacAddress;
import org.onosproject.cluster.ClusterMetadataServiceAdapter;
import org.onosproject.net.Device;
import org.onosproject.net.Link;

/** Ordinary LLDP frames, as any host's agent sends them. */
class PlainLldpTest {

    private static final byte MAC_SUBTYPE = 4;
    private static final byte NAME_SUBTYPE = 5;

    private final FakeFabric fabric = new FakeFabric();
    private final ProbeReader reader =
            new ProbeReader(new ClusterIdentity(new ClusterMetadataServiceAdapter()), fabric.devices);

    @BeforeEach
    void addSwitches() {
        fabric.devices.add(1, Device.Type.SWITCH, 2);
        fabric.devices.add(2, Device.Type.SWITCH, 2);
    }

    private Optional<SeenLink> read(long chassis, String port) {
        return reader.read(frame(MacAddress.valueOf(chassis), port), point(2, 1), Duration.ofSeconds(1));
    }

    private static Ethernet frame(MacAddress chassis, String port) {
        LLDP lldp = new LLDP();
        lldp.setChassisId(tlv((byte) 1, MAC_SUBTYPE, chassis.toBytes()));
        lldp.setPortId(tlv((byte) 2, NAME_SUBTYPE, port.getBytes(StandardCharsets.UTF_8)));
        lldp.setTtl(new LLDPTLV().setType((byte) 3).setLength((short) 2).setValue(new byte[] {0, 120}));
        Ethernet frame = new Ethernet();
        frame.setEtherType(Ethernet.TYPE_LLDP).setSourceMACAddress(MacAddress.ONOS)
                .setDestinationMACAddress(MacAddress.ONOS_LLDP).setPayload(lldp);
        return frame;
    }

    private static LLDPTLV tlv(byte type, byte subtype, byte[] value) {
        byte[] bytes = new byte[value.length + 1];
        bytes[0] = subtype;
        System.arraycopy(value, 0, bytes, 1, value.length);
        return new LLDPTLV().setType(type).setLength((short) bytes.length).setValue(bytes);
    }

    @Test
    void makesALinkWhenItNamesAKnownPortForAsLongAsItSays() {
        SeenLink link = read(1, "eth2").orElseThrow();
        assertThat(link.description().src()).isEqualTo(point(1, 2));
        assertThat(link.description().dst()).isEqualTo(point(2, 1));
        assertThat(link.description().type()).isEqualTo(Link.Type.DIRECT);
        assertThat(link.timeToLive()).contains(Duration.ofSeconds(120));
    }

    @Test
    void makesNoneWhenChassisOrPortIsNotKnownOrThePortIsDown() {
        assertThat(read(77, "eth2")).isEmpty();
        assertThat(read(1, "eth77")).isEmpty();
        fabric.devices.enable(point(1, 2), false);
        assertThat(read(1, "eth2")).isEmpty();
    }
}
