package org.cloister.driver.ocs.gnmi;

import org.cloister.driver.ocs.Dialect;
import org.cloister.driver.ocs.OcsTarget;
import org.cloister.driver.ocs.SessionFactory;
import org.cloister.driver.ocs.contract.SwitchHarness;
import org.cloister.driver.ocs.session.Capability;
import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.lab.ocs.Emulator;
import org.cloister.lab.ocs.EmulatorBuilder;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The lab's emulator of an optical switch, in this process, with TLS and light in memory. */
final class EmulatorHarness implements SwitchHarness {

    private static final String USERNAME = "cloister";
    private static final String PASSWORD = "correct horse battery staple";
    /** It tells of every request; kept, because loggers that nobody keeps are forgotten. */
    private static final Logger EMULATOR = Logger.getLogger("org.cloister.lab.ocs");
    /** Its server tells of every client that leaves in the middle. */
    private static final Logger SERVER = Logger.getLogger("io.grpc.netty.shaded.io.grpc.netty");

    private final Path passwordFile;
    private final Certificates certificates;
    private final int ports;
    private final GnmiSessions sessions = new GnmiSessions();
    private Emulator emulator;

    EmulatorHarness(Path directory, int ports) throws Exception {
        EMULATOR.setLevel(Level.WARNING);
        SERVER.setLevel(Level.OFF);
        passwordFile = Files.writeString(directory.resolve("password"), PASSWORD + "\n");
        certificates = Certificates.make(directory, "ip:127.0.0.1");
        this.ports = ports;
    }

    /** Returns what else can be done to it. */
    Emulator emulator() {
        return emulator;
    }

    Certificates certificates() {
        return certificates;
    }

    @Override
    public String name() {
        return "gnmi-emulator";
    }

    @Override
    public SessionFactory sessions() {
        return sessions;
    }

    @Override
    public OcsTarget target() {
        return OcsTarget.builder().dialect(Dialect.OCP_GNMI).address("127.0.0.1").port(emulator.port())
                .username(USERNAME).passwordFile(passwordFile).trust(certificates.certificate).build();
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    @Override
    public List<String> ports() {
        return IntStream.rangeClosed(1, ports).mapToObj(Integer::toString).collect(Collectors.toList());
    }

    @Override
    public String absentPort() {
        return Integer.toString(ports + 1);
    }

    @Override
    public void start() {
        emulator = build().listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).start();
    }

    private EmulatorBuilder build() {
        return Emulator.builder().name("ocs-1").ports(ports).credentials(USERNAME, PASSWORD)
                .tls(certificates.certificate, certificates.key);
    }

    @Override
    public void restart() {
        emulator.restart();
    }

    @Override
    public void clear() throws Exception {
        emulator.clear("all");
        try (OtherWriter writer = new OtherWriter(target())) {
            writer.clear();
        } catch (ExecutionException e) {
            // somebody has been elected, or something waits for confirmation: a switch that remembers nothing
            InetSocketAddress address = emulator.address();
            emulator.stop();
            emulator = build().listen(address).start();
        }
    }

    @Override
    public void connectForeign(CircuitPorts circuit) throws Exception {
        try (OtherWriter writer = new OtherWriter(target())) {
            writer.connect(circuit);
        }
    }

    @Override
    public void close() {
        sessions.close();
        emulator.close();
    }
}
