package org.cloister.isolation.control;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Switch;
import org.cloister.isolation.program.Admittance;
import org.cloister.isolation.program.Compiler;
import org.cloister.isolation.program.Program;
import org.cloister.isolation.store.StoredSlice;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRule;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Programs, and what was found out about them, remembered from pass to pass: a pass costs what has changed since the
 * last one. Remembering changes no answer; compilers are pure.
 */
final class Programs {

    private final Compiler compiler;
    private final Map<SliceId, Remembered> slices = new HashMap<>();
    private SortedMap<String, Switch> switches;
    private Program base;

    Programs(Compiler compiler) {
        this.compiler = compiler;
    }

    /** Returns the rules that deny by default. */
    Program base(Fabric fabric) {
        forgetUnless(fabric.switches());
        if (base == null) {
            base = compiler.base(fabric);
        }
        return base;
    }

    /**
     * Returns the rules of a slice's allocation.
     *
     * @throws IllegalArgumentException if the allocation contradicts itself
     */
    Program of(Fabric fabric, StoredSlice slice) {
        return remembered(fabric, slice).program;
    }

    /** Returns the ids of the devices that a slice has rules on. */
    SortedSet<String> devices(Fabric fabric, StoredSlice slice) {
        return remembered(fabric, slice).devices;
    }

    /** Compares a slice's rules on one device with what was seen there. */
    DeviceProgress progress(Fabric fabric, StoredSlice slice, DeviceId device, RuleTable table) {
        Remembered remembered = remembered(fabric, slice);
        Compared compared = remembered.compared.get(device);
        if (compared == null || compared.table != table) {
            List<FlowRule> wanted = remembered.program.rules().getOrDefault(device, List.of());
            compared = new Compared(table, DeviceProgress.of(wanted, table));
            remembered.compared.put(device, compared);
        }
        return compared.progress;
    }

    /** Returns what is wrong with a slice in a fabric, whatever is on the switches. */
    Optional<Trouble> trouble(Fabric fabric, StoredSlice slice) {
        Remembered remembered = remembered(fabric, slice);
        if (remembered.judgedIn != fabric) {
            remembered.judgedIn = fabric;
            remembered.trouble = Needs.unmet(fabric, remembered.allocation, remembered.program);
        }
        return remembered.trouble;
    }

    /** Forgets slices that are gone. */
    void retain(Set<SliceId> ids) {
        slices.keySet().retainAll(ids);
    }

    private Remembered remembered(Fabric fabric, StoredSlice slice) {
        forgetUnless(fabric.switches());
        Allocation allocation = slice.allocation().orElseThrow();
        Remembered remembered = slices.get(slice.id());
        Admittance admittance = Admittances.of(fabric, slice, allocation, slice.admitLevel());
        if (remembered == null || !remembered.allocation.equals(allocation)
                || !remembered.admittance.equals(admittance)) {
            remembered = new Remembered(allocation, admittance, compiler.slice(fabric, allocation, admittance));
            slices.put(slice.id(), remembered);
        }
        return remembered;
    }

    private void forgetUnless(SortedMap<String, Switch> now) {
        if (switches != now && !now.equals(switches)) {
            slices.clear();
            base = null;
        }
        switches = now;
    }

    private static final class Remembered {

        private final Allocation allocation;
        private final Admittance admittance;
        private final Program program;
        private final SortedSet<String> devices;
        private final Map<DeviceId, Compared> compared = new HashMap<>();
        private Fabric judgedIn;
        private Optional<Trouble> trouble;

        private Remembered(Allocation allocation, Admittance admittance, Program program) {
            this.allocation = allocation;
            this.admittance = admittance;
            this.program = program;
            SortedSet<String> ids = new TreeSet<>();
            program.rules().keySet().forEach(device -> ids.add(device.toString()));
            this.devices = Collections.unmodifiableSortedSet(ids);
        }
    }

    private static final class Compared {

        private final RuleTable table;
        private final DeviceProgress progress;

        private Compared(RuleTable table, DeviceProgress progress) {
            this.table = table;
            this.progress = progress;
        }
    }
}
