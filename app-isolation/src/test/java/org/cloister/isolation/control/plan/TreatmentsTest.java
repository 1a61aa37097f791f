package org.cloister.isolation.control.plan;

import org.cloister.isolation.control.observed.RuleTable;
import org.cloister.isolation.control.observed.SeenRule;
import org.cloister.isolation.control.observed.Treatments;
import org.junit.jupiter.api.Test;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.meter.MeterId;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Rules that differ in what ONOS takes for equal. */
class TreatmentsTest {

    private final FlowRule plain = rule(treatment());
    private final FlowRule metered = rule(treatment().meter(MeterId.meterId(7)));
    private final FlowRule otherwise = rule(treatment().meter(MeterId.meterId(8)));
    private final FlowRule clearing = rule(treatment().wipeDeferred());

    private static TrafficTreatment.Builder treatment() {
        return DefaultTrafficTreatment.builder().transition(1);
    }

    private static FlowRule rule(TrafficTreatment.Builder treatment) {
        return DefaultFlowRule.builder().forDevice(DeviceId.deviceId("of:0000000000000011")).forTable(0)
                .withPriority(50_000).withSelector(DefaultTrafficSelector.emptySelector())
                .withTreatment(treatment.build()).fromApp(new DefaultApplicationId(42, "org.cloister"))
                .makePermanent().build();
    }

    @Test
    void onosTakesThemForEqual() {
        assertThat(plain.exactMatch(metered)).isTrue();
        assertThat(plain.exactMatch(clearing)).isTrue();
    }

    @Test
    void theyAreNot() {
        assertThat(Treatments.same(plain, rule(treatment()))).isTrue();
        assertThat(Treatments.same(metered, rule(treatment().meter(MeterId.meterId(7))))).isTrue();
        assertThat(Treatments.same(plain, metered)).isFalse();
        assertThat(Treatments.same(metered, otherwise)).isFalse();
        assertThat(Treatments.same(plain, clearing)).isFalse();
    }

    @Test
    void aRuleThroughAnotherMeterIsInTheWay() {
        RuleTable table = RuleTable.of(List.of(new SeenRule(otherwise, SeenRule.Status.CONFIRMED)));
        DeviceProgress progress = DeviceProgress.of(List.of(metered), table);
        assertThat(progress.conflicting()).hasSize(1);
        assertThat(progress.complete()).isFalse();
        assertThat(table.meters()).containsExactly(8L);
    }
}
