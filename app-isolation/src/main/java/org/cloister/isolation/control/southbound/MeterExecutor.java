package org.cloister.isolation.control.southbound;

import org.cloister.isolation.control.environment.Limits;
import org.cloister.isolation.control.environment.Services;
import org.cloister.isolation.control.observed.Failure;
import org.cloister.isolation.control.observed.MeterSize;
import org.cloister.isolation.control.plan.Operation;
import org.cloister.isolation.metrics.ControlMetrics;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.meter.Band;
import org.onosproject.net.meter.DefaultBand;
import org.onosproject.net.meter.DefaultMeterRequest;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.meter.MeterContext;
import org.onosproject.net.meter.MeterFailReason;
import org.onosproject.net.meter.MeterId;
import org.onosproject.net.meter.MeterRequest;
import org.onosproject.net.meter.MeterService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Submits and withdraws meters; together with {@link org.cloister.isolation.control.southbound.Executor} the only place
 * that writes to switches. Each call of ONOS's meter service asks the cluster several times, so the calls have a thread
 * of their own, which all devices share; operations on one device follow each other. The time of an operation runs from
 * when that thread takes it: one that has waited too long for its turn is taken back, and is no failure.
 *
 * <p>Whether a meter is there is observed, not answered. What ONOS does answer, when it does, is that a switch refused
 * one: then ONOS would send it at every poll for ever, so its id is remembered until it is withdrawn.
 *
 * <p>Everything but the calls belongs to the control thread; ONOS's answers are handed over to it.
 */
public final class MeterExecutor {

    private static final String METERS = "meters";

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final MeterService service;
    private final ApplicationId app;
    private final Executor calls;
    private final ScheduledExecutorService control;
    private final Clock clock;
    private final Limits limits;
    private final Runnable ended;
    private final ControlMetrics metrics;
    private final Map<DeviceId, Batch> underWay = new HashMap<>();
    private final Map<DeviceId, Map<MeterSize, Failure>> failures = new HashMap<>();
    private final Map<DeviceId, Set<Long>> refused = new HashMap<>();

    /**
     * Creates an executor.
     *
     * @param ended is run on the control thread when something has ended or was refused
     */
    public MeterExecutor(Services services, Runnable ended) {
        this.service = services.meters();
        this.app = services.app();
        this.calls = services.meterCalls();
        this.control = services.control();
        this.clock = services.clock();
        this.limits = services.limits();
        this.ended = ended;
        this.metrics = services.metrics();
    }

    boolean busy(DeviceId device) {
        return underWay.containsKey(device);
    }

    Map<MeterSize, Failure> failures(DeviceId device) {
        Map<MeterSize, Failure> found = failures.get(device);
        if (found == null) {
            return Map.of();
        }
        found.values().removeIf(failure -> failure.old(clock.instant(), limits));
        return Map.copyOf(found);
    }

    /** Returns which of the ids that ONOS knows were refused by the switch. */
    Set<Long> refused(DeviceId device, Set<Long> present) {
        Set<Long> found = refused.get(device);
        if (found == null) {
            return Set.of();
        }
        found.retainAll(present);
        return Set.copyOf(found);
    }

    /** Forgets everything, and does nothing more: another leader looks after what is under way. */
    public void clear() {
        underWay.values().forEach(Batch::giveUp);
        underWay.clear();
        failures.clear();
        refused.clear();
    }

    /** Submits and withdraws meters on a device that is not {@link #busy}. */
    public void apply(Operation.Meter operation) {
        if (busy(operation.device())) {
            throw new IllegalStateException(operation + " while others are under way there");
        }
        Batch batch = new Batch(operation);
        underWay.put(operation.device(), batch);
        metrics.sent(METERS, operation.submits().size() + operation.withdrawals().size());
        batch.timeout = control.schedule(() -> takeBack(batch), limits.metering().toMillis(), TimeUnit.MILLISECONDS);
        calls.execute(() -> {
            handOver(() -> begin(batch));
            call(batch);
            handOver(() -> end(batch));
        });
    }

    private void takeBack(Batch batch) {
        log.warn("{}: {} did not get its turn at ONOS's meter service within {} s; it is planned anew",
                batch.operation.device(), batch.operation, limits.metering().toSeconds());
        batch.givenUp = true;
        end(batch);
    }

    private void begin(Batch batch) {
        if (!batch.givenUp) {
            batch.timeout.cancel(false);
            batch.timeout = control.schedule(() -> tooLong(batch), limits.answer().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void tooLong(Batch batch) {
        log.warn("{}: {} took ONOS more than {} s", batch.operation.device(), batch.operation,
                limits.answer().toSeconds());
        // what was not yet submitted has not failed
        Optional.ofNullable(batch.submitting).ifPresent(size ->
                failed(batch, size, "no answer of ONOS's meter service"));
        batch.givenUp = true;
        end(batch);
    }

    private void call(Batch batch) {
        batch.operation.withdrawals().forEach((id, size) -> {
            if (!batch.givenUp) {
                withdraw(batch.operation.device(), id, size);
            }
        });
        for (MeterSize size : batch.operation.submits()) {
            if (!batch.givenUp) {
                batch.submitting = size;
                submit(batch, size);
            }
        }
    }

    // the call that is not deprecated is not there in ONOS 2.5.0
    @SuppressWarnings("deprecation")
    private void withdraw(DeviceId device, long id, MeterSize size) {
        try {
            service.withdraw(request(device, size, new MeterContext() {
            }).remove(), MeterId.meterId(id));
        } catch (RuntimeException e) {
            log.warn("{}: meter {} could not be withdrawn; it will be tried again", device, id, e);
        }
    }

    private void submit(Batch batch, MeterSize size) {
        DeviceId device = batch.operation.device();
        CompletableFuture<Long> id = new CompletableFuture<>();
        try {
            Meter submitted = service.submit(request(device, size, new MeterContext() {
                @Override
                public void onSuccess(MeterRequest done) {
                    handOver(() -> failures.getOrDefault(device, new HashMap<>()).remove(size));
                }

                @Override
                public void onError(MeterRequest failed, MeterFailReason reason) {
                    if (reason == MeterFailReason.EXISTING_METER) {
                        // statistics that were on their way did not show it, so ONOS sent it twice
                        log.debug("{}: a meter of {} is there already", device, size);
                        return;
                    }
                    id.thenAccept(found -> handOver(() -> refused(batch, size, found, reason)));
                }
            }).add());
            id.complete(((MeterId) submitted.meterCellId()).id());
        } catch (IllegalArgumentException e) {
            // what ONOS says when it has no id left, or does not know yet which ids the switch has
            handOver(() -> failed(batch, size, "ONOS has no meter for it: " + e.getMessage()));
        } catch (RuntimeException e) {
            handOver(() -> failed(batch, size, "ONOS's meter service: " + e));
        }
    }

    private MeterRequest.Builder request(DeviceId device, MeterSize size, MeterContext context) {
        return DefaultMeterRequest.builder().forDevice(device).fromApp(app).withUnit(Meter.Unit.KB_PER_SEC).burst()
                .withBands(List.of(DefaultBand.builder().ofType(Band.Type.DROP)
                        .withRate(size.bitsPerSecond() / MeterSize.KILO)
                        .burstSize(size.burstBits() / MeterSize.KILO).build()))
                .withContext(context);
    }

    private void refused(Batch batch, MeterSize size, long id, MeterFailReason reason) {
        if (!batch.givenUp) {
            refused.computeIfAbsent(batch.operation.device(), device -> new HashSet<>()).add(id);
            failed(batch, size, "a meter of " + size + " was refused: " + reason);
            ended.run();
        }
    }

    private void failed(Batch batch, MeterSize size, String reason) {
        if (!batch.givenUp) {
            log.warn("{}: {}", batch.operation.device(), reason);
            metrics.failed(METERS, 1);
            failures.computeIfAbsent(batch.operation.device(), device -> new HashMap<>()).compute(size,
                    (key, before) -> Failure.after(before, clock.instant(), limits, reason));
        }
    }

    private void end(Batch batch) {
        if (underWay.get(batch.operation.device()) == batch) {
            underWay.remove(batch.operation.device());
            batch.timeout.cancel(false);
            ended.run();
        }
    }

    /** ONOS may answer when this node has stopped, on a thread that is not ours to break. */
    private void handOver(Runnable answer) {
        try {
            control.execute(answer);
        } catch (RejectedExecutionException e) {
            log.debug("Stopped; an answer of ONOS is not heard any more");
        }
    }

    /** Meters of one device, with the end that is awaited. */
    private static final class Batch {

        private final Operation.Meter operation;
        /** Another leader has taken over, or it took too long; read by the thread of the calls. */
        private volatile boolean givenUp;
        /** What ONOS was last asked for; null before that. */
        private volatile MeterSize submitting;
        private ScheduledFuture<?> timeout;

        private Batch(Operation.Meter operation) {
            this.operation = operation;
        }

        private void giveUp() {
            givenUp = true;
            timeout.cancel(false);
        }
    }
}
