package org.cloister.ocs.control;

import org.cloister.driver.ocs.session.OcsSessions;
import org.cloister.driver.ocs.session.TransactionResult;
import org.cloister.ocs.api.OpticalCircuit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final FlightOrder order;
    private final List<SwitchFlight> parts;
    private final Clock clock;
    private final Runnable progress;
    private Instant began;
    private Optional<Instant> sent = Optional.empty();
    private Duration preparing = Duration.ZERO;
    private Optional<Instant> ended = Optional.empty();
    private boolean abandoned;
    private boolean broken;

    Flight(FlightOrder order, OcsSessions sessions, Deadlines deadlines, Limits limits, Clock clock,
           Runnable progress) {
        this.order = order;
        this.parts = order.changes().keySet().stream()
                .map(name -> new SwitchFlight(name, order, sessions, deadlines, limits, clock, new Course()))
                .collect(Collectors.toList());
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

    /** Tells switches nothing more: another leader looks after what they were told, and after what waits there. */
    void abandon() {
        abandoned = true;
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
        if (abandoned || order.kind() == FlightOrder.Kind.MOVE && failed()) {
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
        if (abandoned || order.kind() != FlightOrder.Kind.MOVE) {
            end();
        } else if (failed() || parts.stream().anyMatch(part -> !part.unsettled().isEmpty())) {
            // what the switch shows of the failure goes with it
            each(parts, SwitchFlight::lookWhy, this::cancel);
        } else {
            each(parts, SwitchFlight::confirm, this::end);
        }
    }

    private void cancel() {
        each(abandoned ? List.of() : parts, SwitchFlight::cancel, this::end);
    }

    private boolean failed() {
        return parts.stream().anyMatch(part -> part.failure().isPresent());
    }

    private void end() {
        if (hasEnded()) {
            return;
        }
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

    /** What a switch's part has to know of the whole. */
    final class Course {

        boolean isAbandoned() {
            return abandoned;
        }

        /** Gives up where a step broke off: what waits for confirmation is undone, and the order ends as failed. */
        void breakOff(RuntimeException cause) {
            if (hasEnded()) {
                log.error("After the order for {} ended", order.owner(), cause);
                return;
            }
            log.error("The order for {} breaks off", order.owner(), cause);
            if (broken) {
                end();
            } else {
                broken = true;
                each(abandoned ? List.of() : parts, SwitchFlight::takeBack, Flight.this::end);
            }
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }
}
