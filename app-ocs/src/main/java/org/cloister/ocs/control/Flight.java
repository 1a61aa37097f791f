package org.cloister.ocs.control;

import org.cloister.driver.ocs.session.OcsSessions;
import org.cloister.driver.ocs.session.TransactionResult;
import org.cloister.ocs.api.OpticalCircuit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Carries an order out. A move over several switches has no transaction of its own, so it is prepared on all before any
 * is told; where switches can, each change undoes itself unless it is confirmed, and is confirmed as soon as all have
 * settled. The dead man's switch covers just that: what is reported as done is confirmed, so that a controller that
 * dies later, while light and neighbours are looked at, or while slices run, never takes circuits with it; and a
 * switch with a change that waits takes no other, which must not last for the seconds that verifying takes.
 */
final class Flight {

    private final FlightOrder order;
    private final List<SwitchFlight> parts;
    private final Clock clock;
    private final Runnable progress;
    private Instant began;
    private Optional<Instant> sent = Optional.empty();
    private Duration preparing = Duration.ZERO;
    private Optional<Instant> ended = Optional.empty();

    Flight(FlightOrder order, OcsSessions sessions, Deadlines deadlines, Limits limits, Clock clock,
           Runnable progress) {
        this.order = order;
        this.parts = order.changes().keySet().stream()
                .map(name -> new SwitchFlight(name, order, sessions, deadlines, limits, clock)).collect(Collectors.toList());
        this.clock = clock;
        this.progress = progress;
    }

    FlightOrder order() {
        return order;
    }

    boolean hasBegun() {
        return began != null;
    }

    boolean hasEnded() {
        return ended.isPresent();
    }

    void begin() {
        began = clock.instant();
        if (order.kind() == FlightOrder.Kind.SETTLE) {
            each(parts, SwitchFlight::confirmEarlier, this::end);
        } else {
            each(parts, SwitchFlight::prepare, this::prepared);
        }
    }

    private void prepared() {
        preparing = Duration.between(began, clock.instant());
        if (order.kind() == FlightOrder.Kind.MOVE && failed()) {
            end();
            return;
        }
        List<SwitchFlight> ready = which(part -> part.failure().isEmpty());
        if (ready.stream().anyMatch(part -> !part.doneBefore())) {
            sent = Optional.of(clock.instant());
        }
        each(ready, SwitchFlight::apply, this::applied);
    }

    private void applied() {
        if (order.kind() != FlightOrder.Kind.MOVE) {
            end();
        } else if (failed() || parts.stream().anyMatch(part -> !part.unsettled().isEmpty())) {
            // what the switch shows of the failure goes with it
            each(parts, SwitchFlight::lookWhy, () -> each(parts, SwitchFlight::cancel, this::end));
        } else {
            each(parts, SwitchFlight::confirm, this::end);
        }
    }

    private boolean failed() {
        return parts.stream().anyMatch(part -> part.failure().isPresent());
    }

    private void end() {
        ended = Optional.of(clock.instant());
        progress.run();
    }

    private List<SwitchFlight> which(Predicate<SwitchFlight> wanted) {
        return parts.stream().filter(wanted).collect(Collectors.toList());
    }

    /** Has something done on switches at once, and goes on when it is done on all. */
    private static void each(Collection<SwitchFlight> parts, BiConsumer<SwitchFlight, Runnable> what, Runnable then) {
        if (parts.isEmpty()) {
            then.run();
            return;
        }
        int[] open = {parts.size()};
        parts.forEach(part -> what.accept(part, () -> {
            if (--open[0] == 0) {
                then.run();
            }
        }));
    }

    FlightReport report() {
        ImmutableFlightReport.Builder report = FlightReport.builder().order(order).ended(ended).sent(sent)
                .preparing(preparing);
        Duration setting = Duration.ZERO;
        Duration tuning = Duration.ZERO;
        for (SwitchFlight part : parts) {
            part.failure().ifPresent(why -> report.putFailures(part.name(), why));
            Optional<TransactionResult> result = part.result();
            setting = longer(setting, result.map(TransactionResult::setting).orElse(Duration.ZERO));
            tuning = longer(tuning, result.map(TransactionResult::tuning).orElse(Duration.ZERO));
            if (ended.isPresent() && order.kind() != FlightOrder.Kind.SETTLE) {
                part.unsettled().forEach(ports -> report.putUnsettled(
                        OpticalCircuit.of(part.name(), ports.one(), ports.other()), part.finding(ports)));
            }
        }
        return report.setting(setting).tuning(tuning).build();
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }
}
