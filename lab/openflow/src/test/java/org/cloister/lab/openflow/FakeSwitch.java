package org.cloister.lab.openflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.onosproject.net.Device;
import org.onosproject.net.DeviceId;
import org.onosproject.openflow.controller.OpenFlowSwitch;
import org.onosproject.openflow.controller.RoleState;
import org.projectfloodlight.openflow.protocol.OFCapabilities;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFFeaturesReply;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFMeterFeatures;
import org.projectfloodlight.openflow.protocol.OFPortDesc;

/** A switch that keeps what it is sent, each message as it comes off the wire. */
public class FakeSwitch implements OpenFlowSwitch {

    public final List<OFMessage> sent = new CopyOnWriteArrayList<>();
    /** One element per write, however many messages it carried. */
    public final List<Integer> writes = new CopyOnWriteArrayList<>();
    public final List<OFPortDesc> ports = new ArrayList<>();
    public OFMeterFeatures meterFeatures;
    public RoleState role = RoleState.MASTER;
    public boolean connected = true;
    private final long id;

    public FakeSwitch(long id) {
        this.id = id;
    }

    public DeviceId deviceId() {
        return DeviceIds.deviceId(getDpid());
    }

    public <M extends OFMessage> List<M> sent(Class<M> type) {
        return sent.stream().filter(type::isInstance).map(type::cast).collect(Collectors.toList());
    }

    @Override
    public void sendMsg(OFMessage message) {
        sendMsg(List.of(message));
    }

    @Override
    public void sendMsg(List<OFMessage> messages) {
        writes.add(messages.size());
        messages.forEach(message -> sent.add(Wire.carry(message)));
    }

    @Override
    public void handleMessage(OFMessage message) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setRole(RoleState newRole) {
        role = newRole;
    }

    @Override
    public RoleState getRole() {
        return role;
    }

    @Override
    public List<OFPortDesc> getPorts() {
        return ports;
    }

    @Override
    public OFMeterFeatures getMeterFeatures() {
        return meterFeatures;
    }

    @Override
    public OFFeaturesReply features() {
        return Wire.OF13.buildFeaturesReply()
                .setCapabilities(Set.of(OFCapabilities.FLOW_STATS, OFCapabilities.TABLE_STATS, OFCapabilities.PORT_STATS))
                .build();
    }

    @Override
    public OFFactory factory() {
        return Wire.OF13;
    }

    @Override
    public String getStringId() {
        return getDpid().toString();
    }

    @Override
    public long getId() {
        return id;
    }

    @Override
    public String manufacturerDescription() {
        return "maker";
    }

    @Override
    public String datapathDescription() {
        return "";
    }

    @Override
    public String hardwareDescription() {
        return "hardware";
    }

    @Override
    public String softwareDescription() {
        return "software";
    }

    @Override
    public String serialNumber() {
        return "serial";
    }

    @Override
    public boolean isConnected() {
        return connected;
    }

    @Override
    public void disconnectSwitch() {
        connected = false;
    }

    @Override
    public void returnRoleReply(RoleState requested, RoleState response) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Device.Type deviceType() {
        return Device.Type.SWITCH;
    }

    @Override
    public String channelId() {
        return "192.0.2.1:4711";
    }
}
