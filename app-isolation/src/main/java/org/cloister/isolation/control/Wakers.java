package org.cloister.isolation.control;

import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.config.App;
import org.cloister.isolation.control.environment.Services;
import org.cloister.isolation.control.observed.Tags;
import org.cloister.isolation.control.requests.Answers;
import org.cloister.isolation.control.southbound.MeterObserver;
import org.cloister.isolation.control.southbound.Observer;
import org.cloister.isolation.store.SliceStoreListener;
import org.cloister.isolation.store.VersionedSlice;
import org.onosproject.cluster.Leadership;
import org.onosproject.cluster.LeadershipEventListener;
import org.onosproject.net.device.DeviceEvent;
import org.onosproject.net.device.DeviceListener;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleEvent;
import org.onosproject.net.flow.FlowRuleListener;
import org.onosproject.net.meter.MeterEvent;
import org.onosproject.net.meter.MeterListener;

import java.util.OptionalLong;

/** Everything that wakes the control loop. Listeners only take notes; the work is done on the control thread. */
final class Wakers {

    private final Services services;
    private final ControlLoop loop;
    private final Observer observer;
    private final MeterObserver meterObserver;

    private final SliceStoreListener storeListener;
    private final Runnable fabricListener;
    private final Runnable drainListener;
    private final Runnable settingsListener;
    private final FlowRuleListener ruleListener = this::rule;
    private final DeviceListener deviceListener = this::device;
    private final MeterListener meterListener = this::meter;
    private final LeadershipEventListener leadershipListener = event -> {
        if (App.NAME.equals(event.subject().topic())) {
            lead();
        }
    };

    Wakers(Services services, ControlLoop loop, Observer observer, MeterObserver meterObserver, Answers answers) {
        this.services = services;
        this.loop = loop;
        this.observer = observer;
        this.meterObserver = meterObserver;
        this.storeListener = (id, now) -> {
            answers.changed(id, now);
            if (now.filter(Wakers::rests).isPresent()) {
                loop.wakeSoon(); // a renewal, as a rule: thousands of them must not keep the leader busy
            } else {
                loop.wake();
            }
        };
        this.fabricListener = loop::wake;
        this.drainListener = loop::wake;
        this.settingsListener = loop::wake;
    }

    void start() {
        services.store().addListener(storeListener);
        services.drains().addListener(drainListener);
        services.settings().addListener(settingsListener);
        services.fabric().addListener(fabricListener);
        services.flowRules().addListener(ruleListener);
        services.devices().addListener(deviceListener);
        services.meters().addListener(meterListener);
        services.leadership().addListener(leadershipListener);
        services.leadership().runForLeadership(App.NAME);
        lead();
    }

    void stop() {
        services.leadership().removeListener(leadershipListener);
        services.meters().removeListener(meterListener);
        services.devices().removeListener(deviceListener);
        services.flowRules().removeListener(ruleListener);
        services.fabric().removeListener(fabricListener);
        services.drains().removeListener(drainListener);
        services.settings().removeListener(settingsListener);
        services.store().removeListener(storeListener);
        loop.lead(OptionalLong.empty());
        services.leadership().withdraw(App.NAME);
    }

    /** Whether a slice waits for nothing that could begin now. */
    private static boolean rests(VersionedSlice slice) {
        SliceState state = slice.slice().state();
        return (state == SliceState.ACTIVE || state == SliceState.DEGRADED)
                && slice.slice().proposal().isEmpty() && slice.slice().move().isEmpty();
    }

    private void lead() {
        loop.lead(term(services));
    }

    /** Returns the term in which this node leads, as far as it has heard; empty if it does not. */
    static OptionalLong term(Services services) {
        Leadership now = services.leadership().getLeadership(App.NAME);
        boolean leads = now != null && services.local().equals(now.leaderNodeId());
        return leads ? OptionalLong.of(now.leader().term()) : OptionalLong.empty();
    }

    private void rule(FlowRuleEvent event) {
        FlowRule rule = event.subject();
        if (rule.appId() != services.app().id()) {
            return;
        }
        if (event.type() == FlowRuleEvent.Type.RULE_ADD_REQUESTED && !rule.treatment().meters().isEmpty()) {
            // sent, or sent again because a read did not show it: a switch that has lost a meter has lost its rules
            loop.readMeters(rule.deviceId());
        }
        if (event.type() != FlowRuleEvent.Type.RULE_UPDATED) {
            observer.changed(rule.deviceId());
            loop.wakeSoon();
        } else if (Tags.of(rule).isEmpty()) {
            // a read updates every rule; those that every switch has tell enough of it
            observer.changed(rule.deviceId());
            loop.wakeAfterRead(rule.deviceId());
        }
    }

    private void meter(MeterEvent event) {
        // that no rule uses a meter is told at every read of it
        boolean news = event.type() == MeterEvent.Type.METER_ADDED || event.type() == MeterEvent.Type.METER_REMOVED;
        if (news && services.app().equals(event.subject().appId())) {
            meterObserver.changed();
            loop.wakeSoon();
        }
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
