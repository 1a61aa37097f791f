package org.cloister.driver.ocs.behaviour;

import org.cloister.driver.ocs.session.CircuitHolds;
import org.cloister.driver.ocs.session.OcsSession;
import org.cloister.driver.ocs.session.OcsSessions;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreService;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import static org.onlab.util.Tools.groupedThreads;

/** The flow rules of all optical switches; ONOS makes a new behaviour for each call, so what lasts is here. */
@Component(immediate = true, service = CircuitRules.class)
public class CircuitRules {

    /** Whose rules those are that nobody wrote: they show circuits that were made otherwise. */
    static final String APPLICATION = "org.cloister.driver-ocs";

    private static final Logger LOG = LoggerFactory.getLogger(CircuitRules.class);
    /** More than a transaction takes, and the wait for the one before it. */
    private static final Duration PATIENCE = CircuitQueue.DEADLINE.multipliedBy(2).plusSeconds(2);

    @Reference
    protected OcsSessions sessions;

    @Reference
    protected FlowRuleService flowRules;

    @Reference
    protected CoreService coreService;

    /** Absent while nobody keeps owners of circuits. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    protected volatile CircuitHolds holds;

    private final Map<DeviceId, SwitchRules> switches = new ConcurrentHashMap<>();
    private ScheduledExecutorService timer;
    private ApplicationId application;

    @Activate
    protected void activate() {
        application = coreService.registerApplication(APPLICATION);
        timer = Executors.newSingleThreadScheduledExecutor(groupedThreads("cloister/ocs", "rules", LOG));
    }

    /** Forgets what was asked for; circuits stay. */
    @Deactivate
    protected void deactivate() {
        timer.shutdownNow();
    }

    /** See {@code FlowRuleProgrammable}; throws if the switch cannot be read. */
    Collection<FlowEntry> entries(DeviceId device) {
        return of(device).entries();
    }

    /** See {@code FlowRuleProgrammable}. */
    Collection<FlowRule> apply(DeviceId device, Collection<FlowRule> rules) {
        return of(device).apply(rules);
    }

    /** See {@code FlowRuleProgrammable}. */
    Collection<FlowRule> remove(DeviceId device, Collection<FlowRule> rules) {
        return of(device).remove(rules);
    }

    private SwitchRules of(DeviceId device) {
        return switches.computeIfAbsent(device, added -> {
            String name = device.uri().getSchemeSpecificPart();
            return new SwitchRules(name, application, () -> new RuleTable(flowRules.getFlowEntries(device)),
                    () -> session(name), () -> Optional.ofNullable(holds),
                    new CircuitQueue(() -> session(name), timer), PATIENCE);
        });
    }

    private Optional<OcsSession> session(String name) {
        return sessions.session(name);
    }
}
