package org.cloister.lab.discovery.link;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.onosproject.net.AnnotationKeys;
import org.onosproject.net.DeviceId;
import org.onosproject.net.Port;
import org.onosproject.net.PortNumber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ports of one device that are probed: each when it is added, all of them soon after that, since a probe is lost on a
 * neighbour that was not known yet, and then once a period.
 */
final class ProbedPorts {

    private static final Logger log = LoggerFactory.getLogger(ProbedPorts.class);
    private static final long FIRST_ROUND_MILLIS = 100;

    private final DeviceId deviceId;
    private final BiConsumer<PortNumber, String> probe;
    private final Map<PortNumber, String> names = new ConcurrentHashMap<>();
    private final ScheduledFuture<?> rounds;

    /**
     * Starts probing.
     *
     * @param probe sends the probes of a port, given its number and its name or an empty string
     */
    ProbedPorts(DeviceId deviceId, ScheduledExecutorService timer, long periodMillis, BiConsumer<PortNumber, String> probe) {
        this.deviceId = deviceId;
        this.probe = probe;
        this.rounds = timer.scheduleWithFixedDelay(this::round, FIRST_ROUND_MILLIS, periodMillis, TimeUnit.MILLISECONDS);
    }

    /** Adds a port or takes its new name; a port not yet known is probed at once. */
    void add(Port port) {
        String name = port.annotations().value(AnnotationKeys.PORT_NAME);
        String known = name == null ? "" : name;
        if (names.put(port.number(), known) == null) {
            send(port.number(), known);
        }
    }

    void remove(PortNumber port) {
        names.remove(port);
    }

    void stop() {
        rounds.cancel(false);
    }

    private void round() {
        names.forEach(this::send);
    }

    private void send(PortNumber port, String name) {
        try {
            probe.accept(port, name);
        } catch (RuntimeException e) {
            // thrown on, it would end this device's probes for good
            log.warn("Cannot probe {}/{}", deviceId, port, e);
        }
    }
}
