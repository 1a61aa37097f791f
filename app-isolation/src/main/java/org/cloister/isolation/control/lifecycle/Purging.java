package org.cloister.isolation.control.lifecycle;

import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.Purge;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.control.admission.Refusal;
import org.cloister.isolation.control.environment.Limits;
import org.cloister.isolation.control.light.Demanding;
import org.cloister.isolation.control.observed.DeviceView;
import org.cloister.isolation.control.observed.MeterView;
import org.cloister.isolation.control.observed.Observed;
import org.cloister.isolation.control.observed.SeenRule;
import org.cloister.isolation.control.plan.Change;
import org.cloister.isolation.control.plan.Desired;
import org.cloister.isolation.control.plan.Operation;
import org.cloister.isolation.control.plan.Pass;
import org.cloister.isolation.control.plan.Programs;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.ImmutableFabric;
import org.cloister.isolation.program.Compiler;
import org.cloister.isolation.program.Tables;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.IndexTableId;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides in the reconciler's place while a purge holds. Its answers depend on nothing but what it is given, and it
 * is the same comparison again and again, as the reconciler's: what is wanted is nothing.
 * <ol>
 * <li>Every slice is REMOVING; requests are refused.
 * <li>Rules of slices go, those that admit packets first; then meters; then what is demanded of optical circuits; then
 * documents, once that was read back. Circuits stay as they are: they carry nothing any more, and who takes the fabric
 * over may use them.
 * <li>A switch that no document names any more, and that was read to have neither rules of slices nor meters, loses the
 * rules that deny by default. Before that they are kept, and put back where they are missing: as long as one rule of a slice is
 * there it must be alone.
 * </ol>
 * A switch that comes back later is treated so then. {@code "enforce":false} does not hold it up: that says that
 * nothing is to be installed.
 */
public final class Purging {

    private static final IndexTableId ADMIT = IndexTableId.of(Tables.ADMIT);

    private final short app;
    private final Limits limits;
    private final Programs programs;
    private final Leaving leaving = new Leaving();
    private final Meters meters = new Meters();
    /** The last fabric that was not enforced, and what it was made. */
    private Fabric given;
    private Fabric enforced;

    /** Creates what takes the rules of an application out. */
    public Purging(short app, Compiler compiler, Limits limits) {
        this.app = app;
        this.limits = limits;
        this.programs = new Programs(compiler);
    }

    /**
     * Returns a fabric as it has to be looked at: rules are to be removed whatever it says of installing them. The same
     * one for the same one, for what was compiled for a fabric is found again by its identity.
     */
    public Fabric enforced(Fabric fabric) {
        if (fabric.enforce()) {
            return fabric;
        }
        if (fabric != given) {
            enforced = ImmutableFabric.builder().from(fabric).enforce(true).build();
            given = fabric;
        }
        return enforced;
    }

    /** Returns why a request is refused. */
    public static Problem refusal(Purge purge) {
        return Problem.of(ProblemType.NOT_READY, "Cloister was purged by " + purge.by() + " at " + purge.since()
                + " and takes no requests; cloister:resume in the shell ends that");
    }

    /** Returns the operations that bring what is observed closer to nothing. */
    public List<Operation> plan(Purge purge, Desired desired, Observed observed, Fabric fabric, Instant now) {
        Pass pass = new Pass(enforced(fabric), desired.drained(), observed, now, limits, programs);
        List<VersionedSlice> staying = desired.slices().stream()
                .filter(from -> from.slice().state() != SliceState.REMOVING).collect(Collectors.toList());
        staying.forEach(from -> dismiss(pass, purge, from));
        if (staying.stream().anyMatch(from -> from.slice().state() != SliceState.PENDING)) {
            return pass.plan().operations(); // what their meters and rules are is decided when that is written
        }
        // documents that cannot be read do not hold up others: what they stand for is to go as well
        Set<SliceId> written = meters.plan(pass, new Desired(desired.slices(), Set.of(), desired.drained()),
                Set.of());
        desired.slices().stream().filter(from -> !written.contains(from.id()) && !staying.contains(from))
                .forEach(from -> leaving.plan(pass, from));
        Demanding.plan(pass, new Desired(desired.slices(), Set.of(), desired.drained()), written);
        Set<DeviceId> named = devices(desired.slices());
        pass.base().plan(pass, named::contains);
        Set<Integer> tags = tags(desired.slices());
        pass.fabric().switches().values().stream().map(each -> each.device())
                .forEach(device -> strip(pass, device, tags, named.contains(device)));
        return pass.plan().operations();
    }

    private static void dismiss(Pass pass, Purge purge, VersionedSlice from) {
        if (from.slice().state() != SliceState.PENDING) {
            pass.plan().write(new Operation.Write(from, Change.of(from.slice(), pass.now())
                    .state(SliceState.REMOVING, pass.limits().removing()).slice()));
        } else if (!Refusal.answered(pass.plan(), from, pass.now())) {
            Refusal.plan(pass.plan(), from, refusal(purge), pass.now(), pass.limits().pending());
        }
    }

    private void strip(Pass pass, DeviceId device, Set<Integer> owned, boolean named) {
        DeviceView view = pass.observed().device(device);
        List<FlowRule> orphans = view.table().tags().stream().filter(tag -> !owned.contains(tag))
                .flatMap(tag -> view.table().tagged(tag).stream()).map(SeenRule::rule).filter(this::ours)
                .collect(Collectors.toList());
        boolean admits = orphans.stream().anyMatch(rule -> rule.table().equals(ADMIT));
        remove(pass, view, orphans.stream().filter(rule -> !admits || rule.table().equals(ADMIT))
                .collect(Collectors.toList()));
        MeterView metered = pass.observed().meters(device);
        List<FlowRule> denying = view.table().untagged().stream().map(SeenRule::rule).filter(this::ours)
                .collect(Collectors.toList());
        if (named || !orphans.isEmpty() || !metered.meters().isEmpty() || denying.isEmpty()) {
            return;
        }
        // a table that is not read to its end may have rules of slices that are not seen yet
        if (view.known() && view.heldTags().isEmpty() && metered.known()) {
            remove(pass, view, denying);
        } else {
            pass.plan().read(device);
        }
    }

    private boolean ours(FlowRule rule) {
        return rule.appId() == app;
    }

    private static void remove(Pass pass, DeviceView view, Collection<FlowRule> rules) {
        for (FlowRule rule : rules) {
            boolean leaves = view.table().at(rule).status() == SeenRule.Status.LEAVING;
            if (!leaves || view.failures().containsKey(rule)) {
                pass.plan().remove(rule);
            }
            pass.plan().read(rule.deviceId());
        }
    }

    private static Set<DeviceId> devices(Collection<VersionedSlice> slices) {
        Set<String> ids = new HashSet<>();
        for (VersionedSlice from : slices) {
            StoredSlice slice = from.slice();
            ids.addAll(slice.devices());
            slice.move().ifPresent(move -> ids.addAll(move.devices()));
            slice.retired().forEach(retired -> ids.addAll(retired.devices()));
            slice.meters().forEach(meter -> ids.add(meter.device()));
        }
        return ids.stream().map(DeviceId::deviceId).collect(Collectors.toSet());
    }

    private static Set<Integer> tags(Collection<VersionedSlice> slices) {
        Set<Integer> tags = new HashSet<>();
        for (VersionedSlice from : slices) {
            from.slice().allocation().ifPresent(allocation -> tags.add(allocation.tag()));
            from.slice().move().ifPresent(move -> tags.add(move.allocation().tag()));
            from.slice().retired().forEach(retired -> tags.add(retired.allocation().tag()));
        }
        return tags;
    }
}
