package org.cloister.isolation.control.plan;

import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Switch;
import org.cloister.isolation.program.Admittance;
import org.cloister.isolation.program.Compiler;
import org.cloister.isolation.program.Program;
import org.cloister.isolation.store.StoredSlice;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * Programs, and what was found out about them, remembered from pass to pass: a pass costs what has changed since the
 * last one. Remembering changes no answer; compilers are pure.
 */
public final class Programs {

    private final Compiler compiler;
    private final Map<SliceId, Map<Integer, Compiled>> slices = new HashMap<>();
    private SortedMap<String, Switch> switches;
    private Program base;

    /** Creates one that remembers nothing yet. */
    public Programs(Compiler compiler) {
        this.compiler = compiler;
    }

    /** Returns the rules that deny by default. */
    public Program base(Fabric fabric) {
        forgetUnless(fabric.switches());
        if (base == null) {
            base = compiler.base(fabric);
        }
        return base;
    }

    /**
     * Returns the rules of an installation.
     *
     * @throws IllegalArgumentException if its allocation contradicts itself
     */
    Compiled of(Fabric fabric, Installation installation) {
        forgetUnless(fabric.switches());
        Map<Integer, Compiled> byTag = slices.computeIfAbsent(installation.slice(), id -> new HashMap<>());
        Compiled found = byTag.get(installation.tag());
        Admittance admittance = installation.admittance(fabric);
        if (found == null || !found.isOf(installation.allocation(), admittance)) {
            found = new Compiled(compiler, fabric, installation.allocation(), admittance);
            byTag.put(installation.tag(), found);
        }
        return found;
    }

    /** Forgets all that none of these slices has. */
    public void retain(Collection<StoredSlice> wanted) {
        Set<SliceId> ids = new HashSet<>();
        for (StoredSlice slice : wanted) {
            ids.add(slice.id());
            Map<Integer, Compiled> byTag = slices.getOrDefault(slice.id(), Map.of());
            if (byTag.size() > 1) {
                Set<Integer> tags = new HashSet<>();
                Installation.all(slice).forEach(each -> tags.add(each.tag()));
                byTag.keySet().retainAll(tags);
            }
        }
        slices.keySet().retainAll(ids);
    }

    private void forgetUnless(SortedMap<String, Switch> now) {
        if (switches != now && !now.equals(switches)) {
            slices.clear();
            base = null;
        }
        switches = now;
    }
}
