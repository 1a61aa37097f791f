package org.cloister.lab.openflow.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.cloister.lab.openflow.FakeController;
import org.cloister.lab.openflow.FakeSwitch;
import org.cloister.lab.openflow.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ethernet;
import org.onlab.packet.MacAddress;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.packet.DefaultOutboundPacket;
import org.onosproject.net.packet.PacketContext;
import org.onosproject.net.packet.PacketProvider;
import org.onosproject.net.packet.PacketProviderRegistry;
import org.onosproject.net.packet.PacketProviderService;
import org.onosproject.net.provider.AbstractProviderRegistry;
import org.onosproject.net.provider.AbstractProviderService;
import org.projectfloodlight.openflow.protocol.OFPacketIn;
import org.projectfloodlight.openflow.protocol.OFPacketInReason;
import org.projectfloodlight.openflow.protocol.OFPacketOut;
import org.projectfloodlight.openflow.protocol.action.OFActionOutput;
import org.projectfloodlight.openflow.protocol.match.MatchField;
import org.projectfloodlight.openflow.types.OFBufferId;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.TableId;
import org.projectfloodlight.openflow.types.U64;

class OpenFlowPacketProviderTest {

    private final FakeController controller = new FakeController();
    private final OpenFlowPacketProvider provider = new OpenFlowPacketProvider();
    private final FakeSwitch sw = new FakeSwitch(1);
    private final List<PacketContext> received = new ArrayList<>();
    private final byte[] frame = new Ethernet().setSourceMACAddress(MacAddress.ONOS)
            .setDestinationMACAddress(MacAddress.BROADCAST).setEtherType((short) 0x88b5).setPad(true).serialize();

    @BeforeEach
    void start() {
        provider.controller = controller;
        provider.providerRegistry = new Registry();
        provider.activate();
        controller.connect(sw);
    }

    @AfterEach
    void stop() {
        provider.deactivate();
        assertThat(controller.listeners()).isZero();
    }

    private void arrive(int port) {
        OFPacketIn packet = Wire.OF13.buildPacketIn().setBufferId(OFBufferId.NO_BUFFER).setReason(OFPacketInReason.ACTION)
                .setTableId(TableId.ZERO).setCookie(U64.of(77)).setData(frame)
                .setMatch(Wire.OF13.buildMatch().setExact(MatchField.IN_PORT, OFPort.of(port)).build()).build();
        controller.arrive(sw, packet);
    }

    private List<OFPort> outputs(OFPacketOut packet) {
        return packet.getActions().stream().map(action -> ((OFActionOutput) action).getPort()).collect(Collectors.toList());
    }

    private void emit(DeviceId device, TrafficTreatment treatment) {
        provider.emit(new DefaultOutboundPacket(device, treatment, ByteBuffer.wrap(frame)));
    }

    @Test
    void aPacketComesUpWithItsPortAndBytes() {
        arrive(3);
        PacketContext context = received.get(0);
        assertThat(context.inPacket().receivedFrom()).isEqualTo(new ConnectPoint(sw.deviceId(), PortNumber.portNumber(3)));
        assertThat(context.inPacket().unparsed().array()).isEqualTo(frame);
        assertThat(context.inPacket().parsed().getSourceMAC()).isEqualTo(MacAddress.ONOS);
        assertThat(context.inPacket().cookie()).contains(77L);
        assertThat(context.isHandled()).isFalse();
    }

    @Test
    void theFirstProcessorThatSendsItHandlesIt() {
        arrive(3);
        PacketContext context = received.get(0);
        context.treatmentBuilder().setOutput(PortNumber.portNumber(5));
        context.send();
        context.send();
        assertThat(context.isHandled()).isTrue();
        assertThat(sw.sent(OFPacketOut.class)).hasSize(1);
        OFPacketOut packet = sw.sent(OFPacketOut.class).get(0);
        assertThat(outputs(packet)).containsExactly(OFPort.of(5));
        assertThat(packet.getInPort()).isEqualTo(OFPort.of(3));
        assertThat(packet.getData()).isEqualTo(frame);
    }

    @Test
    void aBlockedPacketIsNotSent() {
        arrive(3);
        received.get(0).block();
        received.get(0).treatmentBuilder().setOutput(PortNumber.portNumber(5));
        received.get(0).send();
        assertThat(sw.sent).isEmpty();
    }

    @Test
    void aPacketOfTheControllersOwnGoesToEveryPortAsked() {
        emit(sw.deviceId(), DefaultTrafficTreatment.builder()
                .setOutput(PortNumber.portNumber(1)).setOutput(PortNumber.FLOOD).build());
        OFPacketOut packet = sw.sent(OFPacketOut.class).get(0);
        assertThat(outputs(packet)).containsExactly(OFPort.of(1), OFPort.FLOOD);
        assertThat(packet.getInPort()).isEqualTo(OFPort.CONTROLLER);
        assertThat(packet.getData()).isEqualTo(frame);
    }

    @Test
    void theWholeFrameIsSentWhereverItsReaderStopped() {
        ByteBuffer read = ByteBuffer.wrap(frame);
        read.getLong();
        provider.emit(new DefaultOutboundPacket(
                sw.deviceId(), DefaultTrafficTreatment.builder().setOutput(PortNumber.portNumber(1)).build(), read));
        assertThat(sw.sent(OFPacketOut.class).get(0).getData()).isEqualTo(frame);
    }

    @Test
    void whatIsMoreThanOutputIsNotSentAtAll() {
        emit(sw.deviceId(), DefaultTrafficTreatment.builder().popVlan().setOutput(PortNumber.portNumber(1)).build());
        emit(sw.deviceId(), DefaultTrafficTreatment.builder().drop().build());
        emit(DeviceId.deviceId("of:0000000000000009"),
             DefaultTrafficTreatment.builder().setOutput(PortNumber.portNumber(1)).build());
        assertThat(sw.sent).isEmpty();
    }

    private final class Registry extends AbstractProviderRegistry<PacketProvider, PacketProviderService>
            implements PacketProviderRegistry {
        @Override
        protected PacketProviderService createProviderService(PacketProvider registered) {
            return new Service(registered);
        }
    }

    private final class Service extends AbstractProviderService<PacketProvider> implements PacketProviderService {
        private Service(PacketProvider registered) {
            super(registered);
        }

        @Override
        public void processPacket(PacketContext context) {
            received.add(context);
        }
    }
}
