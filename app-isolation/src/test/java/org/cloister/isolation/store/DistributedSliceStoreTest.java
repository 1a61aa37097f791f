package org.cloister.isolation.store;

import org.cloister.isolation.api.Member;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RefusedException;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.api.SliceState;
import org.cloister.testing.MemoryStorage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onosproject.store.service.ConsistentMap;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DistributedSliceStoreTest {

    private static final SliceId JOB = SliceId.of("job-1");

    private final MemoryStorage storage = new MemoryStorage();
    private final ConsistentMap<String, String> documents = storage.map("cloister-slices");
    private final Deque<Runnable> events = new ArrayDeque<>();
    private final DistributedSliceStore store = new DistributedSliceStore(storage, events::add);
    private final DistributedSliceStore other = new DistributedSliceStore(storage, Runnable::run);

    @BeforeEach
    void activate() {
        store.activate();
        other.activate();
    }

    static StoredSlice pending(String id) {
        Instant now = Instant.parse("2024-01-01T00:00:00Z");
        return StoredSlice.builder().id(SliceId.of(id)).owner("slurm").created(now)
                .spec(SliceSpec.builder().addMembers(Member.of("gpu-001-0")).build())
                .state(SliceState.PENDING).since(now).build();
    }

    private static StoredSlice in(SliceState state, VersionedSlice slice) {
        return StoredSlice.builder(slice.slice()).state(state).build();
    }

    private void hear() {
        while (!events.isEmpty()) {
            events.remove().run();
        }
    }

    @Test
    void changesNameTheVersionThatTheyComeFrom() {
        assertThat(store.create(pending("job-1"))).isTrue();
        assertThat(other.create(pending("job-1"))).isFalse();
        VersionedSlice first = store.slice(JOB).orElseThrow();
        assertThat(other.replace(first.version(), in(SliceState.INSTALLING, first))).isTrue();
        assertThat(store.replace(first.version(), in(SliceState.FAILED, first))).isFalse();
        assertThat(store.remove(JOB, first.version())).isFalse();
        VersionedSlice second = store.slice(JOB).orElseThrow();
        assertThat(second.slice().state()).isEqualTo(SliceState.INSTALLING);
        assertThat(store.remove(JOB, second.version())).isTrue();
        assertThat(store.slice(JOB)).isEmpty();
        assertThat(store.remove(JOB, second.version())).isFalse();
    }

    @Test
    void ownChangesAreHeardAtOnceAndOthersByEvents() {
        store.create(pending("job-1"));
        assertThat(store.heard()).extracting(VersionedSlice::id).containsExactly(JOB);
        other.create(pending("job-2"));
        assertThat(store.heard()).hasSize(1);
        hear();
        assertThat(store.heard()).hasSize(2);
        store.remove(JOB, store.slice(JOB).orElseThrow().version());
        assertThat(store.heard()).hasSize(1);
    }

    @Test
    void lateEventsBringNothingBack() {
        store.create(pending("job-1"));
        VersionedSlice first = store.slice(JOB).orElseThrow();
        store.replace(first.version(), in(SliceState.REMOVING, first));
        store.remove(JOB, store.slice(JOB).orElseThrow().version());
        store.create(pending("job-1"));
        List<SliceState> told = new ArrayList<>();
        store.addListener((id, now) -> told.add(now.orElseThrow().slice().state()));
        hear();
        assertThat(told).as("what is known by now, not what was").containsOnly(SliceState.PENDING);
        assertThat(store.heard()).extracting(each -> each.slice().state()).containsExactly(SliceState.PENDING);

        store.remove(JOB, store.slice(JOB).orElseThrow().version());
        events.pollLast();
        store.refresh();
        hear();
        assertThat(store.heard()).isEmpty();
    }

    @Test
    void aReadThatIsOvertakenByARemovalBringsNothingBack() {
        Map<String, Runnable> reads = Map.of("get", () -> store.slice(JOB), "entrySet", store::refresh);
        reads.forEach((method, read) -> {
            store.create(pending("job-1"));
            hear();
            storage.meanwhile("cloister-slices", method, () -> {
                store.remove(JOB, documents.get("job-1").version());
                hear();
            });
            read.run();
            assertThat(store.heard()).as("removed by this node during %s", method).isEmpty();

            store.create(pending("job-1"));
            hear();
            storage.meanwhile("cloister-slices", method, () -> {
                other.remove(JOB, documents.get("job-1").version());
                hear();
            });
            read.run();
            assertThat(store.heard()).as("removed by another node during %s", method).isEmpty();
        });
        store.create(pending("job-1"));
        assertThat(store.heard()).as("a new slice of that name").hasSize(1);
    }

    @Test
    void aReadThatFindsNothingForgetsWhatWasKnown() {
        store.create(pending("job-1"));
        hear();
        other.remove(JOB, other.slice(JOB).orElseThrow().version());
        assertThat(store.heard()).as("the event is still on its way").hasSize(1);
        assertThat(store.slice(JOB)).isEmpty();
        assertThat(store.heard()).isEmpty();
        hear();
        other.create(pending("job-1"));
        hear();
        assertThat(store.heard()).hasSize(1);
    }

    @Test
    void whatEventsMissedIsReadByARefresh() {
        other.create(pending("job-1"));
        other.create(pending("job-2"));
        events.clear();
        store.refresh();
        assertThat(store.heard()).hasSize(2);
        other.remove(JOB, other.slice(JOB).orElseThrow().version());
        events.clear();
        store.refresh();
        assertThat(store.heard()).extracting(each -> each.id().toString()).containsExactly("job-2");
    }

    @Test
    void keepsAndReportsWhatItCannotRead() {
        documents.put("job-1", "{\"version\":9,\"id\":\"job-1\"}");
        documents.put("job-2", "no JSON");
        documents.put("job-3", SliceText.write(pending("job-4")));
        documents.put("job-5", SliceText.write(pending("job-5")).replace("\"owner\"", "\"possessor\""));
        store.refresh();
        assertThat(store.unreadable()).containsOnlyKeys("job-1", "job-2", "job-3", "job-5");
        assertThat(store.unreadable().get("job-1")).contains("version is 9");
        assertThat(store.unreadable().get("job-5")).contains("possessor");
        assertThat(store.slices()).isEmpty();
        assertThat(store.slice(JOB)).isEmpty();
        assertThat(store.create(pending("job-1"))).as("the name is taken").isFalse();
        assertThat(documents.get("job-1").value()).isEqualTo("{\"version\":9,\"id\":\"job-1\"}");

        documents.put("job-1", SliceText.write(pending("job-1")));
        hear();
        assertThat(store.unreadable()).doesNotContainKey("job-1");
        assertThat(store.heard()).hasSize(1);
    }

    @Test
    void aSilentStoreIsARefusal() {
        store.create(pending("job-1"));
        storage.silent(true);
        List<Runnable> calls = List.of(() -> store.slice(JOB), store::slices, () -> store.create(pending("job-2")),
                () -> store.replace(1, pending("job-1")), () -> store.remove(JOB, 1));
        assertThat(calls).allSatisfy(call -> assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(refused.problem().type())
                        .isEqualTo(ProblemType.STORE_UNAVAILABLE)));
        assertThat(store.heard()).hasSize(1);
        DistributedSliceStore late = new DistributedSliceStore(storage, Runnable::run);
        late.activate();
        storage.silent(false);
        assertThat(late.slices()).hasSize(1);
    }

    @Test
    void aWriteThatCannotBeReadBackIsNotReportedAsDone() {
        store.create(pending("job-1"));
        VersionedSlice first = store.slice(JOB).orElseThrow();
        storage.meanwhile("cloister-slices", "replace", () -> storage.silent(true));
        assertThatThrownBy(() -> store.replace(first.version(), in(SliceState.INSTALLING, first)))
                .isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(refused.problem().type())
                        .isEqualTo(ProblemType.STORE_UNAVAILABLE));
        storage.silent(false);
        assertThat(store.slice(JOB).orElseThrow().slice().state()).isEqualTo(SliceState.INSTALLING);
    }

    @Test
    void stoppingKeepsEveryDocument() {
        store.create(pending("job-1"));
        store.deactivate();
        assertThat(documents.size()).isEqualTo(1);
    }
}
