package org.cloister.isolation.config;

import org.onosproject.cfg.ComponentConfigService;
import org.onosproject.cfg.ConfigProperty;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreService;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowEntry.FlowEntryState;
import org.onosproject.net.flow.FlowRuleService;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Looks for what else acts on the switches: rules of other applications, and ONOS's own habit of clearing up. */
final class RuleAudit {

    private static final String FLOW_RULE_MANAGER = "org.onosproject.net.flow.impl.FlowRuleManager";
    private static final Set<String> KEEPS_RULES = Set.of("allowExtraneousRules", "importExtraneousRules");
    private static final Set<FlowEntryState> GOING = Set.of(FlowEntryState.PENDING_REMOVE, FlowEntryState.REMOVED);

    private final CoreService core;
    private final FlowRuleService flowRules;
    private final ComponentConfigService properties;

    RuleAudit(CoreService core, FlowRuleService flowRules, ComponentConfigService properties) {
        this.core = core;
        this.flowRules = flowRules;
        this.properties = properties;
    }

    /**
     * Returns how many rules of which applications other than Cloister and ONOS's core the devices hold. Where this node
     * is not a device's master, all its rules come over the network, which can take seconds.
     */
    Map<DeviceId, Map<String, Integer>> foreignRules(Collection<DeviceId> devices) {
        Map<DeviceId, Map<String, Integer>> found = new HashMap<>();
        for (DeviceId device : devices) {
            Map<String, Integer> counts = new TreeMap<>();
            for (FlowEntry entry : flowRules.getFlowEntries(device)) {
                String owner = owner(entry.appId());
                if (!GOING.contains(entry.state()) && !App.NAME.equals(owner)
                        && !CoreService.CORE_APP_NAME.equals(owner)) {
                    counts.merge(owner, 1, Integer::sum);
                }
            }
            if (!counts.isEmpty()) {
                found.put(device, counts);
            }
        }
        return found;
    }

    /** Returns whether ONOS imports rules that it does not know instead of deleting them. */
    boolean keepsUnknownRules() {
        Set<ConfigProperty> known = properties.getProperties(FLOW_RULE_MANAGER);
        return known != null && known.stream()
                .filter(property -> KEEPS_RULES.contains(property.name()) && Boolean.parseBoolean(property.value()))
                .map(ConfigProperty::name).collect(Collectors.toSet()).containsAll(KEEPS_RULES);
    }

    /** A rule read from a switch knows its owner's number only, which nobody may have registered since. */
    private String owner(short number) {
        ApplicationId app = core.getAppId(number);
        return app == null ? "number " + number : app.name();
    }
}
