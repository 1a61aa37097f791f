package org.cloister.ocs.control;

import org.cloister.driver.ocs.Dialect;
import org.cloister.driver.ocs.OcsTarget;
import org.cloister.driver.ocs.gnmi.Certificates;
import org.cloister.driver.ocs.gnmi.GnmiSessions;
import org.cloister.driver.ocs.session.ImmutableOcsSwitch;
import org.cloister.driver.ocs.session.OcsSession;
import org.cloister.driver.ocs.session.OcsSessions;
import org.cloister.driver.ocs.session.OcsSwitch;
import org.cloister.lab.ocs.Emulator;
import org.cloister.lab.ocs.Times;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The lab's emulators in this process, and real sessions with them over gNMI and TLS. */
final class EmulatedSwitches implements OcsSessions, AutoCloseable {

    private static final String PASSWORD = "correct horse battery staple";
    private static final int SECONDS = 20;

    private final GnmiSessions factory = new GnmiSessions();
    private final Map<String, Emulator> emulators = new TreeMap<>();
    private final Map<String, OcsSession> sessions = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<String, OcsSwitch> shown = new ConcurrentSkipListMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Path passwordFile;
    private final Certificates certificates;

    EmulatedSwitches(Path directory) throws Exception {
        passwordFile = Files.writeString(directory.resolve("password"), PASSWORD + "\n");
        certificates = Certificates.make(directory, "ip:127.0.0.1");
    }

    Emulator add(String name, int ports, Times times) throws Exception {
        Emulator emulator = Emulator.builder().name(name).ports(ports).credentials("cloister", PASSWORD).times(times)
                .tls(certificates.certificate, certificates.key)
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).start();
        emulators.put(name, emulator);
        connect(name);
        return emulator;
    }

    /** Opens a session and follows it. */
    void connect(String name) throws Exception {
        OcsSession session = factory.open(OcsTarget.builder().dialect(Dialect.OCP_GNMI).address("127.0.0.1")
                .port(emulators.get(name).port()).username("cloister").passwordFile(passwordFile)
                .trust(certificates.certificate).build()).get(SECONDS, TimeUnit.SECONDS);
        session.arbitrate(System.nanoTime());
        sessions.put(name, session);
        ImmutableOcsSwitch connected = OcsSwitch.builder().name(name).dialect("ocp-gnmi").connected(true).master(true)
                .capabilities(session.capabilities())
                .snapshot(session.snapshot(java.time.Duration.ofSeconds(SECONDS)).get(SECONDS, TimeUnit.SECONDS))
                .build();
        shown.put(name, connected);
        session.watch(snapshot -> {
            shown.put(name, connected.withSnapshot(snapshot));
            tell();
        });
        session.ended().whenComplete((nothing, why) -> {
            sessions.remove(name, session);
            shown.computeIfPresent(name, (key, last) -> ImmutableOcsSwitch.copyOf(last).withConnected(false)
                    .withMaster(false).withTrouble(String.valueOf(why)));
            tell();
        });
        tell();
    }

    private void tell() {
        listeners.forEach(Runnable::run);
    }

    @Override
    public SortedMap<String, OcsSwitch> switches() {
        return new TreeMap<>(shown);
    }

    @Override
    public Optional<OcsSession> session(String opticalSwitch) {
        return Optional.ofNullable(sessions.get(opticalSwitch));
    }

    @Override
    public void addListener(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public void removeListener(Runnable listener) {
        listeners.remove(listener);
    }

    @Override
    public void close() {
        listeners.clear();
        sessions.values().forEach(OcsSession::close);
        factory.close();
        emulators.values().forEach(Emulator::close);
    }
}
