package org.cloister.isolation.control.lifecycle;

import org.cloister.isolation.api.Purge;
import org.cloister.isolation.config.App;
import org.cloister.isolation.control.environment.Limits;
import org.cloister.isolation.control.observed.DeviceView;
import org.cloister.isolation.control.observed.ImmutableDeviceView;
import org.cloister.isolation.control.observed.ImmutableMeterView;
import org.cloister.isolation.control.observed.MeterView;
import org.cloister.isolation.control.observed.Observed;
import org.cloister.isolation.control.observed.RuleTable;
import org.cloister.isolation.control.observed.SeenRule;
import org.cloister.isolation.control.plan.Desired;
import org.cloister.isolation.control.plan.Drained;
import org.cloister.isolation.control.plan.Operation;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.ImmutableFabric;
import org.cloister.isolation.program.Compiler;
import org.cloister.isolation.program.CompilerOptions;
import org.cloister.isolation.program.OpenFlowCompiler;
import org.cloister.isolation.program.sim.LeafSpine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.DeviceId;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** What a purge does to a switch of which not everything is known. */
class PurgingTest {

    private static final short APP = 42;
    private static final int TAG = 100;
    private static final Instant NOW = Instant.parse("2024-01-01T00:00:00Z");

    private final Fabric fabric = LeafSpine.of(2, 2, 3);
    private final Compiler compiler = new OpenFlowCompiler(new DefaultApplicationId(APP, App.NAME),
            CompilerOptions.defaults());
    private final Purging purging = new Purging(APP, compiler, Limits.defaults());
    private final DeviceId leaf = fabric.switches().get("leaf-1").device();
    private final Map<DeviceId, DeviceView> views = new HashMap<>();
    private final Map<DeviceId, MeterView> meters = new HashMap<>();

    @BeforeEach
    void switchesThatOnlyDeny() {
        compiler.base(fabric).rules().forEach((device, rules) -> {
            views.put(device, ImmutableDeviceView.builder().available(true).reads(10).table(RuleTable.of(rules.stream()
                    .map(rule -> new SeenRule(rule, SeenRule.Status.CONFIRMED)).collect(Collectors.toList()))).build());
            meters.put(device, ImmutableMeterView.builder().known(true).build());
        });
    }

    private void change(UnaryOperator<ImmutableDeviceView> change) {
        views.compute(leaf, (device, view) -> change.apply((ImmutableDeviceView) view));
    }

    /** Returns the devices that lose the rules that deny by default. */
    private Set<DeviceId> opened() {
        return purging.plan(Purge.of("karaf", NOW), new Desired(List.of(), Set.of(), new Drained(List.of())),
                        new Observed(views).with(meters), fabric, NOW).stream()
                .filter(Operation.Apply.class::isInstance).map(Operation.Apply.class::cast)
                .filter(apply -> !apply.removes().isEmpty()).map(Operation.Apply::device).collect(Collectors.toSet());
    }

    @Test
    void aSwitchThatWasReadToHaveNothingElseIsOpened() {
        assertThat(opened()).isEqualTo(views.keySet()).contains(leaf);
    }

    @Test
    void aTableThatIsReadInPartMayHaveRulesThatAreNotSeenYet() {
        change(view -> view.withReads(1));
        assertThat(opened()).hasSize(3).doesNotContain(leaf);
    }

    @Test
    void aTagThatWasRemovedIsReadBackFirst() {
        change(view -> view.withTagReads(Map.of(TAG, 9L)));
        assertThat(opened()).hasSize(3).doesNotContain(leaf);
        change(view -> view.withReads(11));
        assertThat(opened()).contains(leaf);
    }

    @Test
    void metersThatOnosDoesNotTellMayBeThere() {
        meters.put(leaf, MeterView.unknown());
        assertThat(opened()).hasSize(3).doesNotContain(leaf);
    }

    @Test
    void aFabricThatIsNotEnforcedIsMadeAnotherOneOnce() {
        Fabric idle = ((ImmutableFabric) fabric).withEnforce(false);
        assertThat(purging.enforced(idle).enforce()).isTrue();
        assertThat(purging.enforced(idle)).as("what is known of it is found by its identity")
                .isSameAs(purging.enforced(idle));
        assertThat(purging.enforced(fabric)).isSameAs(fabric);
    }
}
