package org.cloister.isolation.control;

import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.control.admission.Admission;
import org.cloister.isolation.control.admission.Decisions;
import org.cloister.isolation.control.admission.Pending;
import org.cloister.isolation.control.admission.Proposals;
import org.cloister.isolation.control.admission.Refusal;
import org.cloister.isolation.control.admission.Relighting;
import org.cloister.isolation.control.admission.Relocation;
import org.cloister.isolation.control.admission.Repairs;
import org.cloister.isolation.control.admission.Room;
import org.cloister.isolation.control.environment.Limits;
import org.cloister.isolation.control.lifecycle.Expiry;
import org.cloister.isolation.control.lifecycle.Incompilable;
import org.cloister.isolation.control.lifecycle.Installing;
import org.cloister.isolation.control.lifecycle.Leaving;
import org.cloister.isolation.control.lifecycle.Meters;
import org.cloister.isolation.control.lifecycle.Purging;
import org.cloister.isolation.control.lifecycle.Reserved;
import org.cloister.isolation.control.lifecycle.Running;
import org.cloister.isolation.control.lifecycle.Strays;
import org.cloister.isolation.control.light.Demanding;
import org.cloister.isolation.control.light.Switching;
import org.cloister.isolation.control.observed.Observed;
import org.cloister.isolation.control.plan.Desired;
import org.cloister.isolation.control.plan.Operation;
import org.cloister.isolation.control.plan.Pass;
import org.cloister.isolation.control.plan.Plan;
import org.cloister.isolation.control.plan.Programs;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.program.Compiler;
import org.cloister.isolation.program.Program;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The one function that decides: what is wanted, what was observed and the time in, operations out. Total; creation,
 * repair, adoption after a restart and removal are all the same comparison, done again after every change. While a purge
 * holds {@link Purging} decides in its place.
 *
 * <p>It reads no clock and nothing else by itself. What it remembers from one pass to the next is what was compiled, which
 * is found again by what it was made of; and, in {@link Repairs}, which slices found nowhere to go in this fabric and
 * with this ledger, how often a move had failed, and where the last pass had to stop. The latter says when and in which
 * order slices that have to move are looked at again, never whether what is found for one is right: a new leader, which
 * remembers nothing, looks at all of them at once.
 *
 * <pre>
 * state        by           observed                                            next
 * PENDING      Pending      links, tag and hosts are free                       INSTALLING (ACTIVE, not enforced)
 *                           light is to be moved for links                      SWITCHING
 *                           they are, and hosts come later                      RESERVED
 *                           they are not                                        refused, then gone
 * RESERVED     Proposals    hosts are named, and links for them are free        INSTALLING, SWITCHING (ACTIVE)
 *              Repairs      what it holds is lost, and other links are free     RESERVED
 * SWITCHING    Switching    light is under every link, and the links are found  INSTALLING
 *              Relighting   light could not be moved, and there is other        SWITCHING
 *                           there is none, or it was tried often enough         FAILED
 *              Switching    the deadline                                        FAILED
 * INSTALLING   Installing   every rule was read back                            ACTIVE
 *                           a rule was refused repeatedly, or the deadline      FAILED
 * ACTIVE       Running      something is missing where enough is known, or a     DEGRADED
 *                           link failed and no others are free
 * ACTIVE       Running      rules are to be installed now, and light is missing SWITCHING
 * DEGRADED     Running      all is there again                                  ACTIVE
 * FAILED       Leaving      its rules were read back as gone, light is released FAILED without allocation
 * any          Purging      a purge holds                                       REMOVING; a request is refused
 * REMOVING     Leaving      its rules were read back as gone, light is released gone
 * </pre>
 * DELETE, from outside, turns every state into REMOVING, and so does {@link Expiry} when a lease runs out.
 *
 * <p>Nothing of a slice that is RESERVED is on a switch, so its allocation changes at once, under the same tag.
 *
 * <p>A slice that is ACTIVE or DEGRADED can move to another allocation, and keeps its state meanwhile: because a wish
 * for another specification was granted ({@link Proposals}), because links failed or are drained ({@link Repairs}), or
 * because it makes room for others ({@link Room}).
 * {@code Moving} brings the next allocation in, {@code Retiring} takes the old one out. What all of a slice's
 * allocations need of optical circuits {@link Demanding} asks for, and holds until their rules are gone.
 *
 * <p>What always holds, whatever was observed:
 * <ol>
 * <li>a rule of a slice is only sent after the allocation that it comes from was written;
 * <li>a rule of a slice is only sent to a switch that has taken every rule that denies by default;
 * <li>a rule of a slice is first sent when each of its links was discovered, and where that crosses an optical switch,
 * over a circuit that joins just the two; nobody else can have the ports of that circuit from then on;
 * <li>two stored allocations share no tag, and no exclusive link;
 * <li>a rule that admits a limited member is only made of a meter that the switch has shown and that the slice's
 * document names; two documents name no meter;
 * <li>a member of a slice that moves is admitted under one of the tags at any time, and under none before all paths of
 * that tag are there;
 * <li>a tag is held until reads that began after its last removal have shown every device without it;
 * <li>no key is added and removed in one plan, and a treatment never changes under a key;
 * <li>a switch that is not in the configuration is never touched, one that is not reached is never called empty.
 * </ol>
 */
final class Reconciler {

    private final Limits limits;
    private final Programs programs;
    private final Decisions decisions;
    private final Running running;
    private final Reserved reserved;
    private final Switching switching = new Switching();
    private final Installing installing = new Installing();
    private final Leaving leaving = new Leaving();
    private final Strays strays = new Strays();
    private final Meters meters = new Meters();

    Reconciler(Admission admission, Compiler compiler, Limits limits) {
        this.limits = limits;
        this.programs = new Programs(compiler);
        Relocation relocation = new Relocation(admission);
        Repairs repairs = new Repairs(relocation);
        Room room = new Room(admission);
        this.decisions = new Decisions(new Pending(admission, room), new Proposals(relocation, room), repairs,
                new Relighting(admission), room);
        this.running = new Running(repairs);
        this.reserved = new Reserved(repairs);
    }

    /** Returns the rules that deny by default; one of them on each device marks when it was read. */
    Program base(Fabric fabric) {
        return programs.base(fabric);
    }

    /**
     * Returns the operations that bring what is observed closer to what is desired; none when all is as it should be.
     *
     * @param fabric the fabric now; empty without a configuration, and then no switch is touched
     * @param now the time, which nothing here reads by itself
     */
    List<Operation> reconcile(Desired desired, Observed observed, Optional<Fabric> fabric, Instant now) {
        return fabric.map(found -> reconcile(desired, observed, found, now))
                .orElseGet(() -> withoutFabric(desired, observed, now));
    }

    private List<Operation> reconcile(Desired desired, Observed observed, Fabric fabric, Instant now) {
        programs.retain(desired.slices().stream().map(VersionedSlice::slice).collect(Collectors.toList()));
        Pass pass = new Pass(fabric, desired.drained(), observed, now, limits, programs);
        if (fabric.enforce()) {
            pass.base().plan(pass);
        }
        // what else is to be done with a slice comes after its document is written
        Set<SliceId> written = decisions.plan(pass, desired);
        written.addAll(meters.plan(pass, desired, written));
        desired.slices().stream().filter(slice -> !written.contains(slice.id()))
                .forEach(slice -> plan(pass, slice, desired.decidedSince()));
        Demanding.plan(pass, desired, written);
        strays.plan(pass, desired);
        return pass.plan().operations();
    }

    private void plan(Pass pass, VersionedSlice slice, Instant decidedSince) {
        if (Expiry.plan(pass.plan(), slice, pass.now(), decidedSince, limits)) {
            return;
        }
        try {
            planAs(slice.slice().state(), pass, slice);
        } catch (RuntimeException e) {
            // one document that makes no sense must not stop all others
            Incompilable.plan(pass, slice, e);
        }
    }

    private void planAs(SliceState state, Pass pass, VersionedSlice slice) {
        switch (state) {
            case RESERVED:
                reserved.plan(pass, slice);
                break;
            case SWITCHING:
                switching.plan(pass, slice);
                break;
            case INSTALLING:
                installing.plan(pass, slice);
                break;
            case ACTIVE:
            case DEGRADED:
                running.plan(pass, slice);
                break;
            case FAILED:
            case REMOVING:
                leaving.plan(pass, slice);
                break;
            default:
                break;
        }
    }

    private List<Operation> withoutFabric(Desired desired, Observed observed, Instant now) {
        Plan plan = new Plan(observed, now, limits.batch());
        for (VersionedSlice from : desired.slices()) {
            StoredSlice slice = from.slice();
            if (Expiry.plan(plan, from, now, desired.decidedSince(), limits)) {
                continue;
            }
            if (slice.state() == SliceState.PENDING) {
                if (!Refusal.answered(plan, from, now)) {
                    Refusal.plan(plan, from, Problem.of(ProblemType.NOT_READY,
                            "there is no valid configuration of the fabric"), now, limits.pending());
                }
            } else if (slice.state() == SliceState.REMOVING && holdsNothing(slice)) {
                plan.write(new Operation.Drop(from));
            } else if (slice.proposal().isPresent()) {
                Proposals.planWithoutFabric(plan, from, now, limits.pending());
            }
        }
        return plan.operations();
    }

    private static boolean holdsNothing(StoredSlice slice) {
        return slice.devices().isEmpty() && slice.move().isEmpty() && slice.retired().isEmpty();
    }
}
