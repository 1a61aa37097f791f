package org.cloister.driver.ocs.gnmi;

import org.cloister.driver.ocs.session.PortState;
import org.cloister.driver.ocs.session.PortStatus;
import org.cloister.gnmi.Notification;
import org.cloister.gnmi.TypedValue;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A port reads the same in every encoding. */
class ValuesTest {

    private static final String PORT = "/components/component[name=p7]/ocp-ocs-port";
    private static final PortState EXPECTED = PortState.builder().name("p7").number(7).enabled(false)
            .status(PortStatus.TUNED).inputPowerDbm(-2.5).peer("p9").build();

    @Test
    void scalars() {
        assertThat(read(Told.at(1)
                .addUpdate(Told.leaf(PORT + "/config/enabled", TypedValue.newBuilder().setBoolVal(false)))
                .addUpdate(Told.leaf(PORT + "/state/index", TypedValue.newBuilder().setUintVal(7)))
                .addUpdate(Told.leaf(PORT + "/state/status", "TUNED"))
                .addUpdate(Told.leaf(PORT + "/state/input-optical-power", TypedValue.newBuilder().setDoubleVal(-2.5)))
                .addUpdate(Told.leaf(PORT + "/state/connection/peer", TypedValue.newBuilder().setAsciiVal("p9"))))
        ).isEqualTo(EXPECTED);
    }

    @Test
    void jsonOfLeaves() {
        assertThat(read(Told.at(1)
                .addUpdate(Told.json(PORT + "/config/enabled", "false"))
                .addUpdate(Told.json(PORT + "/state/index", "7"))
                .addUpdate(Told.json(PORT + "/state/status", "\"ocp-ocs-types:TUNED\""))
                .addUpdate(Told.json(PORT + "/state/input-optical-power", "\"-2.50\""))
                .addUpdate(Told.json(PORT + "/state/connection/peer", "\"p9\"")))).isEqualTo(EXPECTED);
    }

    @Test
    void jsonOfAll() {
        assertThat(read(Told.at(1).addUpdate(Told.json("/components", "{\"ocp-components:component\":[{\"name\":\"p7\","
                + "\"ocp-ocs-port:ocp-ocs-port\":{\"config\":{\"enabled\":false},\"state\":{\"index\":7,"
                + "\"status\":\"TUNED\",\"input-optical-power\":\"-2.50\",\"connection\":{\"peer\":\"p9\"}}}},"
                + "{\"name\":\"fan\"}]}")))).isEqualTo(EXPECTED);
    }

    @Test
    void pathsBelowAPrefix() {
        assertThat(read(Told.at(1).setPrefix(Told.path("/components/component[name=p7]"))
                .addUpdate(Told.json("/ocp-ocs-port", "{\"config\":{\"enabled\":false},\"state\":{\"index\":7,"
                        + "\"status\":\"TUNED\",\"input-optical-power\":-2.5,\"connection\":{\"peer\":\"p9\"}}}")))
        ).isEqualTo(EXPECTED);
    }

    private static PortState read(Notification.Builder notification) {
        Mirror mirror = new Mirror();
        mirror.took(List.of(notification.build()), OcsTree.COMPONENTS);
        assertThat(mirror.snapshot().ports()).containsOnlyKeys("p7");
        return mirror.snapshot().ports().get("p7");
    }
}
