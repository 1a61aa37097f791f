package org.cloister.lab.openflow;

import org.onosproject.openflow.controller.Dpid;
import org.onosproject.openflow.controller.OpenFlowSwitchListener;
import org.onosproject.openflow.controller.RoleState;
import org.projectfloodlight.openflow.protocol.OFPortStatus;

/** A switch listener of which a provider implements only the events that concern it. */
public interface SwitchListener extends OpenFlowSwitchListener {

    @Override
    default void switchAdded(Dpid dpid) {
    }

    @Override
    default void switchRemoved(Dpid dpid) {
    }

    @Override
    default void switchChanged(Dpid dpid) {
    }

    @Override
    default void portChanged(Dpid dpid, OFPortStatus status) {
    }

    @Override
    default void receivedRoleReply(Dpid dpid, RoleState requested, RoleState response) {
    }
}
