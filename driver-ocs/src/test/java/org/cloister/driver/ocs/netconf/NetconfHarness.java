package org.cloister.driver.ocs.netconf;

import org.cloister.driver.ocs.Dialect;
import org.cloister.driver.ocs.ImmutableOcsTarget;
import org.cloister.driver.ocs.OcsTarget;
import org.cloister.driver.ocs.SessionFactory;
import org.cloister.driver.ocs.contract.SwitchHarness;
import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.driver.ocs.session.OcsException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A NETCONF server that nobody here wrote, given our description of Polatis' model: it keeps what it is told and has no
 * mirrors. A session of its own, the other controller's, puts its ports there and clears its circuits.
 */
abstract class NetconfHarness implements SwitchHarness {

    /** Of no use to anybody but a server at the loopback address for the time of a test. */
    static final String PASSWORD = "circuits";
    static final Path MODELS = Path.of("src", "test", "resources", "yang").toAbsolutePath();
    static final int PORTS = 16;

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final SessionFactory sessions = new NetconfSessions();
    private final Path directory;
    private final int port;
    private final Path knownHosts;
    private OtherController other;

    NetconfHarness() throws IOException {
        directory = Files.createTempDirectory("cloister-netconf");
        knownHosts = directory.resolve("known_hosts");
        Files.writeString(directory.resolve("password"), PASSWORD + "\n");
        try (ServerSocket free = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
    }

    /** Starts the server's processes. */
    abstract void startProcesses() throws Exception;

    /** Ends them. */
    abstract void endProcesses() throws Exception;

    /** Returns whether they run, and what they said if not. */
    abstract Optional<String> complaint();

    final Path directory() {
        return directory;
    }

    final int port() {
        return port;
    }

    /** Returns a session of another controller. */
    final OtherController other() {
        return other;
    }

    @Override
    public SessionFactory sessions() {
        return sessions;
    }

    @Override
    public OcsTarget target() {
        return ImmutableOcsTarget.builder().dialect(Dialect.POLATIS_NETCONF).address("127.0.0.1").port(port)
                .username("root").passwordFile(directory.resolve("password")).knownHosts(knownHosts).build();
    }

    @Override
    public List<String> ports() {
        return IntStream.rangeClosed(1, PORTS).mapToObj(Integer::toString).collect(Collectors.toList());
    }

    @Override
    public String absentPort() {
        return Integer.toString(PORTS + 1);
    }

    @Override
    public boolean keepsCircuits() {
        return false;
    }

    @Override
    public void start() throws Exception {
        startProcesses();
        long end = System.nanoTime() + START.toNanos();
        while (other == null) {
            try {
                other = new OtherController(port, Deadline.in(ANSWER));
            } catch (IOException | OcsException e) {
                Optional<String> complaint = complaint();
                if (complaint.isPresent() || System.nanoTime() > end) {
                    throw new IOException(name() + " did not start: " + complaint.orElse(e.toString()), e);
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
        Files.writeString(knownHosts, other.knownHost());
        other.edit("<port-config xmlns=\"" + PolatisModel.NAMESPACE + "\" xmlns:nc=\"" + ServerCapabilities.BASE
                + "\" nc:operation=\"merge\">" + ports().stream()
                .map(name -> "<port><port-id>" + name + "</port-id></port>").collect(Collectors.joining())
                + "</port-config>");
    }

    @Override
    public void restart() throws Exception {
        endOther();
        endProcesses();
        start();
    }

    @Override
    public void clear() throws Exception {
        // a session that ended a moment ago may have left its lock
        Map<Integer, Integer> none = Map.of();
        other.edit(new CrossConnects(none).changeFrom(other.read().pairs()));
    }

    @Override
    public void connectForeign(CircuitPorts ports) throws Exception {
        // the other way round than ours, which is as good
        int one = Integer.parseInt(ports.one());
        int two = Integer.parseInt(ports.other());
        Map<Integer, Integer> foreign = Map.of(Math.max(one, two), Math.min(one, two));
        other.edit(new CrossConnects(foreign).changeFrom(new CrossConnects(Map.of())));
    }

    @Override
    public void close() throws Exception {
        sessions.close();
        endOther();
        endProcesses();
        ServerProcess.remove(directory);
    }

    private void endOther() {
        if (other != null) {
            other.close();
            other = null;
        }
    }
}
