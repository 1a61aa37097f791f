package org.cloister.driver.ocs.provider;

import org.cloister.driver.ocs.behaviour.OcsDrivers;
import org.cloister.driver.ocs.session.OcsSession;
import org.cloister.driver.ocs.session.OcsSessions;
import org.cloister.driver.ocs.session.OcsSwitch;
import org.cloister.driver.ocs.session.PortState;
import org.onlab.util.OrderedExecutor;
import org.onosproject.net.DeviceId;
import org.onosproject.net.MastershipRole;
import org.onosproject.net.PortNumber;
import org.onosproject.net.device.DeviceProvider;
import org.onosproject.net.device.DeviceProviderRegistry;
import org.onosproject.net.device.DeviceProviderService;
import org.onosproject.net.provider.AbstractProvider;
import org.onosproject.net.provider.ProviderId;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import static org.onlab.util.Tools.groupedThreads;

/**
 * Makes devices of ONOS of the optical switches: FIBER_SWITCH, with id {@code ocs:NAME}, there while there is a session.
 * ONOS is told on threads of this component, in order for each switch: an election can hold a call up for seconds.
 */
@Component(immediate = true)
public class OcsDeviceProvider extends AbstractProvider implements DeviceProvider {

    /** How often ONOS is told of power. */
    static final Duration MEASURED = Duration.ofSeconds(10);
    /** How long a switch may take to answer to a change of a port. */
    static final Duration PORT_CHANGE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(OcsDeviceProvider.class);
    private static final int THREADS = 4;

    @Reference
    protected DeviceProviderRegistry providerRegistry;

    @Reference
    protected OcsSessions sessions;

    /** Not used; there when the drivers are, which ONOS looks up once for a device. */
    @Reference
    protected OcsDrivers drivers;

    private final Runnable listener = this::changed;
    private final Map<String, Told> told = new ConcurrentHashMap<>();
    private DeviceProviderService service;
    private ExecutorService threads;
    private ScheduledExecutorService timer;

    /** Creates the provider for devices of the scheme {@code ocs}. */
    public OcsDeviceProvider() {
        super(new ProviderId("ocs", "org.cloister.driver-ocs"));
    }

    @Activate
    protected void activate() {
        threads = Executors.newFixedThreadPool(THREADS, groupedThreads("cloister/ocs", "devices-%d", LOG));
        timer = Executors.newSingleThreadScheduledExecutor(groupedThreads("cloister/ocs", "power", LOG));
        service = providerRegistry.register(this);
        sessions.addListener(listener);
        changed();
        timer.scheduleWithFixedDelay(this::measured, MEASURED.toMillis(), MEASURED.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** ONOS marks the devices unreachable by itself; switches stay as they are. */
    @Deactivate
    protected void deactivate() {
        sessions.removeListener(listener);
        timer.shutdownNow();
        threads.shutdownNow();
        providerRegistry.unregister(this);
    }

    @Override
    public void triggerProbe(DeviceId deviceId) {
        changed();
    }

    /** Whoever keeps the sessions listens to the mastership itself, so a role is taken as soon as it is given. */
    @Override
    public void roleChanged(DeviceId deviceId, MastershipRole newRole) {
        service.receivedRoleReply(deviceId, newRole, newRole);
    }

    @Override
    public boolean isReachable(DeviceId deviceId) {
        return known(deviceId).map(OcsSwitch::connected).orElse(false);
    }

    @Override
    public void changePortState(DeviceId deviceId, PortNumber portNumber, boolean enable) {
        Optional<String> port = known(deviceId).flatMap(OcsSwitch::snapshot).flatMap(snapshot -> snapshot.ports()
                .values().stream().filter(each -> each.number() == portNumber.toLong()).map(PortState::name)
                .findFirst());
        Optional<OcsSession> session = sessions.session(name(deviceId));
        if (port.isEmpty() || session.isEmpty()) {
            LOG.warn("Port {} of {} is not {}: {}", portNumber, deviceId, enable ? "enabled" : "disabled",
                    port.isEmpty() ? "there is no such port" : "the switch is not connected");
            return;
        }
        session.get().enable(port.get(), enable, PORT_CHANGE).whenComplete((nothing, failure) -> {
            if (failure != null) {
                LOG.warn("Port {} of {} is not {}: {}", portNumber, deviceId, enable ? "enabled" : "disabled",
                        failure.getMessage());
            }
        });
    }

    @Override
    public void triggerDisconnect(DeviceId deviceId) {
        sessions.session(name(deviceId)).ifPresent(OcsSession::close);
    }

    private void changed() {
        Map<String, OcsSwitch> known = sessions.switches();
        known.keySet().forEach(name -> told.computeIfAbsent(name, Told::new));
        told.forEach((name, each) -> each.change());
    }

    private void measured() {
        try {
            told.values().forEach(each -> each.enqueue(() -> Optional.ofNullable(sessions.switches().get(each.name))
                    .ifPresent(each.device::measured)));
        } catch (RuntimeException e) {
            // a task that throws is not run again
            LOG.error("ONOS was not told of the power of light", e);
        }
    }

    private Optional<OcsSwitch> known(DeviceId device) {
        return Optional.ofNullable(sessions.switches().get(name(device)));
    }

    private static String name(DeviceId device) {
        return device.uri().getSchemeSpecificPart();
    }

    /** What ONOS is told of one switch, one thing after the other; only the last of many changes counts. */
    private final class Told {

        private final String name;
        private final ToldDevice device;
        private final Executor order = new OrderedExecutor(threads);
        private OcsSwitch last;

        Told(String name) {
            this.name = name;
            device = new ToldDevice(name, service);
        }

        void change() {
            enqueue(() -> {
                OcsSwitch now = sessions.switches().get(name);
                if (now == last) {
                    return;
                }
                last = now;
                if (now == null) {
                    device.disconnect();
                } else {
                    device.update(now);
                }
            });
        }

        void enqueue(Runnable task) {
            order.execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException e) {
                    LOG.error("ONOS was not told of optical switch {}", name, e);
                }
            });
        }
    }
}
