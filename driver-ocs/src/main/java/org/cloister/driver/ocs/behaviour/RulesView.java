package org.cloister.driver.ocs.behaviour;

import org.onosproject.net.driver.AbstractHandlerBehaviour;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleProgrammable;

import java.util.Collection;

/** Circuits as flow rules: IN_PORT to OUTPUT, one each way. */
public final class RulesView extends AbstractHandlerBehaviour implements FlowRuleProgrammable {

    /** {@inheritDoc} Throws if the switch cannot be read, for none is not the same as not known. */
    @Override
    public Collection<FlowEntry> getFlowEntries() {
        return rules().entries(data().deviceId());
    }

    @Override
    public Collection<FlowRule> applyFlowRules(Collection<FlowRule> rules) {
        return rules().apply(data().deviceId(), rules);
    }

    @Override
    public Collection<FlowRule> removeFlowRules(Collection<FlowRule> rules) {
        return rules().remove(data().deviceId(), rules);
    }

    private CircuitRules rules() {
        return handler().get(CircuitRules.class);
    }
}
