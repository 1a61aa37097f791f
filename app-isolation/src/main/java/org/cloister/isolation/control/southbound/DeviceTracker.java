package org.cloister.isolation.control.southbound;

import org.cloister.isolation.control.observed.DeviceView;
import org.cloister.isolation.control.observed.RuleTable;
import org.cloister.isolation.control.observed.SeenRule;
import org.cloister.isolation.control.observed.SeenRule.Status;
import org.cloister.isolation.control.observed.Tags;
import org.cloister.isolation.control.observed.Treatments;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Follows one switch from one look at ONOS's flow rule store to the next.
 *
 * <p>ONOS does not say when it read a switch's table. It does stamp every rule that a read shows, so one rule that is
 * always there, the first that denies by default, marks the reads: its time changes with each. The times are those of
 * the node that is master of the switch; they are compared with each other only, never with a clock of this node.
 *
 * <p>A rule that ONOS has marked as added stays so when the switch restarts without it. It therefore counts as
 * confirmed only if its own time is later than all times known when the switch became available, and not older than
 * the read before the last one.
 */
final class DeviceTracker {

    private final short app;
    private final IntPredicate nobodys;
    private final Map<Integer, Long> tagReads = new HashMap<>();
    private final Map<Integer, Long> hostAdmitReads = new HashMap<>();
    private final Set<Integer> touched = new HashSet<>();
    private final Set<Integer> touchedHostAdmits = new HashSet<>();
    private RuleTable table = RuleTable.empty();
    private boolean looked;
    private long floor;
    private long reads;
    private FlowRule sentinel;
    private long mark;
    private long markBefore;
    private long markBeforeThat;

    /**
     * Follows a switch.
     *
     * @param app the number that our rules carry
     * @param nobodys whether a number is no application's; asked once per number and look
     */
    DeviceTracker(short app, IntPredicate nobodys) {
        this.app = app;
        this.nobodys = nobodys;
    }

    /** Begins anew: the switch was away, or its rules were looked after by another leader. */
    void reset() {
        looked = false;
        reads = 0;
        sentinel = null;
        mark = 0;
        markBefore = 0;
        markBeforeThat = 0;
        tagReads.clear();
        hostAdmitReads.clear();
    }

    /** Notes that an operation on a rule has just ended, whatever came of it. */
    void touched(FlowRule rule) {
        Tags.of(rule).ifPresent(tag -> {
            touched.add(tag);
            if (Tags.pushes(rule)) {
                touchedHostAdmits.add(tag);
            }
        });
    }

    /**
     * Takes over what ONOS knows now.
     *
     * @param marker the rule that marks reads; empty as long as none is wanted on the switch
     */
    void look(Iterable<FlowEntry> entries, Optional<FlowRule> marker) {
        List<FlowEntry> own = new ArrayList<>();
        Map<Short, Boolean> asked = new HashMap<>();
        entries.forEach(entry -> {
            if (entry.appId() == app || asked.computeIfAbsent(entry.appId(), number -> nobodys.test(number)) && onSwitch(entry)) {
                own.add(entry);
            }
        });
        if (!looked) {
            floor = own.stream().mapToLong(FlowEntry::lastSeen).max().orElse(0);
            looked = true;
        }
        marker.ifPresent(rule -> mark(rule, own));
        takeOver(own);
        note(tagReads, touched, table.tags());
        note(hostAdmitReads, touchedHostAdmits, table.pushedTags());
    }

    private void note(Map<Integer, Long> lastReads, Set<Integer> justTouched, Set<Integer> there) {
        justTouched.addAll(there);
        justTouched.forEach(tag -> lastReads.put(tag, reads));
        justTouched.clear();
        lastReads.values().removeIf(read -> reads >= read + DeviceView.READS);
    }

    /** What is only asked for was asked for by an application, which may be so new that it is not known here yet. */
    private static boolean onSwitch(FlowEntry entry) {
        return entry.state() != FlowEntry.FlowEntryState.PENDING_ADD;
    }

    private void mark(FlowRule marker, Collection<FlowEntry> own) {
        for (FlowEntry entry : own) {
            if (entry.equals(marker) && entry.state() == FlowEntry.FlowEntryState.ADDED
                    && entry.lastSeen() > floor && entry.lastSeen() != mark) {
                if (marker.equals(sentinel) || sentinel == null) {
                    reads++;
                }
                sentinel = marker;
                markBeforeThat = markBefore;
                markBefore = mark;
                mark = entry.lastSeen();
            }
        }
    }

    /** Keeps the table, and the objects in it, as far as nothing has changed. */
    private void takeOver(List<FlowEntry> own) {
        List<SeenRule> seen = new ArrayList<>(own.size());
        boolean changed = own.size() != table.rules().size();
        for (FlowEntry entry : own) {
            Status status = status(entry);
            SeenRule before = table.at(entry);
            if (before != null && before.status() == status
                    && Treatments.same(before.rule().treatment(), entry.treatment())) {
                seen.add(before);
            } else {
                seen.add(new SeenRule(entry, status));
                changed = true;
            }
        }
        if (changed) {
            table = RuleTable.of(seen);
        }
    }

    private Status status(FlowEntry entry) {
        switch (entry.state()) {
            case ADDED:
                return entry.lastSeen() > floor && entry.lastSeen() >= markBeforeThat
                        ? Status.CONFIRMED : Status.UNCERTAIN;
            case PENDING_REMOVE:
            case REMOVED:
                return Status.LEAVING;
            default:
                return Status.SENT;
        }
    }

    RuleTable table() {
        return table;
    }

    long reads() {
        return reads;
    }

    Map<Integer, Long> tagReads() {
        return Map.copyOf(tagReads);
    }

    Map<Integer, Long> hostAdmitReads() {
        return Map.copyOf(hostAdmitReads);
    }
}
