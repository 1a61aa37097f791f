package org.cloister.driver.ocs.behaviour;

import org.cloister.driver.ocs.FakeSessions;
import org.cloister.driver.ocs.FakeSwitch;
import org.cloister.driver.ocs.session.OcsException;
import org.cloister.driver.ocs.session.OcsSessions;
import org.cloister.driver.ocs.session.PortState;
import org.cloister.driver.ocs.session.PortStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onosproject.alarm.AlarmConsumer;
import org.onosproject.net.OchSignal;
import org.onosproject.net.PortNumber;
import org.onosproject.net.behaviour.InternalConnectivity;
import org.onosproject.net.behaviour.LambdaQuery;
import org.onosproject.net.behaviour.PortAdmin;
import org.onosproject.net.driver.Behaviour;
import org.onosproject.net.driver.DefaultDriverData;
import org.onosproject.net.driver.DefaultDriverHandler;
import org.onosproject.net.driver.Driver;
import org.onosproject.net.driver.DriverAdminServiceAdapter;
import org.onosproject.net.driver.DriverProvider;
import org.onosproject.net.flow.FlowRuleProgrammable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class OcsDriversTest {

    private final FakeSwitch opticalSwitch = new FakeSwitch(3);
    private final FakeSessions sessions = new FakeSessions();
    private final List<Driver> registered = new ArrayList<>();
    private final OcsDrivers drivers = new OcsDrivers();

    @BeforeEach
    void start() {
        drivers.driverService = new DriverAdminServiceAdapter() {
            @Override
            public void registerProvider(DriverProvider provider) {
                registered.addAll(provider.getDrivers());
                registered.sort(Comparator.comparing(Driver::name));
            }

            @Override
            public void unregisterProvider(DriverProvider provider) {
                registered.removeAll(provider.getDrivers());
            }
        };
        drivers.activate();
        sessions.show("ocs-1", opticalSwitch);
    }

    @Test
    void driversAreThereWhileTheComponentIs() {
        assertThat(registered).extracting(Driver::name).containsExactly("cloister-ocs-gnmi", "cloister-ocs-netconf");
        for (Driver driver : registered) {
            assertThat(driver.behaviours()).containsExactlyInAnyOrder(FlowRuleProgrammable.class,
                    InternalConnectivity.class, PortAdmin.class, LambdaQuery.class, AlarmConsumer.class);
        }
        drivers.deactivate();
        assertThat(registered).isEmpty();
    }

    @Test
    void anyTwoPortsThatWorkCanBeJoined() {
        opticalSwitch.port("3", port -> PortState.builder().from(port).status(PortStatus.FAILED).build());
        sessions.show("ocs-1", opticalSwitch);
        InternalConnectivity connectivity = behaviour(InternalConnectivity.class);
        assertThat(connectivity.testConnectivity(port(1), port(2))).isTrue();
        assertThat(connectivity.testConnectivity(port(1), port(1))).isFalse();
        assertThat(connectivity.testConnectivity(port(1), port(3))).isFalse();
        assertThat(connectivity.testConnectivity(port(1), port(9))).isFalse();
        assertThat(connectivity.getOutputPorts(port(3))).isEmpty();
        assertThat(connectivity.getInputPorts(port(2))).isEqualTo(Set.of(port(1)));
    }

    @Test
    void portsAreSwitchedOffAndOn() {
        PortAdmin ports = behaviour(PortAdmin.class);
        assertThat(ports.disable(port(2))).isCompletedWithValue(true);
        sessions.show("ocs-1", opticalSwitch);
        assertThat(ports.isEnabled(port(2))).isCompletedWithValue(false);
        assertThat(ports.enable(port(2))).isCompletedWithValue(true);
        sessions.show("ocs-1", opticalSwitch);
        assertThat(ports.isEnabled(port(2))).isCompletedWithValue(true);
        assertThat(ports.enable(port(9))).isCompletedWithValue(false);
        opticalSwitch.failWrites(new OcsException(OcsException.Reason.UNSUPPORTED, "no shutters"));
        assertThat(ports.disable(port(2))).isCompletedWithValue(false);
    }

    @Test
    void anyWavelengthPasses() {
        Set<OchSignal> slots = behaviour(LambdaQuery.class).queryLambdas(port(1));
        assertThat(slots).hasSize(96);
        assertThat(slots.stream().mapToDouble(slot -> slot.centralFrequency().asTHz()).min()).hasValue(191.35);
        assertThat(slots.stream().mapToDouble(slot -> slot.centralFrequency().asTHz()).max()).hasValue(196.1);
        assertThat(behaviour(LambdaQuery.class).queryLambdas(port(9))).isEmpty();
    }

    private <B extends Behaviour> B behaviour(Class<B> type) {
        return registered.get(0).createBehaviour(new DefaultDriverHandler(
                new DefaultDriverData(registered.get(0), OcsSessions.device("ocs-1"))) {
            @Override
            public <T> T get(Class<T> service) {
                assertThat(service).isEqualTo(OcsSessions.class);
                return service.cast(sessions);
            }
        }, type);
    }

    private static PortNumber port(long number) {
        return PortNumber.portNumber(number);
    }
}
