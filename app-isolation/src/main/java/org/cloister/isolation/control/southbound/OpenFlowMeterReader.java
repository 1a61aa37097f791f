package org.cloister.isolation.control.southbound;

import org.cloister.isolation.control.environment.MeterReader;
import org.onosproject.net.DeviceId;
import org.onosproject.openflow.controller.Dpid;
import org.onosproject.openflow.controller.OpenFlowController;
import org.onosproject.openflow.controller.OpenFlowEventListener;
import org.onosproject.openflow.controller.OpenFlowSwitch;
import org.onosproject.openflow.controller.RoleState;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFMeterFeatures;
import org.projectfloodlight.openflow.protocol.OFMeterStatsReply;
import org.projectfloodlight.openflow.protocol.OFStatsReplyFlags;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks OpenFlow switches for their meters. ONOS's meter provider takes every answer to such a question for one to its
 * own.
 *
 * <p>This component exists only where ONOS's OpenFlow controller does; its packages are optional imports.
 */
@Component(immediate = true, service = MeterReader.class)
public final class OpenFlowMeterReader implements MeterReader {

    private static final String SCHEME = "of";
    private static final long ALL = 0xffff_ffffL;

    private final Map<Dpid, Long> answers = new ConcurrentHashMap<>();
    private final OpenFlowEventListener listener = this::handle;

    @Reference
    private OpenFlowController controller;

    /** Creates a reader that gets its controller from the container. */
    public OpenFlowMeterReader() {
    }

    OpenFlowMeterReader(OpenFlowController controller) {
        this.controller = controller;
    }

    /** Starts to count answers. */
    @Activate
    public void activate() {
        controller.addEventListener(listener);
    }

    /** Stops. */
    @Deactivate
    public void deactivate() {
        controller.removeEventListener(listener);
    }

    void handle(Dpid dpid, OFMessage message) {
        if (message instanceof OFMeterStatsReply
                && !((OFMeterStatsReply) message).getFlags().contains(OFStatsReplyFlags.REPLY_MORE)) {
            answers.merge(dpid, 1L, Long::sum);
        }
    }

    @Override
    public boolean read(DeviceId device) {
        OpenFlowSwitch found = find(device);
        // a switch tells a node that is not its master, but that node's provider may not store it
        if (found == null || !found.isConnected() || found.getRole() != RoleState.MASTER) {
            return false;
        }
        found.sendMsg(found.factory().buildMeterStatsRequest().setMeterId(ALL).build());
        return true;
    }

    @Override
    public long answers(DeviceId device) {
        return SCHEME.equals(device.uri().getScheme()) ? answers.getOrDefault(Dpid.dpid(device.uri()), 0L) : 0;
    }

    @Override
    public OptionalLong capacity(DeviceId device) {
        OpenFlowSwitch found = find(device);
        OFMeterFeatures features = found == null ? null : found.getMeterFeatures();
        return features == null ? OptionalLong.empty() : OptionalLong.of(features.getMaxMeter());
    }

    private OpenFlowSwitch find(DeviceId device) {
        return SCHEME.equals(device.uri().getScheme()) ? controller.getSwitch(Dpid.dpid(device.uri())) : null;
    }
}
