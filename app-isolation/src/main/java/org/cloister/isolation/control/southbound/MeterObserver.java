package org.cloister.isolation.control.southbound;

import org.cloister.isolation.control.environment.MeterReader;
import org.cloister.isolation.control.environment.Services;
import org.cloister.isolation.control.observed.ImmutableMeterView;
import org.cloister.isolation.control.observed.MeterSize;
import org.cloister.isolation.control.observed.MeterView;
import org.cloister.isolation.control.observed.SeenMeter;
import org.cloister.isolation.control.observed.SeenMeter.Status;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.meter.MeterId;
import org.onosproject.net.meter.MeterService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Reads what ONOS knows of meters: after events, and every few seconds for what no event tells. ONOS keeps all meters
 * of a cluster in one map, so all are read at once. All but {@link #changed} belongs to the control thread.
 *
 * <p>What ONOS does not tell counts as unknown, and so does all that it told before a node has led for a moment: what
 * an earlier leader has just put into the map may not have come here yet.
 */
public final class MeterObserver {

    /** No event tells that a meter was withdrawn by somebody else. */
    static final Duration REFRESH = Duration.ofSeconds(10);
    static final Duration MOMENT = Duration.ofSeconds(1);

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final MeterService service;
    private final ApplicationId app;
    private final Clock clock;
    private final Duration pause;
    private final MeterReader reader;
    private final AtomicBoolean changed = new AtomicBoolean(true);
    private Map<DeviceId, SortedMap<Long, SeenMeter>> own = Map.of();
    private Map<DeviceId, Integer> others = Map.of();
    private Optional<Instant> first = Optional.empty();
    private Instant next = Instant.MIN;
    private boolean told;
    private boolean knows;

    /** Creates one that has read nothing yet. */
    public MeterObserver(Services services) {
        this.service = services.meters();
        this.app = services.app();
        this.clock = services.clock();
        this.pause = services.limits().untold();
        this.reader = services.meterReader();
    }

    /** Notes that meters have changed; from any thread. */
    public void changed() {
        changed.set(true);
    }

    /** Forgets everything. */
    public void clear() {
        own = Map.of();
        others = Map.of();
        first = Optional.empty();
        next = Instant.MIN;
        told = false;
        knows = false;
    }

    /** Returns when to look again at the latest. */
    public Instant next() {
        return next;
    }

    /** Looks at the meters of devices. */
    public Map<DeviceId, MeterView> observe(Collection<DeviceId> devices, MeterExecutor executor) {
        Instant now = clock.instant();
        boolean due = !now.isBefore(next);
        if (due || told && changed.get()) {
            look(now);
        }
        Map<DeviceId, MeterView> views = new HashMap<>();
        for (DeviceId device : devices) {
            SortedMap<Long, SeenMeter> meters = own.getOrDefault(device, new TreeMap<>());
            views.put(device, ImmutableMeterView.builder()
                    .known(told && knows)
                    .busy(executor.busy(device))
                    .meters(meters)
                    .others(others.getOrDefault(device, 0))
                    .capacity(reader.capacity(device))
                    .failures(executor.failures(device))
                    .refused(executor.refused(device, meters.keySet()))
                    .build());
        }
        return views;
    }

    private void look(Instant now) {
        // before the look: a change during it is looked at again
        changed.set(false);
        try {
            takeIn(service.getAllMeters(), now);
            told = true;
            knows = first.isPresent() && !now.isBefore(first.get().plus(MOMENT));
            first = first.or(() -> Optional.of(now));
            next = now.plus(knows ? REFRESH : MOMENT);
        } catch (RuntimeException e) {
            if (told) {
                log.warn("ONOS does not tell meters; they count as unknown until it does", e);
            }
            told = false;
            changed.set(true);
            // from now, not from the question: that may have taken longer than the pause
            next = clock.instant().plus(pause);
        }
    }

    private void takeIn(Collection<Meter> meters, Instant now) {
        Map<DeviceId, SortedMap<Long, SeenMeter>> seen = new HashMap<>();
        Map<DeviceId, Integer> foreign = new HashMap<>();
        for (Meter meter : meters) {
            Optional<MeterSize> size = MeterSize.of(meter);
            if (!app.equals(meter.appId()) || !(meter.meterCellId() instanceof MeterId) || size.isEmpty()) {
                foreign.merge(meter.deviceId(), 1, Integer::sum);
                continue;
            }
            long id = ((MeterId) meter.meterCellId()).id();
            SeenMeter before = own.getOrDefault(meter.deviceId(), new TreeMap<>()).get(id);
            Status status = status(meter);
            seen.computeIfAbsent(meter.deviceId(), device -> new TreeMap<>()).put(id,
                    before != null && before.status() == status && before.size().equals(size.get()) ? before
                            : new SeenMeter(id, size.get(), status, now));
        }
        own = seen;
        others = foreign;
    }

    private static Status status(Meter meter) {
        switch (meter.state()) {
            case ADDED:
                return Status.ADDED;
            case PENDING_REMOVE:
                return Status.LEAVING;
            default:
                return Status.SENT;
        }
    }
}
