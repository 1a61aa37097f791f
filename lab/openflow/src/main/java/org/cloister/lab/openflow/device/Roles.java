package org.cloister.lab.openflow.device;

import org.onosproject.net.MastershipRole;
import org.onosproject.openflow.controller.RoleState;

/** ONOS's mastership roles and OpenFlow's controller roles. */
final class Roles {

    private Roles() {
    }

    static RoleState toOpenFlow(MastershipRole role) {
        switch (role) {
            case MASTER:
                return RoleState.MASTER;
            case STANDBY:
                return RoleState.EQUAL;
            default:
                return RoleState.SLAVE;
        }
    }

    static MastershipRole fromOpenFlow(RoleState role) {
        switch (role) {
            case MASTER:
                return MastershipRole.MASTER;
            case EQUAL:
                return MastershipRole.STANDBY;
            default:
                return MastershipRole.NONE;
        }
    }
}
