package org.cloister.driver.ocs.behaviour;

import org.cloister.driver.ocs.session.CircuitHolds;
import org.cloister.driver.ocs.session.OcsSessions;
import org.cloister.driver.ocs.session.OcsSwitch;
import org.onosproject.alarm.Alarm;
import org.onosproject.alarm.AlarmEntityId;
import org.onosproject.alarm.AlarmId;
import org.onosproject.alarm.AlarmProvider;
import org.onosproject.alarm.AlarmProviderRegistry;
import org.onosproject.alarm.AlarmProviderService;
import org.onosproject.alarm.DefaultAlarm;
import org.onosproject.mastership.MastershipService;
import org.onosproject.net.DeviceId;
import org.onosproject.net.provider.AbstractProvider;
import org.onosproject.net.provider.ProviderId;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

import static org.onlab.util.Tools.groupedThreads;

/**
 * Raises alarms of optical switches and clears them. They go to the log, to whoever asks the driver, and at once to
 * ONOS's fault management where that is active; it is an application of its own and nothing here needs it. What it is
 * told is always all that is wrong with a switch now: it clears what is not among that.
 */
@Component(immediate = true, service = AlarmBook.class)
public class AlarmBook {

    private static final Logger LOG = LoggerFactory.getLogger(AlarmBook.class);

    @Reference
    protected OcsSessions sessions;

    @Reference
    protected MastershipService mastershipService;

    private final Runnable listener = this::changed;
    private final AtomicBoolean looking = new AtomicBoolean();
    private final AlarmProvider provider = new Provider();
    private final Clock clock;
    /** By switch and id, with the time when it was raised; changed by the one thread. */
    private final Map<String, Map<Trouble, Long>> raised = new TreeMap<>();
    private volatile Map<String, List<Alarm>> alarms = Map.of();
    private AlarmProviderService management;
    private volatile CircuitHolds holds;
    private volatile ExecutorService thread;

    /** Creates a book that goes by the system's clock. */
    public AlarmBook() {
        this(Clock.systemUTC());
    }

    AlarmBook(Clock clock) {
        this.clock = clock;
    }

    @Activate
    protected void activate() {
        thread = Executors.newSingleThreadExecutor(groupedThreads("cloister/ocs", "alarms", LOG));
        sessions.addListener(listener);
        changed();
    }

    @Deactivate
    protected void deactivate() {
        sessions.removeListener(listener);
        thread.shutdownNow();
    }

    /** Tells fault management from now on. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    protected synchronized void bindRegistry(AlarmProviderRegistry registry) {
        management = registry.register(provider);
        alarms.forEach((name, active) -> tell(name));
    }

    /** Does without fault management. */
    protected synchronized void unbindRegistry(AlarmProviderRegistry registry) {
        management = null;
        registry.unregister(provider);
    }

    /** Takes one that knows which ports are quarantined. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    protected void bindHolds(CircuitHolds known) {
        holds = known;
        known.addListener(listener);
        changed();
    }

    /** Knows of no quarantine any more. */
    protected void unbindHolds(CircuitHolds known) {
        known.removeListener(listener);
        if (holds == known) {
            holds = null;
            changed();
        }
    }

    /** Returns the alarms of a switch that are raised now. */
    List<Alarm> alarms(DeviceId device) {
        return alarms.getOrDefault(device.uri().getSchemeSpecificPart(), List.of());
    }

    private void changed() {
        ExecutorService now = thread;
        if (now != null && !now.isShutdown() && looking.compareAndSet(false, true)) {
            now.execute(() -> {
                looking.set(false);
                try {
                    look();
                } catch (RuntimeException e) {
                    LOG.error("Alarms of optical switches were not brought up to date", e);
                }
            });
        }
    }

    private void look() {
        Map<String, OcsSwitch> known = sessions.switches();
        known.values().stream().filter(this::isMine).forEach(each -> update(each.name(), troubles(each)));
        new ArrayList<>(raised.keySet()).stream().filter(name -> !known.containsKey(name) || !isMine(known.get(name)))
                .forEach(this::leave);
    }

    private List<Trouble> troubles(OcsSwitch known) {
        CircuitHolds now = holds;
        return SwitchTroubles.of(known, now == null ? Map.of() : now.quarantined(known.name()));
    }

    /** One node tells of a switch: its master, and any where it has none. */
    private boolean isMine(OcsSwitch known) {
        return known.master() || mastershipService.getMasterFor(OcsSessions.device(known.name())) == null;
    }

    /** Takes what is wrong with a switch now. */
    void update(String name, List<Trouble> troubles) {
        Map<Trouble, Long> before = raised.getOrDefault(name, Map.of());
        Map<Trouble, Long> now = new LinkedHashMap<>();
        troubles.forEach(trouble -> now.put(trouble, before.getOrDefault(trouble, clock.millis())));
        if (raised.containsKey(name) && before.keySet().equals(now.keySet())) {
            return;
        }
        now.keySet().stream().filter(trouble -> !before.containsKey(trouble))
                .forEach(trouble -> LOG.warn("Alarm raised: {}", trouble));
        before.keySet().stream().filter(trouble -> !now.containsKey(trouble))
                .forEach(trouble -> LOG.info("Alarm cleared: {}", trouble));
        raised.put(name, now);
        List<Alarm> active = new ArrayList<>();
        now.forEach((trouble, since) -> active.add(alarm(OcsSessions.device(name), trouble, since)));
        Map<String, List<Alarm>> next = new TreeMap<>(alarms);
        next.put(name, List.copyOf(active));
        alarms = next;
        tell(name);
    }

    /** Leaves a switch to another node, or to nobody if it is not configured any more: only then alarms are cleared. */
    private void leave(String name) {
        if (!sessions.switches().containsKey(name)) {
            update(name, List.of());
        }
        raised.remove(name);
        Map<String, List<Alarm>> next = new TreeMap<>(alarms);
        next.remove(name);
        alarms = next;
    }

    private synchronized void tell(String name) {
        if (management != null) {
            management.updateAlarmList(OcsSessions.device(name), alarms.getOrDefault(name, List.of()));
        }
    }

    private static Alarm alarm(DeviceId device, Trouble trouble, long since) {
        return new DefaultAlarm.Builder(AlarmId.alarmId(device, trouble.id()), device, trouble.description(),
                trouble.severity(), since).forSource(AlarmEntityId.alarmEntityId(trouble.source()))
                .withServiceAffecting(trouble.affectsService()).build();
    }

    private final class Provider extends AbstractProvider implements AlarmProvider {

        Provider() {
            super(new ProviderId("ocs", "org.cloister.driver-ocs"));
        }

        @Override
        public void triggerProbe(DeviceId deviceId) {
            thread.execute(() -> tell(deviceId.uri().getSchemeSpecificPart()));
        }
    }
}
