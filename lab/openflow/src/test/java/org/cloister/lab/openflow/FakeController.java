package org.cloister.lab.openflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.onosproject.openflow.controller.DefaultOpenFlowPacketContext;
import org.onosproject.openflow.controller.Dpid;
import org.onosproject.openflow.controller.OpenFlowClassifierListener;
import org.onosproject.openflow.controller.OpenFlowController;
import org.onosproject.openflow.controller.OpenFlowEventListener;
import org.onosproject.openflow.controller.OpenFlowMessageListener;
import org.onosproject.openflow.controller.OpenFlowSwitch;
import org.onosproject.openflow.controller.OpenFlowSwitchListener;
import org.onosproject.openflow.controller.PacketListener;
import org.onosproject.openflow.controller.RoleState;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFPacketIn;

/** A controller whose switches connect, speak and go away when the test says so. */
public final class FakeController implements OpenFlowController {

    public final Map<Dpid, RoleState> rolesAskedFor = new LinkedHashMap<>();
    private final Map<Dpid, OpenFlowSwitch> switches = new LinkedHashMap<>();
    private final List<OpenFlowSwitchListener> switchListeners = new ArrayList<>();
    private final List<OpenFlowEventListener> eventListeners = new ArrayList<>();
    private final List<PacketListener> packetListeners = new ArrayList<>();

    public FakeSwitch connect(FakeSwitch sw) {
        switches.put(sw.getDpid(), sw);
        switchListeners.forEach(listener -> listener.switchAdded(sw.getDpid()));
        return sw;
    }

    public void disconnect(FakeSwitch sw) {
        switches.remove(sw.getDpid());
        switchListeners.forEach(listener -> listener.switchRemoved(sw.getDpid()));
    }

    /** Lets a message of a switch arrive. */
    public void arrive(FakeSwitch from, OFMessage message) {
        OFMessage carried = Wire.carry(message);
        eventListeners.forEach(listener -> listener.handleMessage(from.getDpid(), carried));
    }

    /** Lets a packet that a switch sends up arrive. */
    public void arrive(FakeSwitch from, OFPacketIn packet) {
        OFPacketIn carried = Wire.carry(packet);
        packetListeners.forEach(listener -> listener.handlePacket(
                DefaultOpenFlowPacketContext.packetContextFromPacketIn(from, carried)));
    }

    public List<OpenFlowSwitchListener> switchListeners() {
        return List.copyOf(switchListeners);
    }

    public int listeners() {
        return switchListeners.size() + eventListeners.size() + packetListeners.size();
    }

    @Override
    public Iterable<OpenFlowSwitch> getSwitches() {
        return List.copyOf(switches.values());
    }

    @Override
    public Iterable<OpenFlowSwitch> getMasterSwitches() {
        return switches.values().stream().filter(sw -> sw.getRole() == RoleState.MASTER).collect(Collectors.toList());
    }

    @Override
    public Iterable<OpenFlowSwitch> getEqualSwitches() {
        throw new UnsupportedOperationException();
    }

    @Override
    public OpenFlowSwitch getSwitch(Dpid dpid) {
        return switches.get(dpid);
    }

    @Override
    public OpenFlowSwitch getMasterSwitch(Dpid dpid) {
        throw new UnsupportedOperationException();
    }

    @Override
    public OpenFlowSwitch getEqualSwitch(Dpid dpid) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void addListener(OpenFlowSwitchListener listener) {
        switchListeners.add(listener);
    }

    @Override
    public void removeListener(OpenFlowSwitchListener listener) {
        switchListeners.remove(listener);
    }

    @Override
    public void addMessageListener(OpenFlowMessageListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void removeMessageListener(OpenFlowMessageListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void addPacketListener(int priority, PacketListener listener) {
        packetListeners.add(listener);
    }

    @Override
    public void removePacketListener(PacketListener listener) {
        packetListeners.remove(listener);
    }

    @Override
    public void addEventListener(OpenFlowEventListener listener) {
        eventListeners.add(listener);
    }

    @Override
    public void removeEventListener(OpenFlowEventListener listener) {
        eventListeners.remove(listener);
    }

    @Override
    public void write(Dpid dpid, OFMessage message) {
        getSwitch(dpid).sendMsg(message);
    }

    @Override
    public CompletableFuture<OFMessage> writeResponse(Dpid dpid, OFMessage message) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void processPacket(Dpid dpid, OFMessage message) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setRole(Dpid dpid, RoleState role) {
        rolesAskedFor.put(dpid, role);
    }

    @Override
    public void removeClassifierListener(OpenFlowClassifierListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void addClassifierListener(OpenFlowClassifierListener listener) {
        throw new UnsupportedOperationException();
    }
}
