package org.cloister.lab.openflow.flow;

import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.TrafficTreatment;

/** Flow rules for tests. */
final class Rules {

    private Rules() {
    }

    static FlowRule rule(DeviceId deviceId, int table, int priority, TrafficSelector selector, TrafficTreatment treatment) {
        return DefaultFlowRule.builder().forDevice(deviceId).forTable(table).withPriority(priority)
                .withSelector(selector).withTreatment(treatment)
                .fromApp(new DefaultApplicationId(7, "org.cloister.test")).makePermanent().build();
    }

    /** Returns a rule that outputs what comes in at a port to the next. */
    static FlowRule forwarding(DeviceId deviceId, int inPort) {
        return rule(deviceId, 0, 100,
                    DefaultTrafficSelector.builder().matchInPort(PortNumber.portNumber(inPort)).build(),
                    DefaultTrafficTreatment.builder().setOutput(PortNumber.portNumber(inPort + 1L)).build());
    }

    /** Returns a rule with an instruction that is not supported. */
    static FlowRule unsupported(DeviceId deviceId, int inPort) {
        return rule(deviceId, 0, 100,
                    DefaultTrafficSelector.builder().matchInPort(PortNumber.portNumber(inPort)).build(),
                    DefaultTrafficTreatment.builder().pushMpls().setOutput(PortNumber.portNumber(1)).build());
    }
}
