package org.cloister.isolation.control;

import org.cloister.isolation.config.App;
import org.cloister.isolation.config.FabricSource;
import org.cloister.isolation.store.SliceStore;
import org.cloister.isolation.store.SliceStoreListener;
import org.onosproject.cluster.LeadershipEventListener;
import org.onosproject.cluster.LeadershipService;
import org.onosproject.cluster.NodeId;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.device.DeviceEvent;
import org.onosproject.net.device.DeviceListener;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleEvent;
import org.onosproject.net.flow.FlowRuleListener;
import org.onosproject.net.flow.FlowRuleService;

/** Everything that wakes the control loop. Listeners only take notes; the work is done on the control thread. */
final class Wakers {

    private final ApplicationId app;
    private final ControlLoop loop;
    private final Observer observer;
    private final Answers answers;
    private final SliceStore store;
    private final FabricSource source;
    private final FlowRuleService flowRules;
    private final DeviceService devices;
    private final LeadershipService leadership;
    private final NodeId local;

    private final SliceStoreListener storeListener;
    private final Runnable fabricListener;
    private final FlowRuleListener ruleListener = this::rule;
    private final DeviceListener deviceListener = this::device;
    private final LeadershipEventListener leadershipListener = event -> {
        if (App.NAME.equals(event.subject().topic())) {
            lead();
        }
    };

    Wakers(ApplicationId app, ControlLoop loop, Observer observer, Answers answers, SliceStore store,
           FabricSource source, FlowRuleService flowRules, DeviceService devices, LeadershipService leadership,
           NodeId local) {
        this.app = app;
        this.loop = loop;
        this.observer = observer;
        this.answers = answers;
        this.store = store;
        this.source = source;
        this.flowRules = flowRules;
        this.devices = devices;
        this.leadership = leadership;
        this.local = local;
        this.storeListener = (id, now) -> {
            answers.changed(id, now);
            loop.wake();
        };
        this.fabricListener = loop::wake;
    }

    void start() {
        store.addListener(storeListener);
        source.addListener(fabricListener);
        flowRules.addListener(ruleListener);
        devices.addListener(deviceListener);
        leadership.addListener(leadershipListener);
        leadership.runForLeadership(App.NAME);
        lead();
    }

    void stop() {
        leadership.removeListener(leadershipListener);
        devices.removeListener(deviceListener);
        flowRules.removeListener(ruleListener);
        source.removeListener(fabricListener);
        store.removeListener(storeListener);
        loop.lead(false);
        leadership.withdraw(App.NAME);
    }

    private void lead() {
        loop.lead(local.equals(leadership.getLeader(App.NAME)));
    }

    /** Each read updates every rule; one that every switch has, tells enough of that. */
    private void rule(FlowRuleEvent event) {
        FlowRule rule = event.subject();
        if (rule.appId() != app.id()
                || event.type() == FlowRuleEvent.Type.RULE_UPDATED && Tags.of(rule).isPresent()) {
            return;
        }
        observer.changed(rule.deviceId());
        loop.wakeSoon();
    }

    private void device(DeviceEvent event) {
        switch (event.type()) {
            case DEVICE_ADDED:
            case DEVICE_REMOVED:
            case DEVICE_AVAILABILITY_CHANGED:
            case DEVICE_SUSPENDED:
                observer.restarted(event.subject().id());
                loop.wake();
                break;
            default:
                break;
        }
    }
}
