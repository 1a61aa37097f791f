package org.cloister.isolation.control;

import org.cloister.isolation.api.Bandwidth;
import org.cloister.isolation.api.ImmutableBandwidth;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.PurgeReport;
import org.cloister.isolation.api.PurgeReport.SwitchContent;
import org.cloister.isolation.api.RefusedException;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.control.observed.Tags;
import org.cloister.isolation.control.requests.PurgeManager;
import org.cloister.isolation.fabric.ImmutableFabric;
import org.junit.jupiter.api.Test;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.FlowRule;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PurgeTest {

    private static final Duration WHILE = Duration.ofSeconds(60);

    private final Bench bench = Bench.small().ready();

    @Test
    void withoutItNothingIsTouched() {
        bench.create("job", "gpu-1-1", "gpu-2-1");
        Map<String, Map<FlowRule, FlowRule>> before = bench.rules();
        PurgeReport report = manager().report();
        bench.time.pass(WHILE);
        assertThat(bench.rules()).isEqualTo(before);
        assertThat(report.purge()).isEmpty();
        assertThat(report.done()).isFalse();
        assertThat(report.slices()).containsExactly("job");
        assertThat(report.switches()).extracting(SwitchContent::name)
                .containsExactly("leaf-1", "leaf-2", "spine-1", "spine-2");
        assertThat(report.switches()).allSatisfy(each ->
                assertThat(each.rules()).isEqualTo(bench.at(each.name()).rules.size()).isPositive());
    }

    @Test
    void everythingGoesAndOthersRulesStay() {
        bench.create("job", "gpu-1-1", "gpu-2-1");
        share("rated", "gpu-1-2", "gpu-2-2");
        FlowRule anothers = anothers(bench.at("leaf-1"));
        assertThat(manager().report().switches().get(0).meters()).isPositive();

        manager().purge("karaf");
        bench.time.pass(WHILE);

        PurgeReport report = manager().report();
        assertThat(report.done()).as("%s", report).isTrue();
        assertThat(report.purge().orElseThrow().by()).isEqualTo("karaf");
        assertThat(bench.at("leaf-1").rules.keySet()).containsExactly(anothers);
        assertThat(bench.at("leaf-2").rules).isEmpty();
        assertThat(bench.at("spine-1").rules).isEmpty();
        assertThat(bench.slices.slices()).isEmpty();
    }

    @Test
    void asLongAsASwitchHasARuleOfASliceItDeniesTheRest() {
        bench.create("job", "gpu-1-1", "gpu-2-1");
        Map<String, Set<FlowRule>> base = base();
        Set<String> open = new HashSet<>();
        bench.onos.watch(() -> bench.onos.switches().forEach(each -> {
            boolean slices = each.rules.keySet().stream().anyMatch(rule -> Tags.of(rule).isPresent());
            if (slices && !each.rules.keySet().containsAll(base.get(each.device.toString()))) {
                open.add(each.device.toString());
            }
        }));
        manager().purge("karaf");
        bench.time.pass(WHILE);
        assertThat(manager().report().done()).isTrue();
        assertThat(open).isEmpty();
    }

    @Test
    void requestsAreRefusedAndToldHowToGoOn() {
        manager().purge("karaf");
        for (Problem problem : new Problem[]{
                bench.refusal(bench.slices.put(Bench.id("job"), Bench.spec("gpu-1-1", "gpu-2-1"), "slurm")),
                bench.refusal(bench.slices.plan(Bench.id("job"), Bench.spec("gpu-1-1", "gpu-2-1"), "slurm"))}) {
            assertThat(problem.type()).isEqualTo(ProblemType.NOT_READY);
            assertThat(problem.detail()).contains("purged by karaf").contains("cloister:resume");
        }
        assertThat(bench.slices.fabric().problems()).anySatisfy(each ->
                assertThat(each.reason()).isEqualTo("Purged"));
    }

    @Test
    void itHoldsAfterARestartAndEndsWithResume() {
        Map<String, Map<FlowRule, FlowRule>> denying = bench.rules();
        manager().purge("karaf");
        bench.time.pass(WHILE);
        bench.stop();
        bench.start();
        bench.time.pass(WHILE);
        assertThat(bench.rules().values()).allMatch(Map::isEmpty);

        manager().resume();
        bench.time.pass(WHILE);
        assertThat(bench.rules()).isEqualTo(denying);
        assertThat(bench.create("job", "gpu-1-1", "gpu-2-1").state()).isEqualTo(SliceState.ACTIVE);
        assertThatThrownBy(() -> manager().resume()).isInstanceOf(RefusedException.class)
                .hasMessageContaining("not purged");
    }

    @Test
    void switchThatIsAwayIsToldAndDoneWhenItComesBack() {
        bench.create("job", "gpu-1-1", "gpu-2-1");
        FakeSwitch away = bench.at("leaf-2");
        bench.devices.available(away, false);
        manager().purge("karaf");
        bench.time.pass(WHILE);
        PurgeReport report = manager().report();
        assertThat(report.done()).isFalse();
        assertThat(report.slices()).containsExactly("job");
        assertThat(bench.at("leaf-1").rules.keySet()).allMatch(rule -> Tags.of(rule).isEmpty());
        assertThat(bench.at("spine-2").rules).as("a switch that no slice is on").isEmpty();

        bench.devices.available(away, true);
        bench.time.pass(WHILE);
        assertThat(manager().report().done()).isTrue();
        assertThat(bench.rules().values()).allMatch(Map::isEmpty);
    }

    @Test
    void switchThatComesBackEmptyHoldsNothingUp() {
        bench.create("job", "gpu-1-1", "gpu-2-1");
        FakeSwitch away = bench.at("leaf-2");
        bench.devices.available(away, false);
        manager().purge("karaf");
        bench.time.pass(WHILE);
        away.rules.clear();
        away.entries.clear();
        bench.devices.available(away, true);
        bench.time.pass(WHILE);
        assertThat(manager().report().done()).isTrue();
    }

    @Test
    void documentThatCannotBeReadGoesWithItsRules() {
        int tag = bench.create("job", "gpu-1-1", "gpu-2-1").allocation().orElseThrow().tag();
        bench.storage.map("cloister-slices").put("job", "{\"version\":99}");
        bench.time.pass(WHILE);
        assertThat(bench.rulesOf(tag)).isPositive();
        assertThat(manager().report().slices()).containsExactly("job");
        manager().purge("karaf");
        bench.time.pass(WHILE);
        assertThat(manager().report().done()).isTrue();
        assertThat(bench.storage.map("cloister-slices").isEmpty()).isTrue();
    }

    @Test
    void configurationThatInstallsNothingHoldsItNotUp() {
        bench.create("job", "gpu-1-1", "gpu-2-1");
        bench.fabric.configure(Optional.of(ImmutableFabric.builder().from(bench.fabric.fabric().orElseThrow())
                .enforce(false).build()));
        manager().purge("karaf");
        bench.time.pass(WHILE);
        assertThat(manager().report().done()).isTrue();
    }

    @Test
    void withoutConfigurationItIsRefused() {
        bench.fabric.configure(Optional.empty());
        assertThatThrownBy(() -> manager().purge("karaf")).isInstanceOf(RefusedException.class)
                .hasMessageContaining("no valid configuration");
        assertThat(bench.storage.map("cloister-settings").isEmpty()).isTrue();
    }

    private PurgeManager manager() {
        return new PurgeManager(bench.services(Bench.NODE, bench.store), null);
    }

    private void share(String id, String... hosts) {
        bench.await(bench.slices.put(Bench.id(id), SliceSpec.builder().from(Bench.spec(hosts))
                .bandwidth(ImmutableBandwidth.builder().mode(Bandwidth.Mode.SHARED)
                        .guaranteedBitsPerSecond(1_000_000_000L).build()).build(), "slurm"));
        assertThat(bench.settled(id).state()).isEqualTo(SliceState.ACTIVE);
    }

    private Map<String, Set<FlowRule>> base() {
        return bench.rules().entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey,
                entry -> entry.getValue().keySet().stream().filter(rule -> Tags.of(rule).isEmpty())
                        .collect(Collectors.toSet())));
    }

    private static FlowRule anothers(FakeSwitch on) {
        FlowRule like = on.rules.keySet().iterator().next();
        FlowRule rule = DefaultFlowRule.builder().forDevice(on.device).forTable(0).withPriority(7)
                .withSelector(like.selector()).withTreatment(like.treatment())
                .fromApp(new DefaultApplicationId(43, "another")).makePermanent().build();
        on.rules.put(rule, rule);
        return rule;
    }
}
