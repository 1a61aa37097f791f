package org.cloister.isolation.control;

import org.cloister.isolation.control.environment.MeterReader;
import org.cloister.isolation.control.observed.MeterSize;
import org.cloister.testing.VirtualTime;
import org.onosproject.net.DeviceId;
import org.onosproject.net.meter.DefaultMeter;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.meter.MeterCellId;
import org.onosproject.net.meter.MeterEvent;
import org.onosproject.net.meter.MeterFailReason;
import org.onosproject.net.meter.MeterId;
import org.onosproject.net.meter.MeterListener;
import org.onosproject.net.meter.MeterRequest;
import org.onosproject.net.meter.MeterServiceAdapter;
import org.onosproject.net.meter.MeterState;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * ONOS's meter subsystem and the meters of the switches below it, as far as applications can tell: ids that ONOS
 * chooses and uses again; meters that are PENDING_ADD until statistics show them and PENDING_REMOVE until these show
 * them no longer; statistics every ten seconds, and after a removal, by which ONOS sends again what is missing and
 * removes what is unknown; one answer, or none, to whoever asked.
 */
public final class FakeMeters extends MeterServiceAdapter {

    static final Duration POLL = Duration.ofSeconds(10);
    static final Duration EXPIRY = Duration.ofSeconds(30);

    private final VirtualTime time;
    private final FakeOnosRules onos;
    private final Map<DeviceId, Table> tables = new HashMap<>();
    private final List<MeterListener> listeners = new ArrayList<>();
    private boolean silent;
    private Duration slow = Duration.ZERO;
    private int submitted;
    private boolean readable = true;

    FakeMeters(VirtualTime time, FakeOnosRules onos) {
        this.time = time;
        this.onos = onos;
        time.schedule(this::poll, 2, TimeUnit.SECONDS);
    }

    /** Whether ONOS's store answers. */
    public void silent(boolean now) {
        silent = now;
    }

    /** How long ONOS takes to submit a meter. */
    public void slow(Duration now) {
        slow = now;
    }

    /** Whether meters can be read at any time, else only at ONOS's polls. */
    void readable(boolean now) {
        readable = now;
    }

    /** Returns how many meters were ever asked for. */
    public int submitted() {
        return submitted;
    }

    /** Loses what ONOS's store has of a meter, as an administrator's purge does. */
    void forget(FakeSwitch of, long id) {
        Table table = table(of.device);
        Entry gone = table.entries.remove(id);
        if (gone != null) {
            table.returned.add(id);
            post(MeterEvent.Type.METER_REMOVED, gone);
        }
    }

    /** Returns what ONOS's store has of a device's meters, by id. */
    SortedMap<Long, MeterState> states(FakeSwitch of) {
        SortedMap<Long, MeterState> states = new TreeMap<>();
        table(of.device).entries.forEach((id, entry) -> states.put(id, entry.state));
        return states;
    }

    MeterReader reader() {
        return new MeterReader() {
            @Override
            public boolean read(DeviceId device) {
                if (readable) {
                    statistics(onos.at(device));
                }
                return readable;
            }

            @Override
            public long answers(DeviceId device) {
                return table(device).answers;
            }

            @Override
            public OptionalLong capacity(DeviceId device) {
                return OptionalLong.of(onos.at(device).maxMeters);
            }
        };
    }

    private Table table(DeviceId device) {
        return tables.computeIfAbsent(device, key -> new Table());
    }

    @Override
    public void addListener(MeterListener listener) {
        listeners.add(listener);
    }

    @Override
    public void removeListener(MeterListener listener) {
        listeners.remove(listener);
    }

    @Override
    public Collection<Meter> getAllMeters() {
        answer();
        return tables.values().stream().flatMap(table -> table.entries.values().stream()).map(Entry::meter)
                .collect(Collectors.toList());
    }

    private void answer() {
        if (silent) {
            throw new IllegalStateException("the store does not answer");
        }
    }

    @Override
    public Meter submit(MeterRequest request) {
        answer();
        time.pass(slow);
        submitted++;
        FakeSwitch to = onos.at(request.deviceId());
        Table table = table(request.deviceId());
        long id = table.next();
        if (id > to.maxMeters) {
            throw new IllegalArgumentException("Must specify a cell id.");
        }
        Entry entry = new Entry(id, request);
        table.entries.put(id, entry);
        send(to, entry);
        time.schedule(() -> {
            if (entry.state == MeterState.PENDING_ADD && table.entries.get(id) == entry) {
                entry.fail(MeterFailReason.TIMEOUT);
            }
        }, EXPIRY.toMillis(), TimeUnit.MILLISECONDS);
        return entry.meter();
    }

    private void send(FakeSwitch to, Entry entry) {
        time.schedule(() -> {
            if (!to.available || to.behaviour != FakeSwitch.Behaviour.OBEY) {
                return;
            }
            if (to.meters.containsKey(entry.id)) {
                entry.fail(MeterFailReason.EXISTING_METER);
            } else if (to.refusesMeters.test(entry.size()) || to.meters.size() >= to.maxMeters) {
                entry.fail(MeterFailReason.OUT_OF_METERS);
            } else if (entry.state != MeterState.PENDING_REMOVE) {
                to.meters.put(entry.id, entry.size());
            }
        }, to.latency.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void withdraw(MeterRequest request, MeterId id) {
        withdraw(request, (MeterCellId) id);
    }

    @Override
    public void withdraw(MeterRequest request, MeterCellId cell) {
        answer();
        FakeSwitch to = onos.at(request.deviceId());
        Entry entry = table(request.deviceId()).entries.get(((MeterId) cell).id());
        if (entry != null && entry.state != MeterState.PENDING_REMOVE) {
            if (to.entries.keySet().stream().flatMap(rule -> rule.treatment().meters().stream())
                    .anyMatch(meter -> meter.meterId().id() == entry.id)) {
                onos.violations().add("meter " + entry.id + " is withdrawn before its rules");
            }
            entry.state = MeterState.PENDING_REMOVE;
            remove(to, entry.id);
            statistics(to);
        }
    }

    private void remove(FakeSwitch from, long id) {
        time.schedule(() -> {
            if (from.available && from.behaviour == FakeSwitch.Behaviour.OBEY && !from.keepsMeters) {
                onos.loseMeter(from, id, true);
            }
        }, from.latency.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void poll() {
        onos.switches().forEach(this::statistics);
        time.schedule(this::poll, POLL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void statistics(FakeSwitch of) {
        time.schedule(() -> {
            SortedMap<Long, MeterSize> answer = new TreeMap<>(of.meters);
            if (of.available) {
                time.schedule(() -> takeIn(of, answer), of.latency.toMillis(), TimeUnit.MILLISECONDS);
            }
        }, of.latency.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void takeIn(FakeSwitch from, SortedMap<Long, MeterSize> answer) {
        Table table = table(from.device);
        table.answers++;
        for (Entry entry : List.copyOf(table.entries.values())) {
            boolean there = answer.containsKey(entry.id);
            if (entry.state == MeterState.PENDING_REMOVE && there) {
                remove(from, entry.id);
            } else if (entry.state == MeterState.PENDING_REMOVE) {
                forget(from, entry.id);
            } else if (!there) {
                send(from, entry);
            } else if (entry.state == MeterState.PENDING_ADD) {
                entry.state = MeterState.ADDED;
                entry.succeed();
                post(MeterEvent.Type.METER_ADDED, entry);
            }
        }
        answer.keySet().stream().filter(id -> !table.entries.containsKey(id)).forEach(id -> remove(from, id));
    }

    private void post(MeterEvent.Type type, Entry entry) {
        MeterEvent event = new MeterEvent(type, entry.meter());
        List.copyOf(listeners).forEach(listener -> time.execute(() -> listener.event(event)));
    }

    /** What ONOS's store has of one device. */
    private static final class Table {

        private final SortedMap<Long, Entry> entries = new TreeMap<>();
        private final SortedSet<Long> returned = new TreeSet<>();
        private long last;
        private long answers;

        private long next() {
            if (returned.isEmpty()) {
                return ++last;
            }
            long id = returned.first();
            returned.remove(id);
            return id;
        }
    }

    /** A meter in ONOS's store. */
    private static final class Entry {

        private final long id;
        private final MeterRequest request;
        private MeterState state = MeterState.PENDING_ADD;
        private boolean answered;

        private Entry(long id, MeterRequest request) {
            this.id = id;
            this.request = request;
        }

        private MeterSize size() {
            return MeterSize.of(meter()).orElseThrow();
        }

        private Meter meter() {
            Meter.Builder builder = DefaultMeter.builder().forDevice(request.deviceId()).fromApp(request.appId())
                    .withCellId(MeterId.meterId(id)).withUnit(request.unit()).withBands(request.bands());
            DefaultMeter meter = (DefaultMeter) (request.isBurst() ? builder.burst() : builder).build();
            meter.setState(state);
            return meter;
        }

        private void succeed() {
            if (!answered) {
                answered = true;
                request.context().ifPresent(context -> context.onSuccess(request));
            }
        }

        private void fail(MeterFailReason reason) {
            if (!answered) {
                answered = true;
                request.context().ifPresent(context -> context.onError(request, reason));
            }
        }
    }
}
