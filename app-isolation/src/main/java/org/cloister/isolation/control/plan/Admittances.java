package org.cloister.isolation.control.plan;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.program.AdmitLevel;
import org.cloister.isolation.program.Admittance;
import org.cloister.isolation.program.ImmutableAdmittance;
import org.cloister.isolation.store.StoredMeter;
import org.cloister.isolation.store.StoredSlice;

import java.util.HashMap;
import java.util.Map;

/** Finds the meters that a slice's document names for the members of one of its allocations. */
public final class Admittances {

    private Admittances() {
    }

    /** Returns how an allocation of a slice admits at a level; members whose meter is not there yet are left out. */
    public static Admittance of(Fabric fabric, StoredSlice slice, Allocation allocation, AdmitLevel level) {
        if (slice.meters().isEmpty()) {
            return Admittance.at(level);
        }
        Map<String, MeterNeed> needs = new HashMap<>();
        MeterNeed.of(fabric, allocation).forEach(need -> needs.put(need.host(), need));
        Map<MeterNeed, Long> ids = new HashMap<>();
        for (StoredMeter meter : slice.meters()) {
            ids.put(MeterNeed.of(meter), meter.id());
        }
        ImmutableAdmittance.Builder admittance = Admittance.builder().level(level);
        allocation.members().forEach(member -> {
            Long id = ids.get(needs.get(member.host()));
            if (id != null) {
                admittance.putMeters(member.rank(), id);
            }
        });
        return admittance.build();
    }
}
