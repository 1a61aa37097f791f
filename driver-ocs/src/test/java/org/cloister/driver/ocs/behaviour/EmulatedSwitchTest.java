package org.cloister.driver.ocs.behaviour;

import com.fasterxml.jackson.databind.JsonNode;
import org.cloister.driver.ocs.Dialect;
import org.cloister.driver.ocs.OcsTarget;
import org.cloister.driver.ocs.gnmi.Certificates;
import org.cloister.driver.ocs.gnmi.GnmiSessions;
import org.cloister.driver.ocs.session.OcsSession;
import org.cloister.driver.ocs.session.OcsSwitch;
import org.cloister.driver.ocs.session.Snapshot;
import org.cloister.lab.ocs.Emulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.flow.FlowRule;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** Flow rules and alarms on the lab's switch, judged by where its light goes. */
class EmulatedSwitchTest {

    /** It tells of every request; kept, because loggers that nobody keeps are forgotten. */
    private static final Logger EMULATOR = Logger.getLogger("org.cloister.lab.ocs");

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final GnmiSessions gnmi = new GnmiSessions();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final OnosRules onos = new OnosRules(() -> this.rules);
    private Emulator emulator;
    private OcsSession session;
    private SwitchRules rules;
    private volatile Snapshot seen;

    @BeforeAll
    static void quieten() {
        EMULATOR.setLevel(Level.WARNING);
    }

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        Certificates certificates = Certificates.make(directory, "ip:127.0.0.1");
        emulator = Emulator.builder().name("ocs-1").ports(16).credentials("cloister", "light")
                .tls(certificates.certificate, certificates.key).start();
        session = gnmi.open(OcsTarget.builder().dialect(Dialect.OCP_GNMI).address("127.0.0.1").port(emulator.port())
                .username("cloister").passwordFile(Files.writeString(directory.resolve("password"), "light\n"))
                .trust(certificates.certificate).build()).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        session.arbitrate(1);
        session.watch(snapshot -> seen = snapshot);
        rules = new SwitchRules("ocs-1", new DefaultApplicationId(99, CircuitRules.APPLICATION), onos::table,
                () -> Optional.of(session), () -> Optional.of((name, ports) -> Optional.empty()),
                new CircuitQueue(() -> Optional.of(session), timer), PATIENCE);
    }

    @AfterEach
    void end() {
        session.close();
        gnmi.close();
        emulator.close();
        timer.shutdownNow();
    }

    @Test
    void rulesMoveLightAndNoOther() {
        onos.add(rule(1, 5), rule(5, 1), rule(2, 6), rule(6, 2), rule(3, 7), rule(7, 3));
        assertThat(light()).containsExactlyInAnyOrderEntriesOf(
                Map.of("1", "5", "5", "1", "2", "6", "6", "2", "3", "7", "7", "3"));
        onos.batch(List.of(swapped(1, 6), swapped(6, 1), swapped(2, 5), swapped(5, 2)),
                List.of(rule(1, 5), rule(5, 1), rule(2, 6), rule(6, 2)));
        assertThat(light()).containsExactlyInAnyOrderEntriesOf(
                Map.of("1", "6", "6", "1", "2", "5", "5", "2", "3", "7", "7", "3"));
        assertThat(onos.poll()).hasSize(6);
    }

    @Test
    void onosThatStartsAnewLeavesAllLight() {
        onos.add(rule(1, 5), rule(5, 1));
        emulator.inject("second-writer", Map.of("one", "2", "other", "6"));
        Map<String, String> before = light();
        assertThat(before).hasSize(4);
        onos.lose();
        assertThat(onos.poll()).contains("1>5", "2>6");
        onos.poll();
        assertThat(light()).isEqualTo(before);

        // somebody else's stays even if somebody asks for it through ONOS
        session.arbitrate(100);
        onos.importAll();
        onos.remove(rule(2, 6));
        onos.remove(rule(1, 5));
        assertThat(light()).containsOnlyKeys("2", "6");
    }

    @Test
    void lossOfLightIsAnAlarmUntilItIsBack() throws Exception {
        onos.add(rule(1, 5), rule(5, 1));
        troubles();
        emulator.inject("loss-of-light", Map.of("port", "1"));
        troubles("ocs-1: port 1: no light comes in, and circuit 1 to 5 needs it");
        emulator.clear("loss-of-light");
        troubles();
    }

    @Test
    void weakLightIsAnAlarmUntilItIsStrongAgain() throws Exception {
        onos.add(rule(1, 5), rule(5, 1));
        emulator.inject("degraded-power", Map.of("port", "5", "db", 15));
        troubles("ocs-1: port 5: less than -10.0 dBm of light come in for circuit 1 to 5");
        emulator.clear("degraded-power");
        troubles();
    }

    @Test
    void circuitThatBreaksIsAnAlarmUntilItIsRemoved() throws Exception {
        onos.add(rule(1, 5), rule(5, 1));
        emulator.inject("set-then-invalid", Map.of("port", "1"));
        until("there is trouble", () -> descriptions().stream().anyMatch(each -> each.contains("1 to 5 is INVALID")));
        onos.remove(rule(1, 5));
        troubles();
    }

    private void troubles(String... expected) throws InterruptedException {
        until("troubles are " + List.of(expected), () -> descriptions().equals(List.of(expected)));
    }

    private List<String> descriptions() {
        return SwitchTroubles.of(OcsSwitch.builder().name("ocs-1").dialect("ocp-gnmi").connected(true).master(true)
                .capabilities(session.capabilities()).minimumInputPowerDbm(-10).snapshot(Optional.ofNullable(seen))
                .build()).stream().map(Trouble::description).collect(Collectors.toList());
    }

    /** Returns where light goes, whatever the switch says. */
    private Map<String, String> light() {
        JsonNode light = emulator.show().path("light");
        Map<String, String> ways = new TreeMap<>();
        light.fields().forEachRemaining(way -> ways.put(way.getKey(), way.getValue().asText()));
        return ways;
    }

    private static FlowRule rule(long in, long out) {
        return OnosRules.rule(in, out, 100);
    }

    /** Of another priority, since two rules with the same match are one to ONOS. */
    private static FlowRule swapped(long in, long out) {
        return OnosRules.rule(in, out, 200);
    }

    private void until(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline).as("%s; there are %s", what, descriptions()).isNegative();
            Thread.sleep(5);
        }
    }
}
