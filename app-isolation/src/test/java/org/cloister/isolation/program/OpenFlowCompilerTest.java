package org.cloister.isolation.program;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.api.ImmutableAllocatedMember;
import org.cloister.isolation.api.ImmutableAllocation;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.ImmutableFabric;
import org.cloister.isolation.fabric.Switch;
import org.cloister.isolation.program.sim.LeafSpine;
import org.cloister.isolation.program.sim.Mutations;
import org.cloister.isolation.program.sim.RandomSlices;
import org.cloister.isolation.program.sim.Scenario;
import org.junit.jupiter.api.Test;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.criteria.Criterion;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What packets do not show. */
class OpenFlowCompilerTest {

    private static final Admittance FIRST = Admittance.at(AdmitLevel.FIRST);
    private static final Admittance SECOND = Admittance.at(AdmitLevel.SECOND);
    private static final ApplicationId APP = new DefaultApplicationId(42, "org.cloister");

    private final Fabric fabric = LeafSpine.of(3, 2, 4);
    private final Scenario scenario = RandomSlices.of(fabric, List.of(
            List.of("gpu-1-1", "gpu-2-1", "gpu-3-1"), List.of("gpu-1-2", "gpu-1-3")), new Random(1));
    private final Allocation wide = scenario.slices().get(0);
    private final Allocation narrow = scenario.slices().get(1);
    private final Compiler compiler = new OpenFlowCompiler(APP, CompilerOptions.defaults());

    @Test
    void rulesBelongToTheApplicationAndStay() {
        assertThat(rules(compiler.base(fabric), compiler.slice(fabric, wide, FIRST))).allSatisfy(rule -> {
            assertThat(rule.appId()).isEqualTo(APP.id());
            assertThat(rule.isPermanent()).isTrue();
        });
    }

    @Test
    void theBaseCoversEveryPortOfEverySwitchAndOutranksOnos() {
        Set<FlowRule> base = rules(compiler.base(fabric));

        assertThat(base).hasSize(3 * (4 + 2) + 2 * 3);
        assertThat(base).allSatisfy(rule -> assertThat(rule.priority()).isBetween(40_001, 49_999));
    }

    @Test
    void aSliceDependsOnNothingOfTheFabricButDevices() {
        Fabric bare = ImmutableFabric.builder().from(fabric).hosts(Map.of()).links(List.of())
                .availableDevices(Set.of()).enforce(false).build();

        assertThat(exact(compiler.slice(bare, wide, FIRST))).isEqualTo(exact(compiler.slice(fabric, wide, FIRST)));
    }

    @Test
    void theSameAllocationCompilesToTheSameRulesInTheSameOrder() {
        assertThat(exact(compiler.slice(fabric, wide, FIRST)))
                .isEqualTo(exact(new OpenFlowCompiler(APP, CompilerOptions.defaults()).slice(fabric, wide, FIRST)));
    }

    @Test
    void aSwitchThatIsGoneIsReportedAndTheRestCompiled() {
        Map<String, Switch> left = new TreeMap<>(fabric.switches());
        left.remove("leaf-2");
        Program program = compiler.slice(ImmutableFabric.builder().from(fabric).switches(left).build(), wide, FIRST);

        assertThat(program.unknownSwitches()).containsExactly("leaf-2");
        Map<DeviceId, List<FlowRule>> rest =
                new HashMap<>(compiler.slice(fabric, wide, FIRST).rules());
        rest.remove(fabric.switches().get("leaf-2").device());
        assertThat(program.rules()).isEqualTo(rest);
        assertThat(compiler.slice(fabric, wide, FIRST).unknownSwitches()).isEmpty();
    }

    @Test
    void aSliceOnOneLeafHasRulesThereOnlyAndNoneUpwards() {
        Program program = compiler.slice(fabric, narrow, FIRST);

        assertThat(program.rules().keySet()).containsExactly(fabric.switches().get("leaf-1").device());
        assertThat(rules(program)).noneMatch(rule -> Mutations.isIn(rule, Tables.ASCEND))
                .noneMatch(rule -> rule.priority() == Priorities.ELSEWHERE);
    }

    @Test
    void generationsAtDifferentLevelsShareNoKey() {
        Allocation next = ImmutableAllocation.copyOf(wide).withTag(wide.tag() % 4094 + 1);
        Set<FlowRule> both = rules(compiler.slice(fabric, wide, FIRST), compiler.slice(fabric, next, SECOND));
        assertThat(both).hasSize(compiler.slice(fabric, wide, FIRST).size() + compiler.slice(fabric, next, SECOND).size());
        // at one level they would: the reason for two
        assertThat(rules(compiler.slice(fabric, wide, FIRST), compiler.slice(fabric, next, FIRST)).size()).isLessThan(both.size());
    }

    @Test
    void onlyHostPortsAdmitAtTheLevel() {
        assertThat(rules(compiler.slice(fabric, wide, SECOND)).stream()
                .filter(rule -> rule.priority() == Priorities.ADMIT_OTHER))
                .hasSize(2 * wide.members().size())
                .allMatch(rule -> Mutations.isIn(rule, Tables.ADMIT, Criterion.Type.ETH_SRC));
    }

    @Test
    void aLimitedMemberIsAdmittedThroughItsMeterOrNotAtAll() {
        Allocation limited = ImmutableAllocation.copyOf(wide).withMembers(wide.members().stream()
                .map(member -> member.rank() == 2 ? member : ImmutableAllocatedMember.copyOf(member)
                        .withLimitBitsPerSecond(10_000_000).withBurstBits(2_500_000))
                .collect(Collectors.toList()));
        Program program = compiler.slice(fabric, limited,
                ImmutableAdmittance.builder().from(FIRST).putMeters(0, 7L).build());
        List<FlowRule> admits = rules(program).stream()
                .filter(rule -> Mutations.isIn(rule, Tables.ADMIT, Criterion.Type.ETH_SRC))
                .collect(Collectors.toList());
        assertThat(admits).as("IPv4 and ARP of the member with a meter and of the one that needs none").hasSize(4);
        assertThat(admits.stream().filter(rule -> rule.treatment().metered() != null)).hasSize(2)
                .allMatch(rule -> rule.treatment().metered().meterId().id() == 7);
        assertThat(program.size()).as("all else is there").isEqualTo(compiler.slice(fabric, wide, FIRST).size() - 2);
    }

    @Test
    void anUplinkThatIsNotTheSlicesIsRefusedByName() {
        Allocation broken = ImmutableAllocation.copyOf(wide).withMembers(wide.members().stream()
                .map(member -> member.rank() != 1 ? member : ImmutableAllocatedMember.copyOf(member)
                        .withUplink(FabricPort.of("leaf-2/77")))
                .collect(Collectors.toList()));

        assertThatThrownBy(() -> compiler.slice(fabric, broken, FIRST)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("gpu-2-1").hasMessageContaining("leaf-2/77");
    }

    @Test
    void aSpineThatDoesNotReachALeafIsRefusedByName() {
        Allocation broken = ImmutableAllocation.copyOf(wide).withLinks(wide.links().stream()
                .filter(link -> !link.to().switchName().equals("leaf-3")).collect(Collectors.toList()));

        assertThatThrownBy(() -> compiler.slice(fabric, broken, FIRST)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("spine-").hasMessageContaining("leaf-3");
    }

    private static Set<FlowRule> rules(Program... programs) {
        return Stream.of(programs).flatMap(program -> program.rules().values().stream()).flatMap(List::stream)
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** Rules are equal when their keys are; this tells treatments apart, too, but not when they were made. */
    private static String exact(Program program) {
        return program.rules().toString().replaceAll("created=\\d+", "");
    }
}
