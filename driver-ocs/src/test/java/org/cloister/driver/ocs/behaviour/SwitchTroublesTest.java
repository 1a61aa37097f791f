package org.cloister.driver.ocs.behaviour;

import org.cloister.driver.ocs.FakeSwitch;
import org.cloister.driver.ocs.session.Capability;
import org.cloister.driver.ocs.session.CircuitStatus;
import org.cloister.driver.ocs.session.OcsSwitch;
import org.cloister.driver.ocs.session.PortState;
import org.cloister.driver.ocs.session.PortStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

class SwitchTroublesTest {

    private final FakeSwitch opticalSwitch = new FakeSwitch(4);

    @Test
    void darkPortWithoutACircuitIsNoTrouble() {
        opticalSwitch.dark("1");
        assertThat(troubles()).isEmpty();
    }

    @Test
    void circuitNeedsLightAtBothPorts() {
        opticalSwitch.circuit("1", "2", "theirs", CircuitStatus.CONNECTED);
        assertThat(troubles()).isEmpty();
        opticalSwitch.dark("1");
        assertThat(troubles()).containsExactly("ocs-1: port 1: no light comes in, and circuit 1 to 2 needs it");
    }

    @Test
    void portThatIsSwitchedOffNeedsNoLight() {
        opticalSwitch.circuit("1", "2", "theirs", CircuitStatus.CONNECTED);
        opticalSwitch.dark("1");
        opticalSwitch.port("1", port -> PortState.builder().from(port).enabled(false).build());
        assertThat(troubles()).isEmpty();
    }

    @Test
    void switchThatDoesNotMeasureLightMissesNone() {
        opticalSwitch.capabilities.remove(Capability.OPTICAL_POWER);
        opticalSwitch.circuit("1", "2", "theirs", CircuitStatus.CONNECTED);
        opticalSwitch.dark("1");
        assertThat(troubles()).isEmpty();
    }

    @Test
    void lightThatLeavesWillDoWhereWhatComesInIsNotMeasured() {
        opticalSwitch.capabilities.remove(Capability.PORT_STATE);
        opticalSwitch.circuit("1", "2", "theirs", CircuitStatus.CONNECTED);
        opticalSwitch.dark("1");
        assertThat(troubles()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(CircuitStatus.class)
    void circuitIsInTroubleWhenItIsBrokenOrImpossible(CircuitStatus status) {
        opticalSwitch.circuit("1", "2", "theirs", status);
        boolean bad = status == CircuitStatus.FAILED || status == CircuitStatus.INVALID;
        assertThat(troubles()).hasSize(bad ? 1 : 0).allMatch(each -> each.contains("circuit 1 to 2 is " + status));
    }

    @Test
    void brokenPortIsNamedOnceWhetherLightComesInOrNot() {
        opticalSwitch.circuit("1", "2", "theirs", CircuitStatus.CONNECTED);
        opticalSwitch.dark("1");
        opticalSwitch.port("1", port -> PortState.builder().from(port).status(PortStatus.FAILED).build());
        assertThat(troubles()).containsExactly("ocs-1: port 1 is broken");
    }

    @Test
    void weakLightIsInTroubleBelowTheThreshold() {
        opticalSwitch.circuit("1", "2", "theirs", CircuitStatus.CONNECTED);
        opticalSwitch.port("2", port -> PortState.builder().from(port).inputPowerDbm(-18.6).build());
        assertThat(troubles()).containsExactly("ocs-1: port 2: less than -18.5 dBm of light come in for circuit 1 to 2");
        opticalSwitch.port("2", port -> PortState.builder().from(port).inputPowerDbm(-18.4).build());
        assertThat(troubles()).isEmpty();
    }

    @Test
    void nothingIsSaidOfASwitchThatIsNotConnectedButThat() {
        opticalSwitch.circuit("1", "2", "theirs", CircuitStatus.FAILED);
        assertThat(troubles(known(false, Optional.of("connection refused"))))
                .containsExactly("ocs-1 is not connected: connection refused");
        assertThat(troubles(known(false, Optional.empty()))).as("the first attempt").isEmpty();
    }

    private List<String> troubles() {
        return troubles(known(true, Optional.empty()));
    }

    private static List<String> troubles(OcsSwitch known) {
        return SwitchTroubles.of(known).stream().map(Trouble::description).collect(Collectors.toList());
    }

    private OcsSwitch known(boolean connected, Optional<String> trouble) {
        return OcsSwitch.builder().name("ocs-1").dialect("ocp-gnmi").connected(connected).master(connected)
                .trouble(trouble).minimumInputPowerDbm(-18.5).capabilities(opticalSwitch.capabilities)
                .snapshot(opticalSwitch.snapshot()).build();
    }
}
