package org.cloister.isolation.program;

import org.onosproject.core.ApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.TrafficTreatment;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Collects the rules of one program. */
final class Rules {

    private final ApplicationId app;
    private final Devices devices;
    private final List<FlowRule> rules = new ArrayList<>();
    private final SortedSet<String> unknownSwitches = new TreeSet<>();

    Rules(ApplicationId app, Devices devices) {
        this.app = app;
        this.devices = devices;
    }

    /** Adds a permanent rule; on a switch that has no device it only notes the switch. */
    void add(String switchName, int table, int priority, TrafficSelector.Builder match,
             TrafficTreatment.Builder action) {
        DeviceId device = devices.of(switchName);
        if (device == null) {
            unknownSwitches.add(switchName);
            return;
        }
        rules.add(DefaultFlowRule.builder()
                .forDevice(device).forTable(table).withPriority(priority)
                .withSelector(match.build()).withTreatment(action.build())
                .fromApp(app).makePermanent().build());
    }

    Program build() {
        return Program.of(rules, unknownSwitches);
    }

    static TrafficSelector.Builder match() {
        return DefaultTrafficSelector.builder();
    }

    static TrafficTreatment.Builder action() {
        return DefaultTrafficTreatment.builder();
    }

    /** Finds devices by switch name. */
    @FunctionalInterface
    interface Devices {
        /** Returns the switch's device or null. */
        DeviceId of(String switchName);
    }
}
