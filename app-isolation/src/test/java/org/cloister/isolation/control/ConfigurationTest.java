package org.cloister.isolation.control;

import org.cloister.isolation.api.Condition;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.control.plan.Conditions;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Host;
import org.cloister.isolation.fabric.ImmutableFabric;
import org.cloister.isolation.fabric.ImmutableSwitch;
import org.cloister.isolation.fabric.Switch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.onlab.packet.MacAddress;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/** What slices do when the configuration or the wiring changes under them. */
class ConfigurationTest {

    private final Bench bench = Bench.small();
    private final ImmutableFabric fabric = (ImmutableFabric) bench.fabric.fabric().orElseThrow();

    @AfterEach
    void nothingThatOnosPunishes() {
        assertThat(bench.onos.violations()).isEmpty();
    }

    private void configure(Fabric now) {
        bench.fabric.configure(Optional.of(now));
        bench.time.pass(Duration.ofSeconds(1));
    }

    private Fabric withHost(String name, Host host) {
        SortedMap<String, Host> hosts = new TreeMap<>(fabric.hosts());
        if (host == null) {
            hosts.remove(name);
        } else {
            hosts.put(name, host);
        }
        return fabric.withHosts(hosts);
    }

    private Condition condition(String type) {
        return bench.slice("job-1").conditions().stream().filter(each -> each.type().equals(type)).findFirst()
                .orElseThrow();
    }

    private void degradedBy(Fabric change, String reason) {
        bench.ready();
        Slice active = bench.create("job-1", "gpu-1-1", "gpu-2-1");
        var rules = bench.rules();
        configure(change);
        assertThat(bench.slice("job-1").state()).isEqualTo(SliceState.DEGRADED);
        assertThat(condition(Conditions.DEGRADED).reason()).isEqualTo(reason);
        assertThat(bench.slice("job-1").allocation()).as("never dropped").isEqualTo(active.allocation());
        assertThat(bench.rules()).isEqualTo(rules);
        configure(fabric);
        assertThat(bench.slice("job-1").state()).isEqualTo(SliceState.ACTIVE);
    }

    @Test
    void aHostThatIsNotConfiguredAnyMoreDegrades() {
        degradedBy(withHost("gpu-2-1", null), Conditions.HOST_NOT_CONFIGURED);
    }

    @Test
    void aHostWithOtherAddressesDegrades() {
        Host host = fabric.hosts().get("gpu-2-1");
        degradedBy(withHost("gpu-2-1", Host.builder().name(host.name()).node(host.node()).nic(0).port(host.port())
                .mac(MacAddress.valueOf("02:00:00:00:00:99")).ipv4(host.ipv4()).build()), Conditions.HOST_CHANGED);
    }

    @Test
    void aSwitchThatIsNotConfiguredAnyMoreIsNotTouched() {
        bench.ready();
        int tag = bench.create("job-1", "gpu-1-1", "gpu-2-1").allocation().orElseThrow().tag();
        SortedMap<String, Switch> switches = new TreeMap<>(fabric.switches());
        switches.remove("leaf-2");
        FakeSwitch leaf = bench.at("leaf-2");
        int batches = leaf.batches;
        configure(fabric.withSwitches(switches));
        assertThat(bench.slice("job-1").state()).isEqualTo(SliceState.DEGRADED);
        assertThat(condition(Conditions.DEGRADED).reason()).isEqualTo(Conditions.SWITCH_NOT_CONFIGURED);
        bench.remove("job-1");
        assertThat(leaf.batches).isEqualTo(batches);
        assertThat(bench.rulesOf(tag)).as("left where they are").isPositive();

        configure(fabric);
        bench.time.pass(Duration.ofSeconds(30));
        assertThat(bench.rulesOf(tag)).as("and gone when it is ours again").isZero();
    }

    @Test
    void withoutEnforcementSlicesArePlannedAndNothingIsInstalled() {
        bench.fabric.configure(Optional.of(fabric.withEnforce(false)));
        bench.ready();
        Slice slice = bench.create("job-1", "gpu-1-1", "gpu-2-1");
        assertThat(slice.state()).isEqualTo(SliceState.ACTIVE);
        assertThat(condition(Conditions.NOT_ENFORCED).status()).isTrue();
        assertThat(slice.allocation()).isPresent();
        assertThat(bench.onos.switches()).allMatch(each -> each.rules.isEmpty() && each.batches == 0);
        bench.remove("job-1");

        assertThat(bench.create("job-1", "gpu-1-1", "gpu-2-1").observedGeneration())
                .as("no switch carries it out").isZero();
        bench.fabric.configure(Optional.of(fabric));
        bench.time.pass(Duration.ofMillis(100));
        assertThat(bench.slice("job-1").observedGeneration()).as("sent, not read back").isZero();
        bench.time.until("ACTIVE and enforced", Duration.ofSeconds(40), () -> bench.slice("job-1").state()
                == SliceState.ACTIVE && bench.rulesOf(slice.allocation().orElseThrow().tag()) > 0);
        assertThat(condition(Conditions.NOT_ENFORCED).status()).isFalse();
        bench.time.until("read back", Duration.ofSeconds(20), () -> bench.slice("job-1").observedGeneration() == 1);
    }

    @Test
    void withEnforcementTakenAwayRulesStayWhereTheyAre() {
        bench.ready();
        Slice before = bench.create("job-1", "gpu-1-1", "gpu-2-1");
        var rules = bench.rules();
        configure(fabric.withEnforce(false));
        assertThat(bench.slice("job-1").state()).isEqualTo(SliceState.ACTIVE);
        assertThat(condition(Conditions.NOT_ENFORCED).status()).isTrue();
        bench.create("job-2", "gpu-1-2", "gpu-2-2");
        bench.await(bench.slices.remove(Bench.id("job-1")));
        bench.time.pass(Duration.ofMinutes(2));
        assertThat(bench.rules()).isEqualTo(rules);
        assertThat(bench.slice("job-1").state()).as("its rules may still be there").isEqualTo(SliceState.REMOVING);
        assertThat(condition(Conditions.REMOVAL_DELAYED).reason()).isEqualTo(Conditions.ENFORCE_IS_FALSE);

        configure(fabric);
        bench.await(bench.slices.whenGone(Bench.id("job-1")));
        assertThat(bench.rulesOf(before.allocation().orElseThrow().tag())).isZero();
    }

    @Test
    void withoutEnforcementRulesThatNobodyWantsStayToo() {
        bench.ready();
        int tag = bench.create("job-1", "gpu-1-1", "gpu-2-1").allocation().orElseThrow().tag();
        var rules = bench.rules();
        configure(fabric.withEnforce(false));
        var document = bench.store.slice(Bench.id("job-1")).orElseThrow();
        bench.store.remove(document.id(), document.version());
        bench.time.pass(Duration.ofMinutes(1));
        assertThat(bench.rules()).isEqualTo(rules);
        configure(fabric);
        bench.time.pass(Duration.ofSeconds(30));
        assertThat(bench.rulesOf(tag)).isZero();
    }

    @Test
    void withoutConfigurationRequestsAreRefusedAndNothingIsTouched() {
        bench.ready();
        bench.create("job-1", "gpu-1-1", "gpu-2-1");
        var rules = bench.rules();
        bench.fabric.configure(Optional.empty());
        bench.time.pass(Duration.ofMinutes(1));
        assertThat(bench.refusal(bench.slices.put(Bench.id("job-2"), Bench.spec("gpu-1-2", "gpu-2-2"), "slurm")).type())
                .isEqualTo(ProblemType.NOT_READY);
        assertThat(bench.rules()).isEqualTo(rules);
        assertThat(bench.slice("job-1").state()).isEqualTo(SliceState.ACTIVE);
    }

    @Test
    void aChangedPortListChangesTheDenyingRules() {
        bench.ready();
        Map<String, ?> before = bench.rules();
        var leaf = (ImmutableSwitch) fabric.switches().get("leaf-1");
        SortedMap<String, Switch> switches = new TreeMap<>(fabric.switches());
        switches.put("leaf-1", leaf.withHostPorts(1L, 2L));
        configure(fabric.withSwitches(switches));
        bench.time.pass(Duration.ofSeconds(20));
        assertThat(bench.rules()).isNotEqualTo(before);
        assertThat(bench.at("leaf-1").rules).hasSize(leaf.hostPorts().size() + leaf.fabricPorts().size() - 1);
        configure(fabric);
        bench.time.pass(Duration.ofSeconds(20));
        assertThat(bench.rules()).isEqualTo(before);
    }
}
