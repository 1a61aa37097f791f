package org.cloister.driver.ocs.provider;

import com.fasterxml.jackson.databind.JsonNode;
import org.cloister.driver.ocs.Dialect;
import org.cloister.driver.ocs.FakeMastership;
import org.cloister.driver.ocs.FakeNetworkConfig;
import org.cloister.driver.ocs.FakeStore;
import org.cloister.driver.ocs.OcsTarget;
import org.cloister.driver.ocs.SessionFactory;
import org.cloister.driver.ocs.contract.Relay;
import org.cloister.driver.ocs.gnmi.Certificates;
import org.cloister.driver.ocs.gnmi.GnmiSessions;
import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.driver.ocs.session.CircuitStatus;
import org.cloister.driver.ocs.session.CircuitTransaction;
import org.cloister.driver.ocs.session.OcsSession;
import org.cloister.driver.ocs.session.OcsSessions;
import org.cloister.driver.ocs.session.OcsSwitch;
import org.cloister.lab.ocs.Emulator;
import org.cloister.testing.Reports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;

import static org.assertj.core.api.Assertions.assertThat;

/** Sessions with the lab's switches, over real sockets that are cut. */
class ManySwitchesTest {

    /** It tells of every request; kept, because loggers that nobody keeps are forgotten. */
    private static final Logger EMULATOR = Logger.getLogger("org.cloister.lab.ocs");

    private static final int SWITCHES = 20;
    private static final int DISCONNECTIONS = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final CircuitPorts OURS = CircuitPorts.of("1", "5");

    private final List<Emulator> emulators = new ArrayList<>();
    private final List<Relay> relays = new ArrayList<>();
    private final FakeNetworkConfig config = new FakeNetworkConfig();
    private final FakeMastership mastership = new FakeMastership();
    private final OcsSessionsManager manager = new OcsSessionsManager();
    private final AtomicInteger attempts = new AtomicInteger();
    private final Map<String, Long> connectedAt = new ConcurrentHashMap<>();
    private final Map<String, Integer> losses = new ConcurrentHashMap<>();
    private final GnmiSessions gnmi = new GnmiSessions();
    private Certificates certificates;

    @TempDir
    Path directory;

    @BeforeAll
    static void quieten() {
        EMULATOR.setLevel(Level.WARNING);
    }

    @BeforeEach
    void start() throws Exception {
        certificates = Certificates.make(directory, "ip:127.0.0.1");
        Files.writeString(directory.resolve("password"), "light\n");
        Files.writeString(directory.resolve("wrong"), "dark\n");
        manager.networkConfig = config;
        manager.mastershipService = mastership;
        manager.mastershipTermService = mastership;
        manager.storageService = new FakeStore();
        manager.bindFactory(new SessionFactory() {
            @Override
            public Dialect dialect() {
                return gnmi.dialect();
            }

            @Override
            public CompletableFuture<OcsSession> open(OcsTarget target) {
                attempts.incrementAndGet();
                return gnmi.open(target);
            }

            @Override
            public void close() {
                gnmi.close();
            }
        });
        manager.addListener(() -> manager.switches().forEach((name, known) -> {
            if (known.connected()) {
                connectedAt.putIfAbsent(name, System.nanoTime());
            } else if (connectedAt.remove(name) != null) {
                losses.merge(name, 1, Integer::sum);
            }
        }));
        manager.activate();
    }

    @AfterEach
    void end() throws Exception {
        manager.deactivate();
        gnmi.close();
        for (Relay relay : relays) {
            relay.close();
        }
        emulators.forEach(Emulator::close);
    }

    @Test
    void twentySwitchesConnectAtOnceAndStayThroughAHundredDisconnections() throws Exception {
        for (int number = 0; number < SWITCHES; number++) {
            add(number);
            mastership.elect(OcsSessions.device(name(number)), true);
        }
        long began = System.nanoTime();
        for (int number = 0; number < SWITCHES; number++) {
            configure(number, "password");
        }
        until("all are connected", () -> connectedAt.size() == SWITCHES);
        long connectedMillis = (Collections.max(connectedAt.values()) - began) / 1_000_000;
        for (int number = 0; number < SWITCHES; number++) {
            manager.session(name(number)).orElseThrow().apply(CircuitTransaction.builder().addCreates(OURS)
                    .deadline(Duration.ofSeconds(10)).build()).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        Set<String> before = Set.copyOf(light());

        List<Long> reconnectMillis = new ArrayList<>();
        for (int round = 0; round < DISCONNECTIONS / SWITCHES; round++) {
            int times = round + 1;
            long cut = System.nanoTime();
            relays.forEach(Relay::cut);
            until("all were lost and are connected again", () -> losses.size() == SWITCHES
                    && losses.values().stream().allMatch(count -> count == times) && connectedAt.size() == SWITCHES);
            connectedAt.values().forEach(at -> reconnectMillis.add((at - cut) / 1_000_000));
        }
        assertThat(reconnectMillis).hasSize(DISCONNECTIONS);
        Collections.sort(reconnectMillis);
        Set<String> after = Set.copyOf(light());
        boolean shown = manager.switches().values().stream().allMatch(known -> known.connected() && Optional
                .ofNullable(known.snapshot().orElseThrow().circuits().get(OURS))
                .filter(circuit -> circuit.status() == CircuitStatus.CONNECTED).isPresent());

        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("switches", SWITCHES);
        figures.put("connectedMillis", connectedMillis);
        figures.put("disconnections", reconnectMillis.size());
        figures.put("reconnectMillis", Map.of("p50", reconnectMillis.get(DISCONNECTIONS / 2),
                "max", reconnectMillis.get(DISCONNECTIONS - 1)));
        figures.put("circuitsLost", before.size() - after.size());
        Reports.write("ocs-connections", shown && after.equals(before), figures);
        assertThat(after).as("light").isEqualTo(before);
        assertThat(shown).as("what is known after the last connection").isTrue();
    }

    @Test
    void serverThatIsStartedAgainIsConnectedAgainAndReadAnew() throws Exception {
        Emulator emulator = add(0);
        configure(0, "password");
        mastership.elect(OcsSessions.device(name(0)), true);
        until("it is connected and ours", () -> known(OcsSwitch::master));
        manager.session(name(0)).orElseThrow().apply(CircuitTransaction.builder().addCreates(OURS)
                .deadline(Duration.ofSeconds(10)).build()).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

        until("the circuit is known", () -> known(known -> known.snapshot().orElseThrow().circuits()
                .containsKey(OURS)));

        emulator.stop();
        until("it is not connected", () -> known(known -> !known.connected() && known.trouble().isPresent()));
        assertThat(manager.switches().get(name(0)).snapshot().orElseThrow().circuits()).containsOnlyKeys(OURS);
        emulator.restart();
        until("it is connected again", () -> known(OcsSwitch::connected));
        assertThat(manager.switches().get(name(0)).snapshot().orElseThrow().circuits()).containsOnlyKeys(OURS);
        assertThat(light()).hasSize(2);
    }

    @Test
    void wrongPasswordIsATroubleAndNoStorm() throws Exception {
        add(0);
        configure(0, "wrong");
        until("there is trouble", () -> known(known -> known.trouble().isPresent()));
        assertThat(manager.switches().get(name(0)).trouble().orElseThrow()).contains("127.0.0.1")
                .containsIgnoringCase("password");
        Thread.sleep(3_000);
        assertThat(attempts).hasValue(1);
        // another file is another configuration: it is tried at once
        configure(0, "password");
        until("it is connected", () -> known(OcsSwitch::connected));
        assertThat(manager.switches().get(name(0)).trouble()).isEmpty();
    }

    @Test
    void switchThatIsNotTrustedIsNotGivenThePassword() throws Exception {
        add(0);
        Path other = Files.createDirectory(directory.resolve("other"));
        certificates = Certificates.make(other, "ip:127.0.0.1");
        configure(0, "password");
        until("there is trouble", () -> known(known -> known.trouble().isPresent()));
        assertThat(manager.switches().get(name(0)).trouble().orElseThrow()).contains("certificate is not trusted");
    }

    @Test
    void hostThatDoesNotExistIsNamed() throws Exception {
        config.write("ocs-0", String.format("{'dialect':'ocp-gnmi','address':'no-such-host.invalid',"
                + "'username':'cloister','passwordFile':'%s'}", directory.resolve("password")));
        until("there is trouble", () -> known(known -> known.trouble().isPresent()));
        assertThat(manager.switches().get(name(0)).trouble().orElseThrow()).contains("no-such-host.invalid");
    }

    private Emulator add(int number) throws Exception {
        Emulator emulator = Emulator.builder().name(name(number)).ports(16).credentials("cloister", "light")
                .tls(certificates.certificate, certificates.key).start();
        emulators.add(emulator);
        relays.add(new Relay(emulator.address()));
        return emulator;
    }

    private void configure(int number, String passwordFile) {
        config.write(name(number), String.format("{'dialect':'ocp-gnmi','address':'127.0.0.1','port':%d,"
                + "'username':'cloister','passwordFile':'%s','tls':{'trust':'%s'}}", relays.get(number).port(),
                directory.resolve(passwordFile), certificates.certificate));
    }

    /** Returns where light goes, in all switches, whatever they say. */
    private List<String> light() {
        List<String> light = new ArrayList<>();
        for (int number = 0; number < emulators.size(); number++) {
            JsonNode paths = emulators.get(number).show().path("light");
            int now = number;
            paths.fields().forEachRemaining(path -> light.add(name(now) + " " + path.getKey() + " " + path.getValue()));
        }
        return light;
    }

    private boolean known(Predicate<OcsSwitch> what) {
        OcsSwitch known = manager.switches().get(name(0));
        return known != null && what.test(known);
    }

    private static String name(int number) {
        return "ocs-" + number;
    }

    private void until(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline).as("%s; known: %s", what, manager.switches()).isNegative();
            Thread.sleep(5);
        }
    }
}
