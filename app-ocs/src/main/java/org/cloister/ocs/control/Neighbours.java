package org.cloister.ocs.control;

import org.cloister.ocs.control.Finding.Kind;
import org.onosproject.net.ConnectPoint;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Judges a circuit by what the packet switches at both ends notice: carrier, and whom they hear. The switch cannot
 * deceive them: a mirror that points elsewhere shows here.
 *
 * <p>ONOS keeps a link for a while that nothing is heard of. After a move, a link counts if it was found since, or is
 * still known when every ghost is gone.
 */
final class Neighbours {

    private final CircuitSight sight;
    private final Function<ConnectPoint, String> names;
    private final Limits limits;
    private final Instant now;
    private final List<Finding> findings = new ArrayList<>();

    private Neighbours(CircuitSight sight, Function<ConnectPoint, String> names, Limits limits, Instant now) {
        this.sight = sight;
        this.names = names;
        this.limits = limits;
        this.now = now;
    }

    /**
     * Judges a circuit that is to be established.
     *
     * @param sent when the switch was told; empty if the circuit was there before
     * @param tuned when the mirrors had moved
     */
    static List<Finding> verify(CircuitSight sight, Optional<Instant> sent, Optional<Instant> tuned,
                                Function<ConnectPoint, String> names, Limits limits, Instant now) {
        Neighbours neighbours = new Neighbours(sight, names, limits, now);
        if (sight.hasEnds()) {
            neighbours.verify(sight.one().get(), sight.other().get(), sight.circuit().one(), sent, tuned);
            neighbours.verify(sight.other().get(), sight.one().get(), sight.circuit().other(), sent, tuned);
        }
        return neighbours.findings;
    }

    /** Judges a circuit that was established. */
    static List<Finding> watch(CircuitSight sight, Function<ConnectPoint, String> names, Limits limits, Instant now) {
        Neighbours neighbours = new Neighbours(sight, names, limits, now);
        if (sight.hasEnds()) {
            neighbours.watch(sight.one().get(), sight.other().get(), sight.circuit().one());
            neighbours.watch(sight.other().get(), sight.one().get(), sight.circuit().other());
        }
        return neighbours.findings;
    }

    private void verify(FibreSight end, FibreSight far, String port, Optional<Instant> sent, Optional<Instant> tuned) {
        stranger(end, far, tuned).ifPresent(stranger -> misSteered(end, far, port, stranger));
        if (end.port().carrier().isEmpty()) {
            find(Kind.UNSEEN, "cannot be seen: the switch of " + end.name() + " is not connected", List.of());
        } else if (!end.port().carrier().get()) {
            find(Kind.NO_CARRIER, "does not work: " + end.name() + " has no carrier", List.of(port));
        } else if (!counts(end.port().hears().get(far.point()), sent)) {
            find(Kind.UNHEARD, "does not work: " + end.name() + " does not hear " + far.name(),
                    List.of(sight.circuit().one(), sight.circuit().other()));
        }
    }

    private void watch(FibreSight end, FibreSight far, String port) {
        Instant planned = end.port().hears().get(far.point());
        if (end.port().carrier().isEmpty()) {
            return; // nothing is known, which is no news of the light
        }
        if (!end.port().carrier().get()) {
            find(Kind.NO_CARRIER, "does not work: " + end.name() + " has no carrier", List.of(port));
            return;
        }
        newest(end.port().hears(), far).filter(stranger -> planned == null || stranger.getValue().isAfter(planned))
                .ifPresent(stranger -> misSteered(end, far, port, stranger));
        boolean silent = end.port().silent().filter(this::longAgo).isPresent() && longAgo(far.port().steady());
        if (silent && far.port().carrier().orElse(false)) {
            find(Kind.UNHEARD, "does not work: " + end.name() + " has a carrier and hears nobody",
                    List.of(sight.circuit().one(), sight.circuit().other()));
        }
    }

    private boolean counts(Instant seen, Optional<Instant> since) {
        return seen != null && (since.isEmpty() || seen.isAfter(since.get()) || longAgo(since.get()));
    }

    private boolean longAgo(Instant then) {
        return !then.plus(limits.linkAge()).isAfter(now);
    }

    /** Returns who else is heard, or hears, that counts; without a move the planned neighbour's newer word holds. */
    private Optional<Map.Entry<ConnectPoint, Instant>> stranger(FibreSight end, FibreSight far,
                                                                Optional<Instant> tuned) {
        return stranger(end.port().hears(), far, tuned).or(() -> stranger(end.port().heardBy(), far, tuned));
    }

    private Optional<Map.Entry<ConnectPoint, Instant>> stranger(Map<ConnectPoint, Instant> all, FibreSight far,
                                                                Optional<Instant> tuned) {
        Instant planned = all.get(far.point());
        return newest(all, far).filter(stranger -> planned == null || stranger.getValue().isAfter(planned))
                .filter(stranger -> counts(stranger.getValue(), tuned));
    }

    private static Optional<Map.Entry<ConnectPoint, Instant>> newest(Map<ConnectPoint, Instant> all, FibreSight far) {
        return all.entrySet().stream().filter(each -> !each.getKey().equals(far.point()))
                .max(Map.Entry.<ConnectPoint, Instant>comparingByValue()
                        .thenComparing(each -> each.getKey().toString(), Comparator.naturalOrder()));
    }

    private void misSteered(FibreSight end, FibreSight far, String port, Map.Entry<ConnectPoint, Instant> stranger) {
        find(Kind.MISSTEERED, "is mis-steered: " + end.name() + (end.port().hears().containsKey(stranger.getKey())
                ? " hears " : " is heard by ") + names.apply(stranger.getKey()) + " and not " + far.name()
                + ", by port " + port, List.of(port));
    }

    private void find(Kind kind, String what, List<String> ports) {
        findings.add(Finding.of(kind, sight.circuit() + " " + what, ports));
    }
}
