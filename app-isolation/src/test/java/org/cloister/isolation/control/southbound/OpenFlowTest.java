package org.cloister.isolation.control.southbound;

import org.junit.jupiter.api.Test;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.openflow.controller.Dpid;
import org.onosproject.openflow.controller.OpenFlowController;
import org.onosproject.openflow.controller.OpenFlowSwitch;
import org.onosproject.openflow.controller.RoleState;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFFlowModFailedCode;
import org.projectfloodlight.openflow.protocol.OFFlowStatsRequest;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFMeterStatsRequest;
import org.projectfloodlight.openflow.protocol.OFStatsReplyFlags;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.types.OFErrorCauseData;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.TableId;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** What is asked of OpenFlow switches directly, and what is understood of what they say. */
class OpenFlowTest {

    private static final OFFactory FACTORY = OFFactories.getFactory(OFVersion.OF_13);
    private static final DeviceId DEVICE = DeviceId.deviceId("of:0000000000000011");

    private final List<OFMessage> sent = new ArrayList<>();
    private RoleState role = RoleState.MASTER;
    private boolean present = true;
    private final OpenFlowTableReader reader = new OpenFlowTableReader(controller());

    private OpenFlowController controller() {
        OpenFlowSwitch there = fake(OpenFlowSwitch.class, (method, arguments) -> {
            switch (method) {
                case "factory":
                    return FACTORY;
                case "getRole":
                    return role;
                case "isConnected":
                    return true;
                case "getMeterFeatures":
                    return FACTORY.buildMeterFeatures().setMaxMeter(262_144).build();
                case "sendMsg":
                    sent.add((OFMessage) arguments[0]);
                    return null;
                default:
                    throw new UnsupportedOperationException(method);
            }
        });
        return fake(OpenFlowController.class, (method, arguments) ->
                present && arguments[0].equals(new Dpid(0x11)) ? there : null);
    }

    @SuppressWarnings("unchecked")
    private static <T> T fake(Class<T> type, Answer answer) {
        return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type},
                (proxy, method, arguments) -> answer.to(method.getName(), arguments));
    }

    @FunctionalInterface
    private interface Answer {
        Object to(String method, Object[] arguments);
    }

    @Test
    void asksForTheWholeTable() {
        assertThat(reader.read(DEVICE)).isTrue();
        assertThat(sent).singleElement().isInstanceOfSatisfying(OFFlowStatsRequest.class, request -> {
            assertThat(request.getTableId()).isEqualTo(TableId.ALL);
            assertThat(request.getOutPort()).isEqualTo(OFPort.ANY);
            assertThat(request.getMatch()).isEqualTo(FACTORY.matchWildcardAll());
        });
    }

    @Test
    void asksOnlyWhereTheAnswerIsStored() {
        assertThat(reader.reaches(DEVICE)).isTrue();
        role = RoleState.SLAVE;
        assertThat(reader.reaches(DEVICE)).isFalse();
        assertThat(reader.read(DEVICE)).isFalse();
        role = RoleState.MASTER;
        present = false;
        assertThat(reader.read(DEVICE)).isFalse();
        assertThat(reader.read(DeviceId.deviceId("netconf:192.0.2.1:830"))).isFalse();
        assertThat(sent).isEmpty();
    }

    @Test
    void asksForAllMetersAndCountsWholeAnswers() {
        OpenFlowMeterReader meters = new OpenFlowMeterReader(controller());
        assertThat(meters.read(DEVICE)).isTrue();
        assertThat(sent).singleElement().isInstanceOfSatisfying(OFMeterStatsRequest.class, request ->
                assertThat(request.getMeterId()).isEqualTo(0xffff_ffffL));
        meters.handle(new Dpid(0x11), FACTORY.buildMeterStatsReply().setFlags(Set.of(OFStatsReplyFlags.REPLY_MORE))
                .build());
        assertThat(meters.answers(DEVICE)).isZero();
        meters.handle(new Dpid(0x11), FACTORY.buildMeterStatsReply().build());
        meters.handle(new Dpid(0x12), FACTORY.buildMeterStatsReply().build());
        assertThat(meters.answers(DEVICE)).isEqualTo(1);
    }

    @Test
    void knowsHowManyMetersASwitchCanHave() {
        OpenFlowMeterReader meters = new OpenFlowMeterReader(controller());
        assertThat(meters.capacity(DEVICE)).hasValue(262_144);
        assertThat(meters.capacity(DeviceId.deviceId("of:0000000000000012"))).isEmpty();
        assertThat(meters.capacity(DeviceId.deviceId("netconf:192.0.2.1:830"))).isEmpty();
    }

    @Test
    void remembersWhyARuleWasRefused() {
        FlowRule rule = DefaultFlowRule.builder().forDevice(DEVICE).forTable(1).withPriority(30_000)
                .withSelector(DefaultTrafficSelector.emptySelector())
                .withTreatment(DefaultTrafficTreatment.emptyTreatment())
                .fromApp(new DefaultApplicationId(42, "org.cloister")).makePermanent().build();
        byte[] flowMod = ByteBuffer.allocate(64).put((byte) 4).put((byte) 14).putShort((short) 120).putInt(7)
                .putLong(rule.id().value()).array();
        OpenFlowSwitchErrors errors = new OpenFlowSwitchErrors();
        assertThat(errors.about(rule)).isEmpty();
        errors.handle(new Dpid(0x11), FACTORY.errorMsgs().buildFlowModFailedErrorMsg().setXid(7)
                .setCode(OFFlowModFailedCode.TABLE_FULL)
                .setData(OFErrorCauseData.of(flowMod, OFVersion.OF_13)).build());
        assertThat(errors.about(rule)).hasValue("the switch answers FLOW_MOD_FAILED TABLE_FULL");
        errors.handle(new Dpid(0x11), FACTORY.buildEchoReply().build());
    }
}
