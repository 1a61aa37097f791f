package org.cloister.ocs.control;

import org.cloister.driver.ocs.session.Capability;
import org.cloister.driver.ocs.session.CircuitState;
import org.cloister.driver.ocs.session.PortState;
import org.cloister.driver.ocs.session.PortStatus;
import org.cloister.ocs.control.Finding.Kind;
import org.cloister.ocs.planning.SwitchFacts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Judges a circuit by what its switch says of it: the entry, its ports and the power of the light. */
final class Optics {

    /** Below this there is no light, but the noise of the meter. */
    private static final double DARKNESS_DBM = -40;

    private final CircuitSight sight;
    private final SwitchFacts facts;
    private final Limits limits;
    private final List<Finding> findings = new ArrayList<>();

    private Optics(CircuitSight sight, SwitchFacts facts, Limits limits) {
        this.sight = sight;
        this.facts = facts;
        this.limits = limits;
    }

    /** Returns what is wrong; nothing while the switch does not tell. */
    static List<Finding> inspect(CircuitSight sight, Limits limits) {
        Optional<SwitchFacts> facts = sight.facts().filter(each -> each.connected() && each.snapshot().isPresent());
        if (facts.isEmpty()) {
            return List.of();
        }
        Optics optics = new Optics(sight, facts.get(), limits);
        optics.inspect();
        return optics.findings;
    }

    private void inspect() {
        Optional<CircuitState> there = facts.circuit(sight.ports());
        if (there.isEmpty()) {
            find(Kind.MISSING, "is not there", List.of());
            return;
        }
        entry(there.get());
        if (facts.can(Capability.PORT_STATE)) {
            ports().forEach(this::port);
        }
        if (facts.can(Capability.OPTICAL_POWER)) {
            light();
        }
    }

    private void entry(CircuitState there) {
        String why = there.reason().filter(reason -> !reason.isEmpty()).map(reason -> ": " + reason).orElse("");
        switch (there.status()) {
            case FAILED:
                find(Kind.BROKEN, "is FAILED" + why, culprits(there));
                break;
            case INVALID:
                find(Kind.BROKEN, "is INVALID" + why, culprits(there));
                break;
            case PENDING_DELETION:
                find(Kind.MISSING, "is being removed" + why, List.of());
                break;
            case PENDING:
                find(Kind.UNSETTLED, "has not settled" + why, culprits(there));
                break;
            default:
                break;
        }
    }

    /** The ports that the switch itself calls faulty or unsettled, or names in its reason; both if it does not tell. */
    private List<String> culprits(CircuitState there) {
        List<String> failed = named(port -> port.status() == PortStatus.FAILED);
        if (failed.isEmpty()) {
            failed = ports().map(PortState::name).filter(name -> there.reason()
                    .filter(reason -> reason.matches("(?s).*\\bport '?\\Q" + name + "\\E\\b.*")).isPresent())
                    .collect(Collectors.toList());
        }
        if (failed.isEmpty()) {
            failed = named(port -> port.status() == PortStatus.TUNING || port.status() == PortStatus.BLOCKED);
        }
        return failed.isEmpty() ? List.of(sight.circuit().one(), sight.circuit().other()) : failed;
    }

    private List<String> named(java.util.function.Predicate<PortState> which) {
        return ports().filter(which).map(PortState::name).collect(Collectors.toList());
    }

    private Stream<PortState> ports() {
        return Stream.of(sight.circuit().one(), sight.circuit().other()).flatMap(port -> facts.port(port).stream());
    }

    private void port(PortState port) {
        String other = sight.circuit().one().equals(port.name()) ? sight.circuit().other() : sight.circuit().one();
        switch (port.status()) {
            case FAILED:
                find(Kind.BROKEN, "cannot work: port " + port.name() + " is FAILED", List.of(port.name()));
                break;
            case BLOCKED:
            case TUNING:
                find(Kind.UNSETTLED, "has not settled: port " + port.name() + " is " + port.status(),
                        List.of(port.name()));
                break;
            default:
                break;
        }
        port.peer().filter(peer -> !peer.equals(other)).ifPresent(peer -> find(Kind.MISSTEERED, "is not what it says: "
                + "port " + port.name() + " is joined with port " + peer, List.of(port.name())));
    }

    private void light() {
        Optional<PortState> one = facts.port(sight.circuit().one());
        Optional<PortState> other = facts.port(sight.circuit().other());
        if (one.isEmpty() || other.isEmpty()) {
            return;
        }
        boolean lit = input(one.get(), sight.one()) & input(other.get(), sight.other());
        if (lit) {
            loss(one.get(), other.get());
            loss(other.get(), one.get());
        }
    }

    private boolean input(PortState port, Optional<FibreSight> end) {
        OptionalDouble power = port.inputPowerDbm();
        String from = end.map(sighted -> " from " + sighted.name()).orElse("");
        boolean carrier = end.flatMap(sighted -> sighted.port().carrier()).orElse(false);
        if (power.isEmpty() ? !carrier : power.getAsDouble() <= DARKNESS_DBM) {
            find(Kind.DARK, "is dark: no light comes in" + from + " at port " + port.name(), List.of(port.name()));
            return false;
        }
        double least = facts.minimumInputDbm().orElse(limits.minimumInputDbm());
        if (power.isPresent() && power.getAsDouble() < least) {
            find(Kind.DARK, String.format(Locale.ROOT, "has too little light: %.2f dBm come in%s at port %s, less than "
                    + "%.1f dBm", power.getAsDouble(), from, port.name(), least),
                    List.of(port.name()));
            return false;
        }
        return true;
    }

    /** Which of the two mirrors takes the light cannot be told. */
    private void loss(PortState from, PortState to) {
        if (from.inputPowerDbm().isEmpty() || to.outputPowerDbm().isEmpty()) {
            return;
        }
        double loss = from.inputPowerDbm().getAsDouble() - to.outputPowerDbm().getAsDouble();
        if (loss > limits.maximumLossDb()) {
            find(Kind.DARK, String.format(Locale.ROOT, "takes %.2f dB of the light from port %s to port %s, more than "
                    + "%.1f dB", loss, from.name(), to.name(), limits.maximumLossDb()),
                    List.of(from.name(), to.name()));
        }
    }

    private void find(Kind kind, String what, List<String> ports) {
        findings.add(Finding.of(kind, sight.circuit() + " " + what, ports));
    }
}
