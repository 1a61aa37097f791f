package org.cloister.isolation.control.southbound;

import org.cloister.isolation.control.environment.TableReader;
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

import java.util.Optional;

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
    public boolean reaches(DeviceId device) {
        return find(device).isPresent();
    }

    @Override
    public boolean read(DeviceId device) {
        Optional<OpenFlowSwitch> found = find(device);
        found.ifPresent(OpenFlowTableReader::ask);
        return found.isPresent();
    }

    private Optional<OpenFlowSwitch> find(DeviceId device) {
        // a switch tells a node that is not its master, but that node's provider may not store it
        return SCHEME.equals(device.uri().getScheme())
                ? Optional.ofNullable(controller.getSwitch(Dpid.dpid(device.uri())))
                        .filter(found -> found.isConnected() && found.getRole() == RoleState.MASTER)
                : Optional.empty();
    }

    private static void ask(OpenFlowSwitch found) {
        OFFactory factory = found.factory();
        found.sendMsg(factory.buildFlowStatsRequest()
                .setMatch(factory.matchWildcardAll())
                .setTableId(TableId.ALL)
                .setOutPort(OFPort.ANY)
                .setOutGroup(OFGroup.ANY)
                .build());
    }
}
