package org.cloister.lab.openflow.meter;

import java.util.List;
import java.util.stream.Collectors;
import org.cloister.lab.openflow.DeviceIds;
import org.cloister.lab.openflow.RefusedMessage;
import org.cloister.lab.openflow.ReplyParts;
import org.cloister.lab.openflow.SwitchListener;
import org.cloister.lab.openflow.SwitchPolls;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.meter.MeterOperation;
import org.onosproject.net.meter.MeterProviderService;
import org.onosproject.openflow.controller.Dpid;
import org.onosproject.openflow.controller.OpenFlowController;
import org.onosproject.openflow.controller.OpenFlowEventListener;
import org.onosproject.openflow.controller.OpenFlowSwitch;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFMeterStats;
import org.projectfloodlight.openflow.protocol.OFMeterStatsReply;
import org.projectfloodlight.openflow.protocol.errormsg.OFMeterModFailedErrorMsg;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells ONOS's core what switches say about their meters. */
final class MeterSessions implements SwitchListener, OpenFlowEventListener {

    private static final Logger log = LoggerFactory.getLogger(MeterSessions.class);

    private final OpenFlowController controller;
    private final MeterProviderService providerService;
    private final PendingMeters pendingMeters;
    private final SwitchPolls polls;
    private final ApplicationId owner;
    private final ReplyParts<OFMeterStats> statistics = new ReplyParts<>();

    MeterSessions(OpenFlowController controller, MeterProviderService providerService,
                  PendingMeters pendingMeters, SwitchPolls polls, ApplicationId owner) {
        this.controller = controller;
        this.providerService = providerService;
        this.pendingMeters = pendingMeters;
        this.polls = polls;
        this.owner = owner;
    }

    @Override
    public void switchAdded(Dpid dpid) {
        OpenFlowSwitch sw = controller.getSwitch(dpid);
        if (sw != null) {
            DeviceId deviceId = DeviceIds.deviceId(dpid);
            providerService.pushMeterFeatures(deviceId, MeterReplies.features(deviceId, sw.getMeterFeatures()));
            polls.add(sw);
            if (controller.getSwitch(dpid) == null) {
                // it went away meanwhile, and its removal came before the polls were there
                switchRemoved(dpid);
            }
        }
    }

    @Override
    public void switchRemoved(Dpid dpid) {
        polls.remove(dpid);
        statistics.remove(dpid);
        providerService.deleteMeterFeatures(DeviceIds.deviceId(dpid));
    }

    @Override
    public void handleMessage(Dpid dpid, OFMessage message) {
        try {
            if (message instanceof OFMeterStatsReply) {
                OFMeterStatsReply part = (OFMeterStatsReply) message;
                statistics.add(dpid, part, part.getEntries()).ifPresent(entries -> push(DeviceIds.deviceId(dpid), entries));
            } else if (message instanceof OFMeterModFailedErrorMsg) {
                fail(DeviceIds.deviceId(dpid), (OFMeterModFailedErrorMsg) message);
            }
        } catch (RuntimeException e) {
            // the controller would swallow it, and with it the other listeners' share of the message
            log.warn("Cannot handle {} of {}", message.getType(), dpid, e);
        }
    }

    private void push(DeviceId deviceId, List<OFMeterStats> entries) {
        entries.forEach(entry -> pendingMeters.take(deviceId, entry.getMeterId()));
        List<Meter> meters = entries.stream()
                .map(entry -> MeterReplies.meter(deviceId, entry, owner))
                .collect(Collectors.toList());
        providerService.pushMeterMetrics(deviceId, meters);
    }

    private void fail(DeviceId deviceId, OFMeterModFailedErrorMsg error) {
        if (!RefusedMessage.of(error).mayBe(RefusedMessage.METER_MOD)) {
            return;
        }
        MeterOperation operation = pendingMeters.take(deviceId, error.getXid()).orElse(null);
        log.warn("{} refused {}: {}", deviceId, operation == null ? "a meter" : operation, error);
        if (operation != null) {
            providerService.meterOperationFailed(operation, MeterReplies.reason(error.getCode()));
        }
    }
}
