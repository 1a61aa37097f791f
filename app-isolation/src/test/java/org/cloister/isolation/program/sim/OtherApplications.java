package org.cloister.isolation.program.sim;

import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Switch;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.TrafficSelector;

import java.util.ArrayList;
import java.util.List;

/** What else is on a switch: ONOS asks for discovery frames and ARP, and someone floods the rest. */
public final class OtherApplications {

    private static final int CONTROL = 40_000;
    private static final int REACTIVE = 10;

    private OtherApplications() {
    }

    /** Returns the rules on every switch of a fabric. */
    public static List<FlowRule> rules(Fabric fabric) {
        List<FlowRule> rules = new ArrayList<>();
        for (Switch each : fabric.switches().values()) {
            for (int type : new int[] {Frame.ARP, Frame.LLDP, Frame.BDDP}) {
                rules.add(rule(each, CONTROL, DefaultTrafficSelector.builder().matchEthType((short) type),
                        PortNumber.CONTROLLER));
            }
            rules.add(rule(each, REACTIVE, DefaultTrafficSelector.builder(), PortNumber.FLOOD));
        }
        return rules;
    }

    private static FlowRule rule(Switch at, int priority, TrafficSelector.Builder selector, PortNumber output) {
        return DefaultFlowRule.builder().forDevice(at.device()).withPriority(priority).withSelector(selector.build())
                .withTreatment(DefaultTrafficTreatment.builder().setOutput(output).build())
                .fromApp(new DefaultApplicationId(1, "org.onosproject.core")).makePermanent().build();
    }
}
