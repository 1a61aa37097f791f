package org.cloister.driver.ocs.provider;

import org.cloister.driver.ocs.Dialect;
import org.cloister.driver.ocs.OcsConfigRegistrar;
import org.cloister.driver.ocs.OcsDeviceConfig;
import org.cloister.driver.ocs.OcsTarget;
import org.cloister.driver.ocs.SessionFactory;
import org.cloister.driver.ocs.session.OcsSession;
import org.cloister.driver.ocs.session.OcsSessions;
import org.cloister.driver.ocs.session.OcsSwitch;
import org.onosproject.mastership.MastershipListener;
import org.onosproject.mastership.MastershipService;
import org.onosproject.mastership.MastershipTerm;
import org.onosproject.mastership.MastershipTermService;
import org.onosproject.net.DeviceId;
import org.onosproject.net.config.InvalidFieldException;
import org.onosproject.net.config.NetworkConfigEvent;
import org.onosproject.net.config.NetworkConfigListener;
import org.onosproject.net.config.NetworkConfigService;
import org.onosproject.store.service.StorageService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Keeps a session with every optical switch of the network configuration. One thread decides for all of them, and
 * whatever takes time is done elsewhere, so that a switch that does not answer holds up no other. What is known is an
 * immutable map, replaced at every change.
 *
 * <p>It reads and listens; it removes nothing from a switch, least of all when it ends.
 */
@Component(immediate = true, service = OcsSessions.class)
public class OcsSessionsManager implements OcsSessions {

    private static final Logger LOG = LoggerFactory.getLogger(OcsSessionsManager.class);

    @Reference
    protected NetworkConfigService networkConfig;

    /** Not used; there when the configuration can be read. */
    @Reference
    protected OcsConfigRegistrar registrar;

    @Reference
    protected MastershipService mastershipService;

    @Reference
    protected MastershipTermService mastershipTermService;

    @Reference
    protected StorageService storageService;

    private final Map<Dialect, SessionFactory> factories = new ConcurrentHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final NetworkConfigListener configListener = this::configured;
    private final MastershipListener mastershipListener = event -> mastered(event.subject());
    /** Changed on the loop only. */
    private final Map<String, Connection> connections = new ConcurrentHashMap<>();
    private volatile SortedMap<String, OcsSwitch> switches = Collections.emptySortedMap();
    private volatile Loop loop;
    private ElectionIds elections;
    /** On the loop only; until it is known nobody is master. */
    private OptionalLong storeBegan = OptionalLong.empty();

    /** Starts to connect with all configured switches. */
    @Activate
    protected void activate() {
        start(new ThreadLoop("sessions"));
        elections = new ElectionIds(storageService, Clock.systemUTC());
        elections.ask(this::began);
    }

    /** Starts on a loop. */
    void start(Loop on) {
        loop = on;
        mastershipService.addListener(mastershipListener);
        networkConfig.addListener(configListener);
        networkConfig.getSubjects(DeviceId.class, OcsDeviceConfig.class).forEach(this::reread);
    }

    /** Takes the second in which ONOS's store began. */
    void began(long second) {
        loop.execute(() -> {
            storeBegan = OptionalLong.of(second);
            connections.values().forEach(Connection::refreshRole);
        });
    }

    /** Ends all sessions. Switches stay as they are. */
    @Deactivate
    protected void deactivate() {
        networkConfig.removeListener(configListener);
        mastershipService.removeListener(mastershipListener);
        loop.execute(() -> {
            connections.values().forEach(Connection::stop);
            connections.clear();
            switches = Collections.emptySortedMap();
        });
        if (loop instanceof ThreadLoop) {
            elections.end();
            ((ThreadLoop) loop).end();
        }
    }

    /** Takes one that opens sessions; switches that waited for it are connected at once. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    protected void bindFactory(SessionFactory factory) {
        factories.put(factory.dialect(), factory);
        Loop now = loop;
        if (now != null) {
            now.execute(() -> connections.values().forEach(Connection::retry));
        }
    }

    /** Does without one that opens sessions; those that it opened end with it. */
    protected void unbindFactory(SessionFactory factory) {
        factories.remove(factory.dialect(), factory);
    }

    @Override
    public SortedMap<String, OcsSwitch> switches() {
        return switches;
    }

    @Override
    public Optional<OcsSession> session(String opticalSwitch) {
        return Optional.ofNullable(connections.get(opticalSwitch)).flatMap(Connection::session);
    }

    @Override
    public void addListener(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public void removeListener(Runnable listener) {
        listeners.remove(listener);
    }

    private void configured(NetworkConfigEvent event) {
        if (event.configClass().equals(OcsDeviceConfig.class) && event.subject() instanceof DeviceId) {
            reread((DeviceId) event.subject());
        }
    }

    private void reread(DeviceId device) {
        loop.execute(() -> configure(device));
    }

    private void configure(DeviceId device) {
        String name = device.uri().getSchemeSpecificPart();
        OcsDeviceConfig config = networkConfig.getConfig(device, OcsDeviceConfig.class);
        if (config == null) {
            forget(name);
            show(name, null);
            return;
        }
        OcsTarget target;
        OptionalDouble minimumPower;
        try {
            target = config.target();
            minimumPower = config.minimumInputPowerDbm();
        } catch (InvalidFieldException e) {
            // ONOS checks what is written now, and takes what was stored before as it is
            String trouble = "its configuration is not valid: " + e.field() + ": " + e.reason();
            LOG.error("No session with optical switch {}: {}", name, trouble);
            forget(name);
            show(name, OcsSwitch.builder().name(name).dialect(config.node().path("dialect").asText("unknown"))
                    .connected(false).master(false).trouble(trouble).build());
            return;
        }
        connections.computeIfAbsent(name, added -> new Connection(name, loop,
                to -> Optional.ofNullable(factories.get(to.dialect())), () -> role(device),
                known -> show(name, known))).start(target, minimumPower);
    }

    private void forget(String name) {
        Connection connection = connections.remove(name);
        if (connection != null) {
            connection.stop();
            LOG.info("Optical switch {} is not configured any more; its circuits stay", name);
        }
    }

    private void mastered(DeviceId device) {
        String name = device.uri().getSchemeSpecificPart();
        if (OcsSessions.device(name).equals(device)) {
            loop.execute(() -> Optional.ofNullable(connections.get(name)).ifPresent(Connection::refreshRole));
        }
    }

    private Role role(DeviceId device) {
        MastershipTerm term = mastershipTermService.getMastershipTerm(device);
        return term != null && storeBegan.isPresent() && mastershipService.isLocalMaster(device)
                ? new Role(true, ElectionIds.of(storeBegan.getAsLong(), term.termNumber())) : Role.NONE;
    }

    private void show(String name, OcsSwitch known) {
        if (known != null && known.equals(switches.get(name))) {
            return;
        }
        SortedMap<String, OcsSwitch> next = new TreeMap<>(switches);
        if (known == null) {
            next.remove(name);
        } else {
            next.put(name, known);
        }
        switches = Collections.unmodifiableSortedMap(next);
        for (Runnable listener : listeners) {
            try {
                listener.run();
            } catch (RuntimeException e) {
                LOG.error("A listener for optical switches failed", e);
            }
        }
    }
}
