package org.cloister.isolation.control.plan;

import org.cloister.isolation.control.observed.RuleTable;
import org.cloister.isolation.control.observed.SeenRule;
import org.cloister.isolation.control.observed.Treatments;
import org.onosproject.net.flow.FlowRule;

import java.util.ArrayList;
import java.util.List;

/** The wanted rules of one device, compared with what was seen there. */
public final class DeviceProgress {

    private final List<FlowRule> absent;
    private final List<FlowRule> unsettled;
    private final List<FlowRule> conflicting;

    private DeviceProgress(List<FlowRule> absent, List<FlowRule> unsettled, List<FlowRule> conflicting) {
        this.absent = absent;
        this.unsettled = unsettled;
        this.conflicting = conflicting;
    }

    static DeviceProgress of(List<FlowRule> wanted, RuleTable table) {
        List<FlowRule> absent = new ArrayList<>();
        List<FlowRule> unsettled = new ArrayList<>();
        List<FlowRule> conflicting = new ArrayList<>();
        for (FlowRule rule : wanted) {
            SeenRule seen = table.at(rule);
            if (seen == null) {
                absent.add(rule);
            } else if (!seen.confirms(rule)) {
                boolean leaving = seen.status() == SeenRule.Status.LEAVING;
                (leaving || Treatments.same(seen.rule(), rule) ? unsettled : conflicting).add(rule);
            }
        }
        return new DeviceProgress(absent, unsettled, conflicting);
    }

    /** Returns the rules that ONOS does not know. */
    public List<FlowRule> absent() {
        return absent;
    }

    /** Returns the rules whose key belongs to a rule with another treatment, which has to go first. */
    public List<FlowRule> conflicting() {
        return conflicting;
    }

    /** Returns whether every rule was read back. */
    public boolean complete() {
        return absent.isEmpty() && unsettled.isEmpty() && conflicting.isEmpty();
    }
}
