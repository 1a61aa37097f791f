package org.cloister.ocs.store;

import org.cloister.ocs.api.CircuitRefusedException;
import org.cloister.ocs.api.DemandPhase;
import org.cloister.ocs.api.OpticalCircuit;
import org.cloister.ocs.store.StoredMove.Step;
import org.cloister.testing.MemoryStorage;
import org.junit.jupiter.api.Test;
import org.onosproject.store.service.ConsistentMap;

import java.time.Instant;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is kept comes back as it was; who was slower fails; who was deposed knows. */
class CircuitStoreTest {

    private static final Instant NOW = Instant.parse("2024-01-01T00:00:00.123Z");
    private static final OpticalCircuit CIRCUIT = OpticalCircuit.of("ocs-1", "5", "1");
    private static final String DEMANDS = "cloister-circuit-demands";

    private final MemoryStorage storage = new MemoryStorage();
    private final CircuitStore store = open();

    private CircuitStore open() {
        CircuitStore opened = new CircuitStore(storage, Runnable::run, () -> { });
        opened.start();
        opened.refresh();
        return opened;
    }

    private static ImmutableStoredDemand demand() {
        StoredMove move = StoredMove.builder().generation(3).attempt(2).step(Step.VERIFYING).since(NOW)
                .deadline(NOW.plusSeconds(20)).term(7).serial(4).began(NOW).addMakes(CIRCUIT).addMade(CIRCUIT)
                .addDisplaced(OpticalCircuit.of("ocs-1", "1", "2")).sent(NOW).tuned(NOW.plusMillis(25))
                .addTroubles(StoredTrouble.of(CIRCUIT, "dark"))
                .addFaults(StoredQuarantine.of("ocs-1", "5", "stuck", NOW)).putPhaseMillis("setting", 3).build();
        return StoredDemand.builder().owner("slice:a").addCircuits(CIRCUIT).generation(3).requested(NOW)
                .addEstablished(CIRCUIT).phase(DemandPhase.VERIFYING).since(NOW).reason("why")
                .addTroubles(StoredTrouble.of(CIRCUIT, "dark")).phaseMillis(Map.of("setting", 3L)).move(move)
                .ending(Ending.RELEASE).repairs(2).nextRepair(NOW).build();
    }

    @Test
    void everythingOfADemandComesBackOnAnotherNode() {
        assertThat(store.demands().create("slice:a", demand())).isTrue();
        assertThat(open().demands().heard().get("slice:a").value()).isEqualTo(demand());
    }

    @Test
    void slowerOneFailsAndSeesTheFasterOnesChange() {
        store.demands().create("slice:a", demand());
        CircuitStore other = open();
        long version = other.demands().heard().get("slice:a").version();
        assertThat(store.demands().replace("slice:a", version, demand().withGeneration(4))).isTrue();
        assertThat(other.demands().replace("slice:a", version, demand().withGeneration(5))).isFalse();
        assertThat(other.demands().heard().get("slice:a").value().generation()).isEqualTo(4);
        assertThat(other.demands().remove("slice:a", version)).isFalse();
    }

    @Test
    void removedDocumentStaysGone() {
        store.demands().create("slice:a", demand());
        long version = store.demands().heard().get("slice:a").version();
        assertThat(store.demands().remove("slice:a", version)).isTrue();
        assertThat(store.demands().heard()).isEmpty();
        store.refresh();
        assertThat(store.demands().heard()).isEmpty();
    }

    @Test
    void documentOfANewerApplicationIsKeptAndTold() {
        ConsistentMap<String, String> map = storage.map(DEMANDS);
        map.put("slice:b", "{\"version\":99,\"owner\":\"slice:b\"}");
        store.refresh();
        assertThat(store.demands().unreadable()).containsOnlyKeys("slice:b");
        assertThat(store.demands().unreadable().get("slice:b")).contains("99");
        assertThat(store.demands().create("slice:b", demand())).isFalse();
        assertThat(map.get("slice:b").value()).contains("99");
    }

    @Test
    void deposedLeaderKnowsWhenItLooks() {
        CircuitStore other = open();
        assertThat(store.fence().takeOver("node-1", 1)).isTrue();
        assertThat(store.fence().holds(1)).isTrue();
        assertThat(other.fence().takeOver("node-2", 2)).isTrue();
        assertThat(store.fence().holds(1)).isFalse();
        assertThat(store.fence().takeOver("node-1", 1)).isFalse();
    }

    @Test
    void storeThatDoesNotAnswerIsNamed() {
        storage.silent(true);
        assertThatThrownBy(() -> store.demands().create("slice:a", demand()))
                .isInstanceOf(CircuitRefusedException.class).hasMessageContaining(DEMANDS);
    }
}
