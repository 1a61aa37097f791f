package org.cloister.isolation.control;

import org.cloister.isolation.control.environment.Limits;
import org.cloister.isolation.control.observed.Treatments;
import org.cloister.testing.VirtualTime;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.DefaultFlowEntry;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowEntry.FlowEntryState;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleEvent;
import org.onosproject.net.flow.FlowRuleListener;
import org.onosproject.net.flow.FlowRuleOperation;
import org.onosproject.net.flow.FlowRuleOperations;
import org.onosproject.net.flow.FlowRuleService;
import org.onosproject.net.flow.FlowRuleServiceAdapter;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * ONOS's flow rule subsystem and the switches below it, as far as applications can tell: a store of entries that are
 * PENDING_ADD until a read shows them and PENDING_REMOVE until the switch says that they are gone; batches that are
 * unordered and acknowledged by a barrier; reads every five seconds that send again what is missing and import or
 * remove what is unknown.
 */
public final class FakeOnosRules extends FlowRuleServiceAdapter {

    static final Duration POLL = Duration.ofSeconds(5);
    /** When nobody waits for an answer any more. */
    private static final Duration GIVEN_UP = Limits.defaults().answer().minusMillis(1);
    private static final Duration LATE = Duration.ofSeconds(14);

    private final VirtualTime time;
    private final Map<String, FakeSwitch> switches = new TreeMap<>();
    private final List<FlowRuleListener> listeners = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private Random order = new Random(0);
    private Watcher watcher = (rule, present, commanded) -> {
    };
    private BiConsumer<String, FlowRuleOperations> sending = (sender, operations) -> {
    };
    private boolean importing = true;

    FakeOnosRules(VirtualTime time) {
        this.time = time;
    }

    FakeSwitch add(DeviceId device) {
        FakeSwitch added = new FakeSwitch(device);
        switches.put(device.toString(), added);
        time.schedule(() -> poll(added), 1, TimeUnit.SECONDS);
        return added;
    }

    FakeSwitch at(DeviceId device) {
        return switches.get(device.toString());
    }

    Collection<FakeSwitch> switches() {
        return switches.values();
    }

    /** What a caller did that real ONOS punishes. */
    List<String> violations() {
        return violations;
    }

    /** Has something run after every single change of a rule on a switch. */
    void watch(Runnable now) {
        watch((rule, present, commanded) -> now.run());
    }

    /** Has something told of every single change of a rule on a switch. */
    void watch(Watcher now) {
        watcher = now;
    }

    /** Has something run with every batch that a node sends, before anything comes of it. */
    void sending(BiConsumer<String, FlowRuleOperations> now) {
        sending = now;
    }

    /** Returns the service as a node of a cluster has it. */
    FlowRuleService of(String node) {
        return new FlowRuleServiceAdapter() {
            @Override
            public void addListener(FlowRuleListener listener) {
                FakeOnosRules.this.addListener(listener);
            }

            @Override
            public void removeListener(FlowRuleListener listener) {
                FakeOnosRules.this.removeListener(listener);
            }

            @Override
            public Iterable<FlowEntry> getFlowEntries(DeviceId device) {
                return FakeOnosRules.this.getFlowEntries(device);
            }

            @Override
            public void apply(FlowRuleOperations operations) {
                FakeOnosRules.this.apply(node, operations);
            }
        };
    }

    /** A switch loses a rule by itself, or somebody else takes it away. */
    void lose(FakeSwitch from, FlowRule rule) {
        remove(from, rule, false);
    }

    /** Somebody else puts a rule on a switch. */
    void plant(FakeSwitch to, FlowRule rule) {
        put(to, rule, false);
    }

    /** Has batches carried out in other orders. */
    void seed(long seed) {
        order = new Random(seed);
    }

    /** Whether rules that a switch has and the store has not are imported, else removed from the switch. */
    void importing(boolean now) {
        importing = now;
    }

    /** Says that a new node sends from now on, which cannot know what an earlier one has under way. */
    void newSender() {
        switches.values().forEach(each -> each.underWay.clear());
    }

    /** Says that a node begins anew: it cannot know, or has given up, what it has under way. */
    void newSender(String node) {
        switches.values().forEach(each -> each.underWay.values().removeIf(node::equals));
    }

    /** Loses what ONOS keeps in memory, as its restart does. */
    void forget() {
        switches.values().forEach(each -> each.entries.clear());
    }

    @Override
    public void addListener(FlowRuleListener listener) {
        listeners.add(listener);
    }

    @Override
    public void removeListener(FlowRuleListener listener) {
        listeners.remove(listener);
    }

    @Override
    public Iterable<FlowEntry> getFlowEntries(DeviceId device) {
        FakeSwitch found = at(device);
        found.asked++;
        if (found.unreadable) {
            throw new IllegalStateException("the store does not tell the rules on " + device);
        }
        return found.entries.values().stream().map(Entry::copy).collect(Collectors.toList());
    }

    @Override
    public void apply(FlowRuleOperations operations) {
        apply("", operations);
    }

    private void apply(String sender, FlowRuleOperations operations) {
        sending.accept(sender, operations);
        List<FlowRuleOperation> all = operations.stages().stream().flatMap(Collection::stream)
                .collect(Collectors.toList());
        FakeSwitch to = at(all.get(0).rule().deviceId());
        check(all, to, sender);
        to.batches++;
        to.underWay.put(operations, sender);
        time.schedule(() -> to.underWay.remove(operations), GIVEN_UP.toMillis(), TimeUnit.MILLISECONDS);
        time.schedule(() -> {
            all.forEach(each -> store(to, each));
            if (!to.available) {
                finish(to, operations, Set.copyOf(rules(all)));
            } else if (to.behaviour != FakeSwitch.Behaviour.LOSE) {
                arrive(to, () -> send(to, operations, all));
            }
        }, to.dispatch.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void arrive(FakeSwitch at, Runnable arrival) {
        Instant soonest = time.now().plus(at.latency);
        at.arrives = soonest.isAfter(at.arrives) ? soonest : at.arrives;
        time.schedule(arrival, Duration.between(time.now(), at.arrives).toMillis(), TimeUnit.MILLISECONDS);
    }

    private void check(List<FlowRuleOperation> all, FakeSwitch to, String sender) {
        Set<FlowRule> keys = new HashSet<>();
        for (FlowRuleOperation each : all) {
            if (!each.rule().deviceId().equals(to.device)) {
                violations.add("one batch for several devices");
            }
            if (!keys.add(each.rule())) {
                violations.add("a key twice in one batch: " + each.rule());
            }
            Entry stored = to.entries.get(each.rule());
            if (each.type() == FlowRuleOperation.Type.ADD && stored != null
                    && !Treatments.same(stored.treatment(), each.rule().treatment())) {
                violations.add("another treatment under a key: " + each.rule());
            }
        }
        if (to.underWay.containsValue(sender)) {
            violations.add("two batches at once on " + to.device);
        }
    }

    private static List<FlowRule> rules(List<FlowRuleOperation> operations) {
        return operations.stream().map(FlowRuleOperation::rule).collect(Collectors.toList());
    }

    private void store(FakeSwitch to, FlowRuleOperation operation) {
        if (operation.type() == FlowRuleOperation.Type.ADD) {
            to.entries.put(operation.rule(), new Entry(operation.rule(), FlowEntryState.PENDING_ADD, millis()));
        } else {
            to.entries.computeIfPresent(operation.rule(), (key, entry) -> entry.in(FlowEntryState.PENDING_REMOVE));
        }
    }

    private void send(FakeSwitch to, FlowRuleOperations operations, List<FlowRuleOperation> all) {
        if (!to.available) {
            return; // sent into a connection that broke: no answer comes
        }
        Set<FlowRule> failed = take(to, all);
        if (to.behaviour == FakeSwitch.Behaviour.TWICE) {
            failed.addAll(take(to, all));
        }
        if (to.behaviour == FakeSwitch.Behaviour.DENY) {
            all.stream().filter(each -> order.nextInt(3) == 0).forEach(each -> failed.add(each.rule()));
        }
        if (to.behaviour != FakeSwitch.Behaviour.SILENT) {
            finish(to, operations, failed);
        }
    }

    private Set<FlowRule> take(FakeSwitch to, List<FlowRuleOperation> all) {
        Set<FlowRule> failed = new LinkedHashSet<>();
        List<FlowRuleOperation> unordered = new ArrayList<>(all);
        Collections.shuffle(unordered, order);
        for (FlowRuleOperation each : unordered) {
            if (each.type() == FlowRuleOperation.Type.REMOVE) {
                if (to.keeps.test(each.rule())) {
                    failed.add(each.rule());
                } else {
                    remove(to, each.rule(), true);
                    gone(to, each.rule());
                }
            } else if (to.refuses.test(each.rule())) {
                failed.add(each.rule());
            } else if (to.behaviour.takes()) {
                put(to, each.rule(), true);
            }
        }
        return failed;
    }

    /** A rule through a meter that the switch does not have is refused with an error that ONOS takes for nobody's. */
    private void put(FakeSwitch to, FlowRule rule, boolean commanded) {
        if (!rule.treatment().meters().stream().allMatch(meter -> to.meters.containsKey(meter.meterId().id()))) {
            return;
        }
        FlowRule before = to.rules.put(rule, rule);
        if (before == null || !before.treatment().equals(rule.treatment())) {
            watcher.changed(rule, true, commanded);
        }
        if (!to.forgets) {
            to.history.add(Map.copyOf(to.rules));
        }
    }

    private void remove(FakeSwitch from, FlowRule rule, boolean commanded) {
        if (from.rules.remove(rule) != null) {
            watcher.changed(rule, false, commanded);
        }
    }

    /** Has a switch lose a meter, and with it the rules that send packets through it. */
    void loseMeter(FakeSwitch from, long id) {
        loseMeter(from, id, false);
    }

    /** A switch loses a meter, because somebody asked for it or by itself, and its rules with it. */
    void loseMeter(FakeSwitch from, long id, boolean commanded) {
        from.meters.remove(id);
        List.copyOf(from.rules.keySet()).stream().filter(rule -> rule.treatment().meters().stream()
                .anyMatch(meter -> meter.meterId().id() == id)).forEach(rule -> {
                    remove(from, rule, commanded);
                    gone(from, rule);
                });
    }

    /** The switch's message that a rule was removed. */
    private void gone(FakeSwitch to, FlowRule rule) {
        Entry entry = to.entries.get(rule);
        if (entry != null && entry.state() == FlowEntryState.PENDING_REMOVE && to.tellsRemovals) {
            to.entries.remove(rule);
            post(FlowRuleEvent.Type.RULE_REMOVED, entry);
        }
    }

    private void finish(FakeSwitch to, FlowRuleOperations operations, Set<FlowRule> failed) {
        time.schedule(() -> {
            to.underWay.remove(operations);
            if (failed.isEmpty()) {
                operations.callback().onSuccess(operations);
            } else {
                FlowRuleOperations.Builder report = FlowRuleOperations.builder();
                failed.forEach(report::add);
                operations.callback().onError(report.build());
                operations.callback().onError(report.build());
            }
        }, to.behaviour == FakeSwitch.Behaviour.LATE ? LATE.toMillis() : 1, TimeUnit.MILLISECONDS);
    }

    private void poll(FakeSwitch from) {
        if (from.available) {
            read(from);
        }
        time.schedule(() -> poll(from), POLL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Reads a switch's whole table: begins now, takes effect when the answer has come. */
    void read(FakeSwitch from) {
        List<FlowRule> answer = new ArrayList<>(from.rules.values());
        from.readsBegun++;
        time.schedule(() -> takeIn(from, answer), from.latency.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void takeIn(FakeSwitch from, List<FlowRule> answer) {
        if (!from.available || from.mute) {
            return;
        }
        from.readsTaken++;
        Map<FlowRule, Entry> missing = new LinkedHashMap<>(from.entries);
        for (FlowRule rule : answer) {
            Entry entry = missing.remove(rule);
            if (entry == null) {
                unknown(from, rule);
            } else if (entry.state() == FlowEntryState.PENDING_REMOVE) {
                if (!from.keeps.test(rule)) {
                    remove(from, rule, true);
                    gone(from, rule);
                }
            } else if (entry.treatment().equals(rule.treatment())) {
                boolean added = entry.state() == FlowEntryState.PENDING_ADD;
                from.entries.put(rule, entry.seenAt(millis()));
                post(added ? FlowRuleEvent.Type.RULE_ADDED : FlowRuleEvent.Type.RULE_UPDATED, entry);
            }
        }
        missing.forEach((rule, entry) -> {
            if (entry.state() == FlowEntryState.PENDING_REMOVE) {
                from.entries.remove(rule);
                post(FlowRuleEvent.Type.RULE_REMOVED, entry);
            } else {
                post(FlowRuleEvent.Type.RULE_ADD_REQUESTED, entry);
                if (!from.refuses.test(rule) && from.behaviour.takes()) {
                    put(from, rule, true);
                }
            }
        });
    }

    private void unknown(FakeSwitch from, FlowRule rule) {
        if (importing) {
            from.entries.put(rule, new Entry(rule, FlowEntryState.ADDED, millis()));
        } else {
            remove(from, rule, false);
        }
    }

    private void post(FlowRuleEvent.Type type, FlowRule rule) {
        List.copyOf(listeners).forEach(listener -> time.execute(() -> listener.event(new FlowRuleEvent(type, rule))));
    }

    private long millis() {
        return time.now().toEpochMilli();
    }

    /** An entry of ONOS's store whose time is the test's. */
    public static final class Entry extends DefaultFlowEntry {

        private final long seen;

        public Entry(FlowRule rule, FlowEntryState state, long seen) {
            super(rule, state);
            this.seen = seen;
        }

        Entry in(FlowEntryState state) {
            return new Entry(this, state, seen);
        }

        Entry seenAt(long millis) {
            return new Entry(this, FlowEntryState.ADDED, millis);
        }

        FlowEntry copy() {
            return this;
        }

        @Override
        public long lastSeen() {
            return seen;
        }
    }

    /** Hears of every single change of a rule on a switch. */
    interface Watcher {

        /**
         * A rule came or went.
         *
         * @param commanded whether somebody asked for it; else the switch or somebody else did it
         */
        void changed(FlowRule rule, boolean present, boolean commanded);
    }
}
