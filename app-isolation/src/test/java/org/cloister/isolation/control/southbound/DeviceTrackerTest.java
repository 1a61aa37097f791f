package org.cloister.isolation.control.southbound;

import org.cloister.isolation.control.Bench;
import org.cloister.isolation.control.FakeOnosRules;
import org.cloister.isolation.control.observed.DeviceView;
import org.cloister.isolation.control.observed.ImmutableDeviceView;
import org.cloister.isolation.control.observed.RuleTable;
import org.cloister.isolation.control.observed.SeenRule.Status;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onlab.packet.VlanId;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowEntry.FlowEntryState;
import org.onosproject.net.flow.FlowRule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** What is concluded from the times at which ONOS last saw rules. */
class DeviceTrackerTest {

    private static final int TAG = 100;

    private final DeviceTracker tracker = new DeviceTracker((short) 42, number -> number == Bench.NOBODY);
    private final FlowRule sentinel = rule(42, 0, VlanId.ANY.toShort());
    private final FlowRule tagged = rule(42, 1, TAG);
    private final Map<FlowRule, FakeOnosRules.Entry> entries = new LinkedHashMap<>();

    private static FlowRule rule(int app, int table, int vlan) {
        return DefaultFlowRule.builder().forDevice(DeviceId.deviceId("of:11")).forTable(table).withPriority(1000)
                .withSelector(DefaultTrafficSelector.builder().matchInPort(PortNumber.portNumber(1))
                        .matchVlanId(VlanId.vlanId((short) vlan)).build())
                .withTreatment(DefaultTrafficTreatment.builder().drop().build())
                .fromApp(new DefaultApplicationId(app, "app-" + app)).makePermanent().build();
    }

    private void is(FlowRule rule, FlowEntryState state, long seen) {
        entries.put(rule, new FakeOnosRules.Entry(rule, state, seen));
    }

    private void look() {
        List<FlowEntry> now = new ArrayList<>(entries.values());
        tracker.look(now, Optional.of(sentinel));
    }

    /** A whole read at a time, and a look after it. */
    private void read(long at) {
        new ArrayList<>(entries.keySet()).forEach(rule -> is(rule, FlowEntryState.ADDED, at));
        look();
    }

    private DeviceView view(boolean busy) {
        return ImmutableDeviceView.builder().available(true).busy(busy).reads(tracker.reads())
                .table(tracker.table()).tagReads(tracker.tagReads()).build();
    }

    private Status status() {
        return tracker.table().at(tagged).status();
    }

    @BeforeEach
    void installed() {
        is(sentinel, FlowEntryState.ADDED, 1000);
        is(tagged, FlowEntryState.ADDED, 1000);
        look();
    }

    @Test
    void aRuleIsConfirmedByAReadSinceTheSwitchCameOnly() {
        assertThat(status()).isEqualTo(Status.UNCERTAIN);
        read(2000);
        assertThat(status()).isEqualTo(Status.CONFIRMED);
        tracker.reset();
        look();
        assertThat(status()).isEqualTo(Status.UNCERTAIN);
        read(3000);
        assertThat(status()).isEqualTo(Status.CONFIRMED);
    }

    @Test
    void aRuleThatReadsNoLongerShowBecomesUncertain() {
        read(2000);
        for (long at = 3000; at <= 4000; at += 1000) {
            is(sentinel, FlowEntryState.ADDED, at);
            look();
            assertThat(status()).as("a read may be half taken in").isEqualTo(Status.CONFIRMED);
        }
        is(sentinel, FlowEntryState.ADDED, 5000);
        look();
        assertThat(status()).isEqualTo(Status.UNCERTAIN);
    }

    @Test
    void readsAreCountedByTheSentinelAndNothingElse() {
        assertThat(tracker.reads()).isZero();
        is(tagged, FlowEntryState.ADDED, 1500);
        look();
        look();
        assertThat(tracker.reads()).isZero();
        read(2000);
        look();
        assertThat(tracker.reads()).isEqualTo(1);
        tracker.look(new ArrayList<>(entries.values()), Optional.of(rule(42, 2, VlanId.ANY.toShort())));
        assertThat(tracker.reads()).isEqualTo(1);
    }

    @Test
    void rulesOfNobodyAreLookedAfterOnceTheyAreOnTheSwitch() {
        FlowRule nobodys = rule(Bench.NOBODY, 1, 200);
        FlowRule anothers = rule(43, 1, 300);
        is(nobodys, FlowEntryState.PENDING_ADD, 2000);
        is(anothers, FlowEntryState.ADDED, 2000);
        look();
        assertThat(tracker.table().tags()).as("asked for by an application").containsExactly(TAG);
        is(nobodys, FlowEntryState.ADDED, 3000);
        look();
        assertThat(tracker.table().tags()).containsExactlyInAnyOrder(TAG, 200);
    }

    @Test
    void nothingIsKnownBeforeTwoReads() {
        assertThat(view(false).known()).isFalse();
        read(2000);
        assertThat(view(false).known()).isFalse();
        read(3000);
        assertThat(view(false).known()).isTrue();
    }

    @Test
    void aTagIsCleanTwoReadsAfterItWasLastSeenOrWorkedOn() {
        read(2000);
        read(3000);
        assertThat(view(false).clean(TAG)).isFalse();
        entries.remove(tagged);
        look();
        read(4000);
        assertThat(view(false).clean(TAG)).as("this read may have begun before the removal").isFalse();
        read(5000);
        assertThat(view(true).clean(TAG)).as("an operation is under way").isFalse();
        assertThat(view(false).clean(TAG)).isTrue();
        assertThat(view(false).heldTags()).isEmpty();

        tracker.touched(tagged);
        look();
        assertThat(view(false).clean(TAG)).as("an operation has just ended").isFalse();
        assertThat(view(false).heldTags()).containsExactly(TAG);
        read(6000);
        assertThat(view(false).clean(TAG)).isFalse();
        read(7000);
        assertThat(view(false).clean(TAG)).isTrue();
    }

    @Test
    void theTableIsTheSameObjectAsLongAsNothingChanges() {
        read(2000);
        RuleTable before = tracker.table();
        read(3000);
        assertThat(tracker.table()).isSameAs(before);
        is(tagged, FlowEntryState.PENDING_REMOVE, 3000);
        look();
        assertThat(tracker.table()).isNotSameAs(before);
        assertThat(status()).isEqualTo(Status.LEAVING);
    }

    @Test
    void rulesOfOthersAreNotOurs() {
        is(rule(7, 0, TAG), FlowEntryState.ADDED, 2000);
        look();
        assertThat(tracker.table().rules()).hasSize(2);
    }
}
