package org.cloister.isolation.control;

import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.control.observed.Observed;
import org.cloister.isolation.control.requests.Removals;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Switch;
import org.cloister.isolation.metrics.ControlMetrics;
import org.cloister.isolation.store.VersionedSlice;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** What monitoring shows of what is stored and what was read. */
final class Figures {

    private Figures() {
    }

    static void tell(ControlMetrics metrics, Collection<VersionedSlice> slices, Fabric fabric, Observed observed) {
        Map<SliceState, Integer> states = new EnumMap<>(SliceState.class);
        slices.stream().filter(Removals::exists).forEach(each -> states.merge(each.slice().state(), 1, Integer::sum));
        Map<String, Integer> rules = new TreeMap<>();
        Map<String, Integer> meters = new TreeMap<>();
        for (Switch each : fabric.switches().values()) {
            // of a switch that is not reached nothing is told, rather than what it had once
            if (observed.device(each.device()).available()) {
                rules.put(each.name(), observed.device(each.device()).table().rules().size());
            }
            if (observed.meters(each.device()).known()) {
                meters.put(each.name(), observed.meters(each.device()).meters().size());
            }
        }
        metrics.looked(states, rules, meters);
    }
}
