package org.cloister.driver.ocs.netconf;

import org.cloister.driver.ocs.session.Capability;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** OpenDaylight's netconf-testtool: lets anybody in, has a candidate and no locks that keep others out. */
final class TestToolHarness extends NetconfHarness {

    /** Maven puts it there. */
    private static final Path JAR = Path.of("target", "netconf-testtool.jar").toAbsolutePath();

    private ServerProcess server;

    TestToolHarness() throws IOException {
    }

    @Override
    public String name() {
        return "netconf-testtool";
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of();
    }

    @Override
    public boolean checksPasswords() {
        return false;
    }

    @Override
    void startProcesses() throws IOException {
        server = ServerProcess.start(name(), directory(), List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-XX:TieredStopAtLevel=1",
                "-jar", JAR.toString(), "--schemas-dir", MODELS.toString(), "--md-sal", "true", "--device-count", "1",
                "--thread-pool-size", "2", "--ip", "127.0.0.1", "--starting-port", Integer.toString(port())));
    }

    @Override
    void endProcesses() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    @Override
    Optional<String> complaint() {
        return server.isAlive() ? Optional.empty() : Optional.of(server.output());
    }
}
