package org.cloister.isolation.config;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.api.FabricView.FabricProblem;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Link;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreService;
import org.onosproject.net.DeviceId;
import org.onosproject.net.config.NetworkConfigEvent;
import org.onosproject.net.device.DeviceEvent;
import org.onosproject.net.flow.DefaultFlowEntry;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowEntry;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(20)
class FabricSourceManagerTest {

    private static final String LEAF = "of:0000000000000011";
    private static final String SPINE = "of:0000000000000021";

    private final FakeOnos onos = new FakeOnos();
    private final FabricSourceManager source = new FabricSourceManager();
    private final AtomicInteger changes = new AtomicInteger();

    @BeforeEach
    void wire() {
        source.coreService = onos.core;
        source.networkConfig = onos.networkConfig;
        source.deviceService = onos.devices;
        source.linkService = onos.links;
        source.mastershipService = onos.mastership;
        source.flowRuleService = onos.flowRules;
        source.componentConfig = onos.properties;
        source.addListener(this::changed);

        onos.core.registerApplication(CoreService.CORE_APP_NAME);
        onos.properties.values.put("allowExtraneousRules", true);
        onos.properties.values.put("importExtraneousRules", true);
        onos.devices.available.addAll(List.of(DeviceId.deviceId(LEAF), DeviceId.deviceId(SPINE)));
        LongStream.rangeClosed(1, 9).forEach(port -> {
            onos.devices.ports.put(FakeOnos.port(LEAF, port), true);
            onos.devices.ports.put(FakeOnos.port(SPINE, port), true);
        });
    }

    @AfterEach
    void stop() {
        source.deactivate();
    }

    @Test
    void readsWhatIsThereBeforeIt() throws InterruptedException {
        onos.networkConfig.set(FabricConfigTest.example(), NetworkConfigEvent.Type.CONFIG_ADDED);
        onos.links.add(LEAF + "/5", SPINE + "/1", org.onosproject.net.Link.Type.DIRECT);

        source.activate();

        Fabric fabric = await(Optional::isPresent).orElseThrow();
        assertThat(fabric.links()).containsExactly(
                Link.of(FabricPort.of("leaf-1/5"), FabricPort.of("spine-1/1")));
        assertThat(fabric.problems()).isEmpty();
    }

    @Test
    void followsConfigurationThatComesChangesAndGoes() throws InterruptedException {
        source.activate();
        ObjectNode document = FabricConfigTest.example();
        onos.networkConfig.set(document, NetworkConfigEvent.Type.CONFIG_ADDED);
        await(fabric -> fabric.isPresent() && !fabric.get().enforce());

        onos.networkConfig.set(document.deepCopy().put("enforce", true), NetworkConfigEvent.Type.CONFIG_UPDATED);
        await(fabric -> fabric.isPresent() && fabric.get().enforce());

        onos.networkConfig.set(null, NetworkConfigEvent.Type.CONFIG_REMOVED);
        await(Optional::isEmpty);
    }

    @Test
    void configurationOfAnotherTimeThatIsNotValidIsNone() throws InterruptedException {
        onos.networkConfig.set(FabricConfigTest.example().put("linkBitsPerSecond", 0),
                NetworkConfigEvent.Type.CONFIG_ADDED);
        source.activate();
        onos.networkConfig.set(FabricConfigTest.example(), NetworkConfigEvent.Type.CONFIG_UPDATED);

        await(Optional::isPresent);
        assertThat(changes).hasValue(1);
    }

    @Test
    void followsDevicesPortsAndLinks() throws InterruptedException {
        started();
        onos.links.add(LEAF + "/5", SPINE + "/1", org.onosproject.net.Link.Type.DIRECT);
        await(fabric -> fabric.get().links().size() == 1);

        onos.devices.ports.put(FakeOnos.port(LEAF, 5), false);
        onos.devices.event(DeviceEvent.Type.PORT_UPDATED);
        await(fabric -> fabric.get().links().isEmpty() && hasProblem(fabric.get(), "PortDown"));

        onos.devices.available.remove(DeviceId.deviceId(SPINE));
        onos.devices.event(DeviceEvent.Type.DEVICE_AVAILABILITY_CHANGED);
        await(fabric -> hasProblem(fabric.get(), "DeviceAbsent"));
    }

    @Test
    void aSwitchBetweenThatNobodyControlsMakesNoLink() throws InterruptedException {
        onos.links.add(LEAF + "/5", SPINE + "/1", org.onosproject.net.Link.Type.INDIRECT);
        onos.links.add(LEAF + "/6", SPINE + "/2", org.onosproject.net.Link.Type.DIRECT);

        assertThat(started().links()).hasSize(1);
    }

    @Test
    void manyEventsAreOneSnapshotAndStatisticsNone() throws InterruptedException {
        started();
        int before = onos.devices.reads.get();
        for (int event = 0; event < 1_000; event++) {
            onos.devices.event(DeviceEvent.Type.PORT_UPDATED);
        }
        while (onos.devices.reads.get() == before) {
            Thread.sleep(FabricSourceManager.SETTLE.toMillis());
        }
        Thread.sleep(5 * FabricSourceManager.SETTLE.toMillis());
        // two switches are read at each snapshot; the storm may outlast one period of settling, never a hundred
        assertThat(onos.devices.reads.get() - before).isBetween(2, 20);

        int after = onos.devices.reads.get();
        onos.devices.event(DeviceEvent.Type.PORT_STATS_UPDATED);
        Thread.sleep(5 * FabricSourceManager.SETTLE.toMillis());
        assertThat(onos.devices.reads).hasValue(after);
        assertThat(changes).as("nothing changed").hasValue(1);
    }

    @Test
    void configurationThatStaysIsNotReadAtEachSnapshot() throws InterruptedException {
        started();
        for (int snapshot = 0; snapshot < 10; snapshot++) {
            int before = onos.devices.reads.get();
            onos.devices.event(DeviceEvent.Type.PORT_UPDATED);
            while (onos.devices.reads.get() == before) {
                Thread.sleep(FabricSourceManager.SETTLE.toMillis());
            }
        }
        // at the start, after the last listener, and at the first audit
        assertThat(onos.networkConfig.reads.get()).isBetween(1, 3);
    }

    /** 64 leaves, 16 spines, 1,024 hosts; 2,048 directed links that come up one by one. */
    @Test
    void aLargeFabricThatComesUpCostsFewSnapshots() throws InterruptedException {
        ObjectNode document = LargeFabric.document();
        document.get("switches").forEach(each -> {
            String device = each.get("device").textValue();
            onos.devices.available.add(DeviceId.deviceId(device));
            LongStream.rangeClosed(1, 64).forEach(port -> onos.devices.ports.put(FakeOnos.port(device, port), true));
        });
        onos.networkConfig.set(document, NetworkConfigEvent.Type.CONFIG_ADDED);
        source.activate();
        await(Optional::isPresent);
        onos.devices.reads.set(0);

        LargeFabric.links().forEach((from, to) -> onos.links.add(from, to, org.onosproject.net.Link.Type.DIRECT));

        await(fabric -> fabric.get().links().size() == 2_048);
        assertThat(onos.devices.reads.get() / document.get("switches").size()).as("snapshots").isLessThan(200);
    }

    @Test
    void reportsRulesOfOthersButNotOfCloisterNorOfTheCore() throws InterruptedException {
        ApplicationId forwarding = onos.core.registerApplication("org.onosproject.fwd");
        onos.flowRules.entries.put(DeviceId.deviceId(LEAF), List.of(
                rule(onos.core.registerApplication(App.NAME)),
                rule(onos.core.registerApplication(CoreService.CORE_APP_NAME)), rule(forwarding)));
        started();

        Fabric fabric = await(found -> hasProblem(found.get(), "ForeignRules")).orElseThrow();
        assertThat(fabric.problems()).extracting(FabricProblem::message)
                .containsExactly("leaf-1 holds 1 rules of application org.onosproject.fwd");
    }

    @Test
    void rulesAreCountedByTheMasterAlone() throws InterruptedException {
        ApplicationId forwarding = onos.core.registerApplication("org.onosproject.fwd");
        onos.flowRules.entries.put(DeviceId.deviceId(LEAF), List.of(rule(forwarding)));
        onos.flowRules.entries.put(DeviceId.deviceId(SPINE), List.of(rule(forwarding)));
        onos.mastership.ofOthers.add(DeviceId.deviceId(SPINE));
        started();

        Fabric fabric = await(found -> hasProblem(found.get(), "ForeignRules")).orElseThrow();
        assertThat(fabric.problems()).extracting(FabricProblem::at).containsExactly("leaf-1");

        // a switch that this node has lost is its new master's to tell of
        onos.mastership.ofOthers.add(DeviceId.deviceId(LEAF));
        source.audit();
        await(found -> !hasProblem(found.get(), "ForeignRules"));
    }

    @Test
    void rulesThatCannotBeCountedAreToldOnceUntilTheyCan() throws InterruptedException {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(FabricSourceManager.class);
        logger.addAppender(log);
        try {
            onos.flowRules.trouble = new IllegalStateException("on purpose");
            started();
            source.audit();
            source.audit();
            assertThat(warnings(log)).isEqualTo(1);

            RuntimeException again = onos.flowRules.trouble;
            onos.flowRules.trouble = null;
            source.audit();
            onos.flowRules.trouble = again;
            source.audit();
            source.audit();
            assertThat(warnings(log)).isEqualTo(2);
        } finally {
            logger.detachAppender(log);
        }
    }

    @Test
    void bothPropertiesAreNeededForASafeRestart() throws InterruptedException {
        onos.properties.values.put("importExtraneousRules", false);

        assertThat(hasProblem(started(), "UnsafeRestart")).isTrue();
    }

    @Test
    void aListenerThatFailsDoesNotKeepTheNextFromHearing() throws InterruptedException {
        CountDownLatch heard = new CountDownLatch(1);
        source.addListener(() -> {
            throw new IllegalStateException("on purpose");
        });
        source.addListener(heard::countDown);
        started();

        heard.await();
    }

    @Test
    void leavesNothingBehind() throws InterruptedException {
        started();
        assertThat(onos.networkConfig.hasFactory()).isTrue();

        source.deactivate();

        assertThat(onos.networkConfig.hasFactory()).isFalse();
        assertThat(onos.networkConfig.hasListeners()).isFalse();
        assertThat(onos.devices.listeners).isEmpty();
        assertThat(onos.links.listeners).isEmpty();
    }

    private Fabric started() throws InterruptedException {
        onos.networkConfig.set(FabricConfigTest.example(), NetworkConfigEvent.Type.CONFIG_ADDED);
        source.activate();
        return await(Optional::isPresent).orElseThrow();
    }

    private synchronized void changed() {
        changes.incrementAndGet();
        notifyAll();
    }

    /** Waits for a change that makes the fabric fit; the class's timeout is the deadline. */
    private synchronized Optional<Fabric> await(Predicate<Optional<Fabric>> condition) throws InterruptedException {
        while (!condition.test(source.fabric())) {
            wait();
        }
        return source.fabric();
    }

    private static long warnings(ListAppender<ILoggingEvent> log) {
        return List.copyOf(log.list).stream().filter(event -> event.getLevel() == Level.WARN).count();
    }

    private static boolean hasProblem(Fabric fabric, String reason) {
        return fabric.problems().stream().anyMatch(problem -> problem.reason().equals(reason));
    }

    private static FlowEntry rule(ApplicationId app) {
        return new DefaultFlowEntry(DefaultFlowRule.builder().forDevice(DeviceId.deviceId(LEAF)).withPriority(1)
                .withSelector(DefaultTrafficSelector.emptySelector())
                .withTreatment(DefaultTrafficTreatment.emptyTreatment()).fromApp(app).makePermanent().build(),
                FlowEntry.FlowEntryState.ADDED);
    }
}
