package org.cloister.isolation.control.southbound;

import org.cloister.isolation.control.environment.Services;
import org.cloister.isolation.control.observed.DeviceView;
import org.cloister.isolation.control.observed.ImmutableDeviceView;
import org.cloister.isolation.control.observed.Observed;
import org.cloister.isolation.control.observed.SeenRule;
import org.onosproject.net.DeviceId;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/**
 * Reads what ONOS knows of our rules, per device, and only where events say that something has changed. All but
 * {@link #changed} and {@link #restarted} belongs to the control thread.
 *
 * <p>The question goes to the node that is master of the device, and if that does not answer it takes the control
 * thread's time: a device whose question failed counts as unknown, and is left alone for a while.
 */
public final class Observer {

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final FlowRuleService flowRules;
    private final DeviceService devices;
    private final short app;
    private final IntPredicate nobodys;
    private final Clock clock;
    private final Duration pause;
    private final Map<DeviceId, DeviceTracker> trackers = new HashMap<>();
    private final Set<DeviceId> untold = new HashSet<>();
    /** When a device whose question failed is asked about again. */
    private final Map<DeviceId, Instant> heldBack = new HashMap<>();
    private final Set<DeviceId> unchanged = ConcurrentHashMap.newKeySet();
    private final Set<DeviceId> restarted = ConcurrentHashMap.newKeySet();

    /** Creates one that has read nothing yet. */
    public Observer(Services services) {
        this.flowRules = services.flowRules();
        this.devices = services.devices();
        this.app = services.app().id();
        this.nobodys = services.nobodys();
        this.clock = services.clock();
        this.pause = services.limits().untold();
    }

    /** Notes that rules on a device have changed; from any thread. */
    public void changed(DeviceId device) {
        unchanged.remove(device);
    }

    /** Notes that a device came or went; from any thread. */
    public void restarted(DeviceId device) {
        restarted.add(device);
        unchanged.remove(device);
    }

    /** Forgets everything. */
    public void clear() {
        trackers.clear();
        heldBack.clear();
        unchanged.clear();
    }

    /** Notes that operations on some rules have just ended. */
    public void touched(DeviceId device, Collection<FlowRule> rules) {
        DeviceTracker tracker = trackers.get(device);
        if (tracker != null) {
            rules.forEach(tracker::touched);
        }
        changed(device);
    }

    /** Returns whether a device's own account has shown a rule lately. */
    public boolean shows(FlowRule rule) {
        DeviceTracker tracker = trackers.get(rule.deviceId());
        SeenRule seen = tracker == null ? null : tracker.table().at(rule);
        return seen != null && seen.confirms(rule);
    }

    /** Returns how often a device was read; the number starts again when the device does. */
    public long reads(DeviceId device) {
        DeviceTracker tracker = trackers.get(device);
        return tracker == null ? 0 : tracker.reads();
    }

    /**
     * Looks at devices.
     *
     * @param base the rules that deny by default, by device
     * @param executor knows what is under way and what has failed
     * @param readable whether a device's table can be read at any time
     */
    public Observed observe(Collection<DeviceId> wanted, Map<DeviceId, List<FlowRule>> base, Executor executor,
                            Predicate<DeviceId> readable) {
        Instant now = clock.instant();
        heldBack.values().removeIf(until -> !until.isAfter(now));
        Map<DeviceId, DeviceView> views = new HashMap<>();
        for (DeviceId device : wanted) {
            views.put(device, ImmutableDeviceView.copyOf(
                    view(device, base.getOrDefault(device, List.of()), executor))
                    .withReadable(readable.test(device)));
        }
        return new Observed(views);
    }

    private DeviceView view(DeviceId device, List<FlowRule> base, Executor executor) {
        DeviceTracker tracker = trackers.computeIfAbsent(device, key -> new DeviceTracker(app, nobodys));
        if (restarted.remove(device)) {
            tracker.reset();
            heldBack.remove(device);
        }
        boolean available = devices.isAvailable(device) && !heldBack.containsKey(device);
        // before the look: a change during it is looked at again
        if (available && unchanged.add(device)) {
            available = look(device, tracker, base);
        }
        return ImmutableDeviceView.builder()
                .available(available)
                .busy(executor.busy(device))
                .reads(tracker.reads())
                .table(tracker.table())
                .tagReads(tracker.tagReads())
                .hostAdmitReads(tracker.hostAdmitReads())
                .failures(executor.failures(device))
                .build();
    }

    /** Returns when a device that is left alone can be asked about again. */
    public Optional<Instant> next() {
        return heldBack.values().stream().min(Comparator.naturalOrder());
    }

    private boolean look(DeviceId device, DeviceTracker tracker, List<FlowRule> base) {
        try {
            tracker.look(flowRules.getFlowEntries(device), base.stream().findFirst());
            if (untold.remove(device)) {
                log.info("ONOS tells the rules on {} again", device);
            }
            return true;
        } catch (RuntimeException e) {
            if (untold.add(device)) {
                log.warn("ONOS does not tell the rules on {}; they count as unknown until it does", device, e);
            }
            unchanged.remove(device);
            // from now, not from the question: that may have taken longer than the pause
            heldBack.put(device, clock.instant().plus(pause));
            return false;
        }
    }
}
