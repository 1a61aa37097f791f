package org.cloister.lab.openflow.device;

import java.util.List;
import java.util.stream.Collectors;
import org.cloister.lab.openflow.DeviceIds;
import org.cloister.lab.openflow.ReplyParts;
import org.cloister.lab.openflow.SwitchListener;
import org.cloister.lab.openflow.SwitchPolls;
import org.onlab.util.PredictableExecutor;
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

/**
 * Tells ONOS's core what happens to switches and their ports.
 *
 * <p>The controller calls from several threads: one reads a switch's session and announces the switch, a second hands on
 * its port descriptions, a third its port statuses and roles. A description told by the second after the third told a newer
 * status would leave the core with a port as it was. Hence the events of one switch are told one after the other, and a
 * description is read from the controller no earlier than it is told.
 */
final class SwitchSessions implements SwitchListener, OpenFlowEventListener {

    private static final Logger log = LoggerFactory.getLogger(SwitchSessions.class);

    private final OpenFlowController controller;
    private final DeviceProviderService providerService;
    private final SwitchPolls polls;
    private final PredictableExecutor events;
    private final ReplyParts<OFPortStatsEntry> portStatistics = new ReplyParts<>();

    /**
     * Creates the listener.
     *
     * @param events runs what is to be told, that of one switch in its order; stays the caller's to shut down
     */
    SwitchSessions(OpenFlowController controller, DeviceProviderService providerService, SwitchPolls polls,
                   PredictableExecutor events) {
        this.controller = controller;
        this.providerService = providerService;
        this.polls = polls;
        this.events = events;
    }

    private void inOrder(Dpid dpid, Runnable event) {
        events.execute(event, Long.hashCode(dpid.value()) & Integer.MAX_VALUE);
    }

    /** Runs an event whose failure concerns this event alone. */
    private void tell(Dpid dpid, String what, Runnable event) {
        inOrder(dpid, () -> {
            try {
                event.run();
            } catch (RuntimeException e) {
                log.warn("Cannot tell {} of {}", what, dpid, e);
            }
        });
    }

    @Override
    public void switchAdded(Dpid dpid) {
        inOrder(dpid, () -> {
            OpenFlowSwitch sw = controller.getSwitch(dpid);
            if (sw != null) {
                added(sw);
            }
        });
    }

    private void added(OpenFlowSwitch sw) {
        DeviceId deviceId = DeviceIds.deviceId(sw.getDpid());
        try {
            providerService.deviceConnected(deviceId, DeviceDescriptions.device(sw));
            providerService.updatePorts(deviceId, DeviceDescriptions.ports(sw));
        } catch (RuntimeException e) {
            log.warn("Cannot add {}; ending its session so that it comes back", deviceId, e);
            sw.disconnectSwitch();
            return;
        }
        if (sw.features().getCapabilities().contains(OFCapabilities.PORT_STATS)) {
            polls.add(sw);
        }
    }

    @Override
    public void switchRemoved(Dpid dpid) {
        tell(dpid, "the end", () -> {
            OpenFlowSwitch sw = controller.getSwitch(dpid);
            if (sw != null && sw.isConnected()) {
                // the end of a former session, told late: the present one is not to be shut for it
                return;
            }
            polls.remove(dpid);
            portStatistics.remove(dpid);
            providerService.deviceDisconnected(DeviceIds.deviceId(dpid));
        });
    }

    @Override
    public void switchChanged(Dpid dpid) {
        tell(dpid, "the ports", () -> {
            OpenFlowSwitch sw = controller.getSwitch(dpid);
            if (sw != null) {
                providerService.updatePorts(DeviceIds.deviceId(dpid), DeviceDescriptions.ports(sw));
            }
        });
    }

    @Override
    public void portChanged(Dpid dpid, OFPortStatus status) {
        DeviceId deviceId = DeviceIds.deviceId(dpid);
        PortDescription port = DeviceDescriptions.port(status.getDesc());
        tell(dpid, "a port", () -> {
            if (status.getReason() == OFPortReason.DELETE) {
                providerService.deletePort(deviceId, DefaultPortDescription.builder(port).isEnabled(false).build());
            } else {
                providerService.portStatusChanged(deviceId, port);
            }
        });
    }

    @Override
    public void receivedRoleReply(Dpid dpid, RoleState requested, RoleState response) {
        tell(dpid, "the role", () -> providerService.receivedRoleReply(
                DeviceIds.deviceId(dpid), Roles.fromOpenFlow(requested), Roles.fromOpenFlow(response)));
    }

    /**
     * Tells the ports again and asks for them: the core drops what it is told of ports before this node is the master, and
     * the controller drops the answer to a request that went out before the switch had confirmed it.
     */
    @Override
    public void roleChangedToMaster(Dpid dpid) {
        switchChanged(dpid);
        tell(dpid, "the role", () -> {
            OpenFlowSwitch sw = controller.getSwitch(dpid);
            if (sw != null) {
                sw.sendMsg(sw.factory().buildPortDescStatsRequest().build());
            }
        });
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
