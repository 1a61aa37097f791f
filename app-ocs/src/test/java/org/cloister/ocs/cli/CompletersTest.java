package org.cloister.ocs.cli;

import org.apache.karaf.shell.api.console.CommandLine;
import org.cloister.ocs.FakeCircuitService;
import org.cloister.ocs.api.OpticalView.SwitchView;
import org.junit.jupiter.api.Test;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class CompletersTest {

    private final FakeCircuitService circuits = new FakeCircuitService(Clock.systemUTC()).withSwitch("ocs-1", 3)
            .withSwitch("ocs-2", 1);

    @Test
    void namesAreThoseOfTheServiceAndOfTheSwitchThatWasTyped() {
        circuits.quarantine("ocs-1", "2", "dark");
        assertThat(names(new OpticalSwitchCompleter())).containsExactly("ocs-1", "ocs-2");
        assertThat(names(new OpticalPortCompleter(), "circuit-connect", "ocs-1", "")).containsExactly("1", "2", "3");
        assertThat(names(new OpticalPortCompleter(), "circuit-connect", "ocs-9", "")).isEmpty();
        assertThat(names(new QuarantinedPortCompleter(), "circuit-unquarantine", "ocs-1", "")).containsExactly("2");
    }

    private List<String> names(OpticalCompleter completer, String... typed) {
        completer.commandLine = (CommandLine) Proxy.newProxyInstance(CommandLine.class.getClassLoader(),
                new Class<?>[] {CommandLine.class}, (proxy, method, arguments) -> typed);
        List<SwitchView> switches = circuits.view().switches();
        return completer.names(switches);
    }
}
