package org.cloister.isolation.control.verification;

import org.cloister.isolation.api.Verification.Difference;
import org.cloister.isolation.api.Verification.Kind;
import org.cloister.isolation.api.Verification.SwitchCheck;
import org.cloister.isolation.control.observed.MeterSize;
import org.cloister.isolation.control.observed.Tags;
import org.cloister.isolation.control.observed.Texts;
import org.cloister.isolation.control.observed.Treatments;
import org.cloister.isolation.control.plan.MeterNeed;
import org.cloister.isolation.fabric.Switch;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowEntry.FlowEntryState;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.meter.MeterState;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares one switch with what is expected there. Pure. */
final class SwitchVerifier {

    /** A rule that ONOS has not seen for so much longer than the others is one that its polls miss. */
    private static final Duration STALE = Duration.ofSeconds(15);

    private final Switch at;
    private final boolean available;
    private final Map<FlowRule, FlowEntry> entries = new HashMap<>();
    private final Optional<Instant> lastRead;
    private final List<Difference> differences = new ArrayList<>();
    private int expected;
    private int present;
    private int missing;
    private int different;
    private int extra;
    private int metersExpected;
    private int metersPresent;

    /**
     * Creates a comparison.
     *
     * @param all the rules on the switch, as ONOS knows them
     */
    SwitchVerifier(Switch at, boolean available, Collection<FlowEntry> all) {
        this.at = at;
        this.available = available;
        all.forEach(entry -> entries.put(entry, entry));
        this.lastRead = all.stream().filter(entry -> entry.state() == FlowEntryState.ADDED)
                .map(entry -> Instant.ofEpochMilli(entry.lastSeen())).max(Instant::compareTo);
    }

    /** Compares rules; those that deny by default must be there, too, where the slice has any. */
    SwitchVerifier rules(Expectation wanted, List<FlowRule> base) {
        List<FlowRule> required = wanted.required(at.device());
        Map<FlowRule, FlowRule> either = wanted.either(at.device());
        if (!required.isEmpty() || !either.isEmpty()) {
            base.forEach(this::require);
        }
        required.forEach(this::require);
        either.forEach((one, other) -> {
            if (shown(entries.get(other), other)) {
                require(other);
            } else {
                require(one);
            }
        });
        Set<FlowRule> judged = new HashSet<>(required);
        entries.values().stream().filter(entry -> Tags.of(entry).isPresent()
                && wanted.tags().contains(Tags.of(entry).getAsInt()) && !judged.contains(entry)).forEach(entry -> {
                    FlowRule may = wanted.at(entry);
                    if (may == null) {
                        extra++;
                        tell(Kind.EXTRA, entry, entry.state() == FlowEntryState.ADDED ? "" : " (" + entry.state() + ")");
                    } else if (!Treatments.same(entry, may)) {
                        different++;
                        tell(Kind.DIFFERENT, entry, ", wanted " + may.treatment().allInstructions());
                    }
                });
        return this;
    }

    private void require(FlowRule rule) {
        FlowEntry entry = entries.get(rule);
        expected++;
        if (shown(entry, rule)) {
            present++;
        } else if (entry != null && entry.state() == FlowEntryState.ADDED && !Treatments.same(entry, rule)) {
            different++;
            tell(Kind.DIFFERENT, entry, ", wanted " + rule.treatment().allInstructions());
        } else {
            missing++;
            tell(Kind.MISSING, rule, entry == null ? ""
                    : entry.state() == FlowEntryState.ADDED ? " (not shown by the last reads)"
                    : " (" + entry.state() + ")");
        }
    }

    private boolean shown(FlowEntry entry, FlowRule wanted) {
        return entry != null && entry.state() == FlowEntryState.ADDED && Treatments.same(entry, wanted)
                && !Instant.ofEpochMilli(entry.lastSeen()).isBefore(lastRead.orElse(Instant.MIN).minus(
                        lastRead.isPresent() ? STALE : Duration.ZERO));
    }

    /**
     * Compares meters.
     *
     * @param needs what the slice needs on all switches
     * @param named ids of the meters that its document names for them
     * @param meters the meters of this application on the switch
     */
    SwitchVerifier meters(Collection<MeterNeed> needs, Map<MeterNeed, Long> named, Collection<Meter> meters) {
        Map<Long, Meter> byId = new HashMap<>();
        meters.forEach(meter -> byId.put(meter.id().id(), meter));
        for (MeterNeed need : needs) {
            if (!need.device().equals(at.device())) {
                continue;
            }
            metersExpected++;
            Long id = named.get(need);
            Meter found = id == null ? null : byId.get(id);
            Optional<String> wrong = wrong(need, id, found);
            if (wrong.isPresent()) {
                differences.add(Difference.of(at.name(), Kind.METER, need.host() + " needs " + need.size() + "; "
                        + wrong.get()));
            } else {
                metersPresent++;
            }
        }
        return this;
    }

    private static Optional<String> wrong(MeterNeed need, Long id, Meter found) {
        if (id == null) {
            return Optional.of("no meter is named for it");
        }
        if (found == null) {
            return Optional.of("its meter " + id + " is not there");
        }
        if (found.state() != MeterState.ADDED) {
            return Optional.of("its meter " + id + " is " + found.state());
        }
        Optional<MeterSize> size = MeterSize.of(found);
        return size.filter(need.size()::equals).isPresent() ? Optional.empty() : Optional.of(
                "its meter " + id + " limits to " + size.map(Object::toString).orElse("something else"));
    }

    private void tell(Kind kind, FlowRule rule, String more) {
        differences.add(Difference.of(at.name(), kind, Texts.rule(rule) + more));
    }

    /** Returns whether the switch has anything to do with the slice. */
    boolean concerned() {
        return expected > 0 || extra > 0 || different > 0 || metersExpected > 0;
    }

    SwitchCheck check() {
        return SwitchCheck.builder().name(at.name()).device(at.device().toString()).available(available)
                .lastRead(lastRead).expected(expected).present(present).missing(missing).different(different)
                .extra(extra).metersExpected(metersExpected).metersPresent(metersPresent).build();
    }

    /** Returns what is wrong; of a switch that is not reached that alone, since what it holds is not known. */
    List<Difference> differences() {
        return available || !concerned() ? differences : List.of(Difference.of(at.name(), Kind.UNREACHABLE,
                "ONOS does not reach " + at.device() + "; what it holds is not known"));
    }
}
