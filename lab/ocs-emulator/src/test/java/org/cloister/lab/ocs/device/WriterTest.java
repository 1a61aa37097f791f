package org.cloister.lab.ocs.device;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WriterTest {

    private final Bench bench = new Bench();

    @BeforeEach
    void connect() {
        bench.establish("a=1-2");
    }

    private void write(String election, CommitAction commit, String... circuits) {
        Optional<Edit> edit = Optional.empty();
        if (circuits.length > 0) {
            TreeMap<String, Circuit> connections = new TreeMap<>();
            for (String circuit : circuits) {
                String[] parts = circuit.split("[=-]");
                connections.put(parts[0], new Circuit(parts[1], parts[2]));
            }
            edit = Optional.of(new Edit(bench.device.configuration().withConnections(connections),
                    Set.copyOf(bench.device.connections().keySet())));
        }
        Optional<Edit> read = edit;
        bench.writer.write(Optional.ofNullable(election).map(BigInteger::new), Optional.ofNullable(commit), now -> read);
    }

    private static CommitAction begin(String id) {
        return new CommitAction(CommitAction.Kind.BEGIN, id, Optional.of(Duration.ofSeconds(5)));
    }

    private static CommitAction action(CommitAction.Kind kind, String id) {
        return new CommitAction(kind, id, Optional.empty());
    }

    @Test
    void theHighestElectionIdWrites() {
        write("5", null, "a=1-2", "b=3-4");
        assertThatThrownBy(() -> write("4", null, "a=1-2")).isInstanceOf(Refusal.class)
                .hasMessage("election id 4 is lower than 5");
        assertThatThrownBy(() -> write(null, null, "a=1-2")).hasMessage("election id none is lower than 5");
        write("5", null, "a=1-2");
        write("18446744073709551617", null);
        assertThatThrownBy(() -> write("5", null, "a=1-2", "b=3-4")).isInstanceOf(Refusal.class);
        assertThat(bench.device.configuration().connections()).containsOnlyKeys("a");
    }

    @Test
    void aChangeThatNobodyConfirmsIsTakenBack() {
        write(null, begin("c1"), "b=1-3");
        bench.time.pass(4_999);
        assertThat(bench.plant.joined()).isEqualTo(Map.of(1, 3, 3, 1));
        bench.time.pass(200);
        assertThat(bench.device.connections()).containsOnlyKeys("a");
        assertThat(bench.plant.joined()).isEqualTo(Map.of(1, 2, 2, 1));
    }

    @Test
    void aConfirmedChangeLasts() {
        write(null, begin("c1"), "b=1-3");
        write(null, action(CommitAction.Kind.CONFIRM, "c1"));
        bench.time.pass(10_000);
        assertThat(bench.device.connections()).containsOnlyKeys("b");
    }

    @Test
    void aCancelledChangeIsTakenBackAtOnce() {
        write(null, begin("c1"), "b=1-3");
        bench.time.pass(1_000);
        write(null, action(CommitAction.Kind.CANCEL, "c1"));
        bench.time.pass(25);
        assertThat(bench.status("a")).isEqualTo(ConnectionStatus.CONNECTED);
    }

    @Test
    void othersWaitUntilAChangeIsConfirmed() {
        write(null, begin("c1"), "b=1-3");
        assertThatThrownBy(() -> write(null, null, "a=1-2")).hasMessage("commit c1 waits for confirmation");
        assertThatThrownBy(() -> write(null, begin("c2"), "a=1-2")).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> write(null, action(CommitAction.Kind.CONFIRM, "c2")))
                .hasMessage("commit c2: the change that waits for confirmation is c1");
        write(null, action(CommitAction.Kind.CONFIRM, "c1"));
        assertThatThrownBy(() -> write(null, action(CommitAction.Kind.CONFIRM, "c1")))
                .hasMessage("commit c1: no change waits for confirmation");
        write(null, null, "a=1-2");
    }

    @Test
    void confirmationMayTakeLongerIfItIsSaid() {
        write(null, begin("c1"), "b=1-3");
        write(null, new CommitAction(CommitAction.Kind.EXTEND, "c1", Optional.of(Duration.ofSeconds(20))));
        bench.time.pass(19_000);
        assertThat(bench.device.connections()).containsOnlyKeys("b");
        bench.time.pass(1_100);
        assertThat(bench.device.connections()).containsOnlyKeys("a");
    }

    @Test
    void aChangeWaitsForConfirmationBeyondARestart() {
        write(null, begin("c1"), "b=1-3");
        bench.time.pass(1_000);
        bench.restart();
        bench.time.pass(3_900);
        assertThat(bench.device.connections()).containsOnlyKeys("b");
        bench.time.pass(200);
        assertThat(bench.device.connections()).containsOnlyKeys("a");
    }

    @Test
    void aRefusedChangeWaitsForNothing() {
        assertThatThrownBy(() -> write(null, begin("c1"), "b=1-99")).isInstanceOf(Refusal.class);
        assertThat(bench.writer.pending()).isEmpty();
    }

    @Test
    void remembersInAFile(@TempDir Path directory) {
        Configuration configuration = new Configuration(new TreeMap<>(Map.of("a", new Circuit("1", "2"))),
                new TreeSet<>(Set.of("7")), Recovery.RESTORE);
        Saved saved = new Saved(configuration, Set.of("x"),
                Optional.of(new Saved.Pending("c1", Configuration.EMPTY, 123_456_789_012_345_678L)));
        assertThat(new FileStateStore(directory).load()).isEqualTo(Saved.NOTHING);
        new FileStateStore(directory).save(saved);
        assertThat(new FileStateStore(directory).load()).isEqualTo(saved);
    }
}
