package org.cloister.isolation.control.lifecycle;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.control.plan.Conditions;
import org.cloister.isolation.control.plan.MeterNeed;
import org.cloister.isolation.control.plan.Pass;
import org.cloister.isolation.control.plan.Trouble;
import org.cloister.isolation.store.StoredMeter;
import org.cloister.isolation.store.StoredSlice;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether the members of one allocation of a slice have the meters that they need. */
final class Metering {

    private final Pass pass;
    private final List<MeterNeed> needs;
    private final List<MeterNeed> unmet;

    Metering(Pass pass, StoredSlice slice, Allocation allocation) {
        this.pass = pass;
        this.needs = MeterNeed.of(pass.fabric(), allocation);
        Set<MeterNeed> met = new HashSet<>();
        for (StoredMeter meter : slice.meters()) {
            met.add(MeterNeed.of(meter));
        }
        this.unmet = new ArrayList<>(needs);
        this.unmet.removeAll(met);
    }

    /** Returns whether every limited member has a meter that its switch has shown. */
    boolean complete() {
        return unmet.isEmpty();
    }

    /** Returns the trouble with a meter that was refused so many times, the last time not before a time. */
    Optional<Trouble> refused(int attempts, Instant since) {
        return unmet.stream().flatMap(need -> Optional.ofNullable(
                        pass.observed().meters(need.device()).failures().get(need.size())).stream()
                .filter(failure -> failure.repeated(attempts, since))
                .map(failure -> new Trouble(Conditions.METERS_REFUSED,
                        pass.name(need.device()) + ": " + failure.reason()))).findFirst();
    }

    /** Returns what is missing, where something is. */
    Optional<Trouble> missing() {
        return complete() ? Optional.empty() : Optional.of(new Trouble(Conditions.METERS_MISSING,
                "meters are missing on " + unmet.stream().map(MeterNeed::device).map(pass::name).distinct().sorted()
                        .collect(Collectors.joining(", "))));
    }

    /** Returns whether a meter is missing where enough is known to say so. */
    boolean surelyIncomplete() {
        return unmet.stream().map(MeterNeed::device).anyMatch(device -> pass.observed().meters(device).known()
                && !pass.observed().meters(device).busy() && pass.observed().device(device).available());
    }

    /** Has the switches' meters read: those that ONOS finds lost it puts back. */
    void read() {
        needs.stream().map(MeterNeed::device).forEach(pass.plan().meters()::read);
    }
}
