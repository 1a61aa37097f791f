package org.cloister.lab.openflow.device;

import java.util.List;
import java.util.stream.Collectors;
import org.cloister.lab.openflow.DeviceIds;
import org.cloister.lab.openflow.Ports;
import org.onlab.packet.ChassisId;
import org.onosproject.net.AnnotationKeys;
import org.onosproject.net.DefaultAnnotations;
import org.onosproject.net.DeviceId;
import org.onosproject.net.Port;
import org.onosproject.net.device.DefaultDeviceDescription;
import org.onosproject.net.device.DefaultPortDescription;
import org.onosproject.net.device.DefaultPortStatistics;
import org.onosproject.net.device.DeviceDescription;
import org.onosproject.net.device.PortDescription;
import org.onosproject.net.device.PortStatistics;
import org.onosproject.openflow.controller.OpenFlowSwitch;
import org.projectfloodlight.openflow.protocol.OFPortConfig;
import org.projectfloodlight.openflow.protocol.OFPortDesc;
import org.projectfloodlight.openflow.protocol.OFPortFeatures;
import org.projectfloodlight.openflow.protocol.OFPortState;
import org.projectfloodlight.openflow.protocol.OFPortStatsEntry;

/** What OpenFlow says about a switch and its ports, in ONOS's terms. */
final class DeviceDescriptions {

    private static final long KILOBITS_PER_MEGABIT = 1_000;

    private DeviceDescriptions() {
    }

    static DeviceDescription device(OpenFlowSwitch sw) {
        DefaultAnnotations.Builder annotations = DefaultAnnotations.builder()
                .set(AnnotationKeys.PROTOCOL, sw.factory().getVersion().toString())
                .set(AnnotationKeys.CHANNEL_ID, sw.channelId())
                .set(AnnotationKeys.MANAGEMENT_ADDRESS, sw.channelId().split(":")[0]);
        if (sw.datapathDescription() != null && !sw.datapathDescription().isEmpty()) {
            annotations.set(AnnotationKeys.DATAPATH_DESCRIPTION, sw.datapathDescription());
        }
        return new DefaultDeviceDescription(
                DeviceIds.deviceId(sw.getDpid()).uri(), sw.deviceType(), sw.manufacturerDescription(),
                sw.hardwareDescription(), sw.softwareDescription(), sw.serialNumber(),
                new ChassisId(sw.getId()), annotations.build());
    }

    static List<PortDescription> ports(OpenFlowSwitch sw) {
        return sw.getPorts().stream().map(DeviceDescriptions::port).collect(Collectors.toList());
    }

    /** Returns a port: enabled if it has a link and nobody shut it, its speed in Mbit/s. */
    static PortDescription port(OFPortDesc port) {
        boolean shut = port.getConfig().contains(OFPortConfig.PORT_DOWN);
        DefaultAnnotations.Builder annotations = DefaultAnnotations.builder()
                .set(AnnotationKeys.PORT_MAC, port.getHwAddr().toString())
                .set(AnnotationKeys.ADMIN_STATE, shut ? "disabled" : "enabled");
        if (!port.getName().isEmpty()) {
            annotations.set(AnnotationKeys.PORT_NAME, port.getName());
        }
        return DefaultPortDescription.builder()
                .withPortNumber(Ports.fromOpenFlow(port.getPortNo()))
                .isEnabled(!shut && !port.getState().contains(OFPortState.LINK_DOWN))
                .type(port.getCurr().contains(OFPortFeatures.PF_FIBER) ? Port.Type.FIBER : Port.Type.COPPER)
                .portSpeed(port.getCurrSpeed() / KILOBITS_PER_MEGABIT)
                .annotations(annotations.build())
                .build();
    }

    static PortStatistics statistics(DeviceId deviceId, OFPortStatsEntry entry) {
        return DefaultPortStatistics.builder()
                .setDeviceId(deviceId)
                .setPort(Ports.fromOpenFlow(entry.getPortNo()))
                .setPacketsReceived(entry.getRxPackets().getValue())
                .setPacketsSent(entry.getTxPackets().getValue())
                .setBytesReceived(entry.getRxBytes().getValue())
                .setBytesSent(entry.getTxBytes().getValue())
                .setPacketsRxDropped(entry.getRxDropped().getValue())
                .setPacketsTxDropped(entry.getTxDropped().getValue())
                .setPacketsRxErrors(entry.getRxErrors().getValue())
                .setPacketsTxErrors(entry.getTxErrors().getValue())
                .setDurationSec(entry.getDurationSec())
                .setDurationNano(entry.getDurationNsec())
                .build();
    }
}
