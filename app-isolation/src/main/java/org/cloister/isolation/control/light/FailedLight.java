package org.cloister.isolation.control.light;

import org.cloister.isolation.control.plan.Installation;
import org.cloister.isolation.control.plan.Pass;
import org.cloister.isolation.fabric.Circuit;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.ImmutableFabric;
import org.cloister.isolation.store.StoredSlice;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Light that has failed a slice: whoever is at fault, the same again would most likely fail again. */
public final class FailedLight {

    private FailedLight() {
    }

    /** Returns the fabric without the light that could not be moved, or that went out, for a slice. */
    public static Fabric spared(Pass pass, StoredSlice slice) {
        SortedMap<Circuit, String> failed = new TreeMap<>();
        slice.allocation().ifPresent(held -> {
            failed.putAll(lost(pass, Installation.current(slice)));
            failed.putAll(new LightProgress(pass, slice, held).troubles());
        });
        slice.move().ifPresent(move -> {
            failed.putAll(lost(pass, Installation.next(slice, move)));
            failed.putAll(new LightProgress(pass, slice, move.allocation()).troubles());
        });
        return without(pass.fabric(), failed);
    }

    private static SortedMap<Circuit, String> lost(Pass pass, Installation installation) {
        SortedMap<Circuit, String> lost = new TreeMap<>();
        new LostLinks(pass, installation).circuits().forEach(circuit -> lost.put(circuit, "its light went out"));
        return lost;
    }

    private static Fabric without(Fabric fabric, Map<Circuit, String> failed) {
        if (failed.isEmpty()) {
            return fabric;
        }
        SortedMap<String, SortedMap<String, String>> unusable = new TreeMap<>();
        fabric.unusableOpticalPorts().forEach((name, ports) -> unusable.put(name, new TreeMap<>(ports)));
        failed.forEach((circuit, why) -> List.of(circuit.one(), circuit.other()).forEach(port -> unusable
                .computeIfAbsent(circuit.opticalSwitch(), name -> new TreeMap<>()).putIfAbsent(port, why)));
        return ImmutableFabric.copyOf(fabric).withUnusableOpticalPorts(unusable);
    }
}
