package org.cloister.lab.openflow.device;

import java.util.List;
import java.util.stream.Collectors;
import org.cloister.lab.openflow.DeviceIds;
import org.cloister.lab.openflow.ReplyParts;
import org.cloister.lab.openflow.SwitchListener;
import org.cloister.lab.openflow.SwitchPolls;
import org.onosproject.net.DeviceId;
import org.onosproject.net.device.DefaultPortDescription;
import org.onosproject.net.device.DeviceProviderService;
import org.onosproject.net.device.PortDescription;
import org.onosproject.net.device.PortStatistics;
import org.onosproject.openflow.controller.Dpid;
import org.onosproject.openflow.controller.OpenFlowController;
import org.onosproject.openflow.controller.OpenFlowEventListener;
import org.onosproject.openflow.controller.OpenFlowSwitch;
import org.onosproject.openflow.controller.RoleState;
import org.projectfloodlight.openflow.protocol.OFCapabilities;
import org.projectfloodlight.openflow.protocol.OFErrorMsg;
import org.projectfloodlight.openflow.protocol.OFErrorType;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFPortReason;
import org.projectfloodlight.openflow.protocol.OFPortStatsEntry;
import org.projectfloodlight.openflow.protocol.OFPortStatsReply;
import org.projectfloodlight.openflow.protocol.OFPortStatus;
import org.projectfloodlight.openflow.protocol.OFStatsReply;
import org.projectfloodlight.openflow.protocol.OFStatsType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells ONOS's core what happens to switches and their ports. */
final class SwitchSessions implements SwitchListener, OpenFlowEventListener {

    private static final Logger log = LoggerFactory.getLogger(SwitchSessions.class);

    private final OpenFlowController controller;
    private final DeviceProviderService providerService;
    private final SwitchPolls polls;
    private final ReplyParts<OFPortStatsEntry> portStatistics = new ReplyParts<>();

    SwitchSessions(OpenFlowController controller, DeviceProviderService providerService, SwitchPolls polls) {
        this.controller = controller;
        this.providerService = providerService;
        this.polls = polls;
    }

    @Override
    public void switchAdded(Dpid dpid) {
        OpenFlowSwitch sw = controller.getSwitch(dpid);
        if (sw == null) {
            return;
        }
        DeviceId deviceId = DeviceIds.deviceId(dpid);
        providerService.deviceConnected(deviceId, DeviceDescriptions.device(sw));
        providerService.updatePorts(deviceId, DeviceDescriptions.ports(sw));
        // a port may have changed between the handshake and now
        sw.sendMsg(sw.factory().buildPortDescStatsRequest().build());
        if (sw.features().getCapabilities().contains(OFCapabilities.PORT_STATS)) {
            polls.add(sw);
        }
        if (controller.getSwitch(dpid) == null) {
            // it went away meanwhile, and its removal came before the polls were there
            switchRemoved(dpid);
        }
    }

    @Override
    public void switchRemoved(Dpid dpid) {
        polls.remove(dpid);
        portStatistics.remove(dpid);
        providerService.deviceDisconnected(DeviceIds.deviceId(dpid));
    }

    @Override
    public void switchChanged(Dpid dpid) {
        OpenFlowSwitch sw = controller.getSwitch(dpid);
        if (sw != null) {
            providerService.updatePorts(DeviceIds.deviceId(dpid), DeviceDescriptions.ports(sw));
        }
    }

    @Override
    public void portChanged(Dpid dpid, OFPortStatus status) {
        DeviceId deviceId = DeviceIds.deviceId(dpid);
        PortDescription port = DeviceDescriptions.port(status.getDesc());
        if (status.getReason() == OFPortReason.DELETE) {
            providerService.deletePort(deviceId, DefaultPortDescription.builder(port).isEnabled(false).build());
        } else {
            providerService.portStatusChanged(deviceId, port);
        }
    }

    @Override
    public void receivedRoleReply(Dpid dpid, RoleState requested, RoleState response) {
        providerService.receivedRoleReply(
                DeviceIds.deviceId(dpid), Roles.fromOpenFlow(requested), Roles.fromOpenFlow(response));
    }

    @Override
    public void handleMessage(Dpid dpid, OFMessage message) {
        switch (message.getType()) {
            case STATS_REPLY:
                if (((OFStatsReply) message).getStatsType() == OFStatsType.PORT) {
                    OFPortStatsReply part = (OFPortStatsReply) message;
                    portStatistics.add(dpid, part, part.getEntries()).ifPresent(entries -> push(dpid, entries));
                }
                break;
            case ERROR:
                if (((OFErrorMsg) message).getErrType() == OFErrorType.PORT_MOD_FAILED) {
                    log.warn("{} refused to change a port: {}", dpid, message);
                }
                break;
            default:
        }
    }

    /** The switch's own port is left out, as in stock ONOS. */
    private void push(Dpid dpid, List<OFPortStatsEntry> entries) {
        DeviceId deviceId = DeviceIds.deviceId(dpid);
        List<PortStatistics> statistics = entries.stream()
                .filter(entry -> entry.getPortNo().getPortNumber() >= 0)
                .map(entry -> DeviceDescriptions.statistics(deviceId, entry))
                .collect(Collectors.toList());
        providerService.updatePortStatistics(deviceId, statistics);
    }
}
