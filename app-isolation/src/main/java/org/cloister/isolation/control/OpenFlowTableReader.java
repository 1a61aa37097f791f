package org.cloister.isolation.control;

import org.onosproject.net.DeviceId;
import org.onosproject.openflow.controller.Dpid;
import org.onosproject.openflow.controller.OpenFlowController;
import org.onosproject.openflow.controller.OpenFlowSwitch;
import org.onosproject.openflow.controller.RoleState;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.types.OFGroup;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.TableId;

/**
 * Asks OpenFlow switches for their whole table. ONOS's flow provider takes any complete answer to such a question for
 * one to its own and updates the flow rule store.
 *
 * <p>This component exists only where ONOS's OpenFlow controller does; its packages are optional imports.
 */
@Component(immediate = true, service = TableReader.class)
public final class OpenFlowTableReader implements TableReader {

    private static final String SCHEME = "of";

    @Reference
    private OpenFlowController controller;

    /** Creates a reader that gets its controller from the container. */
    public OpenFlowTableReader() {
    }

    OpenFlowTableReader(OpenFlowController controller) {
        this.controller = controller;
    }

    @Override
    public boolean read(DeviceId device) {
        if (!SCHEME.equals(device.uri().getScheme())) {
            return false;
        }
        OpenFlowSwitch found = controller.getSwitch(Dpid.dpid(device.uri()));
        // a switch tells a node that is not its master, but that node's provider may not store it
        if (found == null || !found.isConnected() || found.getRole() != RoleState.MASTER) {
            return false;
        }
        OFFactory factory = found.factory();
        found.sendMsg(factory.buildFlowStatsRequest()
                .setMatch(factory.matchWildcardAll())
                .setTableId(TableId.ALL)
                .setOutPort(OFPort.ANY)
                .setOutGroup(OFGroup.ANY)
                .build());
        return true;
    }
}
