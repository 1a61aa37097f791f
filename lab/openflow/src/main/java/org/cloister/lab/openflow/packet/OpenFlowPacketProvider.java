package org.cloister.lab.openflow.packet;

import java.nio.ByteBuffer;
import org.cloister.lab.openflow.DeviceIds;
import org.cloister.lab.openflow.Ports;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.packet.DefaultInboundPacket;
import org.onosproject.net.packet.DefaultOutboundPacket;
import org.onosproject.net.packet.InboundPacket;
import org.onosproject.net.packet.OutboundPacket;
import org.onosproject.net.packet.PacketProvider;
import org.onosproject.net.packet.PacketProviderRegistry;
import org.onosproject.net.packet.PacketProviderService;
import org.onosproject.net.provider.AbstractProvider;
import org.onosproject.net.provider.ProviderId;
import org.onosproject.openflow.controller.OpenFlowController;
import org.onosproject.openflow.controller.OpenFlowPacketContext;
import org.onosproject.openflow.controller.OpenFlowSwitch;
import org.onosproject.openflow.controller.PacketListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.projectfloodlight.openflow.types.OFPort;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries packets between OpenFlow 1.3 switches and ONOS's packet service. */
@Component(immediate = true)
public class OpenFlowPacketProvider extends AbstractProvider implements PacketProvider {

    private static final Logger log = LoggerFactory.getLogger(OpenFlowPacketProvider.class);
    private static final int LISTENER_PRIORITY = 20;

    @Reference
    protected PacketProviderRegistry providerRegistry;

    @Reference
    protected OpenFlowController controller;

    private final PacketListener listener = this::received;
    private PacketProviderService providerService;

    /** Creates the provider for devices of scheme {@code of}. */
    public OpenFlowPacketProvider() {
        super(new ProviderId("of", "org.onosproject.provider.openflow"));
    }

    @Activate
    void activate() {
        providerService = providerRegistry.register(this);
        controller.addPacketListener(LISTENER_PRIORITY, listener);
        log.info("Started");
    }

    @Deactivate
    void deactivate() {
        controller.removePacketListener(listener);
        providerRegistry.unregister(this);
        log.info("Stopped");
    }

    @Override
    public void emit(OutboundPacket packet) {
        OpenFlowSwitch sw = controller.getSwitch(DeviceIds.dpid(packet.sendThrough()));
        if (sw == null) {
            log.warn("Cannot send a packet through {}: not connected", packet.sendThrough());
            return;
        }
        OFPort inPort = packet.inPort() == null ? OFPort.CONTROLLER : Ports.toOpenFlow(packet.inPort());
        PacketOuts.encode(packet, inPort, sw.factory()).ifPresent(sw::sendMsg);
    }

    private void received(OpenFlowPacketContext context) {
        DeviceId deviceId = DeviceIds.deviceId(context.dpid());
        byte[] frame = context.unparsed();
        ConnectPoint from = new ConnectPoint(deviceId, PortNumber.portNumber(context.inPort()));
        InboundPacket inbound = new DefaultInboundPacket(from, context.parsed(), ByteBuffer.wrap(frame), context.cookie());
        OutboundPacket outbound = new DefaultOutboundPacket(deviceId, null, ByteBuffer.wrap(frame));
        providerService.processPacket(new ReceivedPacket(inbound, outbound, context.isHandled(), this::emit));
    }
}
