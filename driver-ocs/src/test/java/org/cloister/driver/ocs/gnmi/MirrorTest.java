package org.cloister.driver.ocs.gnmi;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.driver.ocs.session.CircuitStatus;
import org.cloister.driver.ocs.session.OcsException;
import org.cloister.driver.ocs.session.Snapshot;
import org.cloister.gnmi.Notification;
import org.cloister.gnmi.Path;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MirrorTest {

    private static final CircuitPorts ONE = CircuitPorts.of("1", "5");

    private final Mirror mirror = new Mirror();

    @Test
    void changesAreSeen() {
        assertThat(mirror.told(Told.connection(10, "a", "1", "5", "PENDING_CONNECTION"))).isTrue();
        assertThat(mirror.snapshot().circuits().get(ONE).status()).isEqualTo(CircuitStatus.PENDING);
        assertThat(mirror.snapshot().revision()).isEqualTo("10");
        assertThat(mirror.told(Told.connection(11, "a", "1", "5", "ocp-ocs:CONNECTED"))).isTrue();
        assertThat(mirror.snapshot().circuits().get(ONE).status()).isEqualTo(CircuitStatus.CONNECTED);
        assertThat(mirror.told(Told.gone(12, "a"))).isTrue();
        assertThat(mirror.snapshot().circuits()).isEmpty();
    }

    @Test
    void duplicatesAreNoNews() {
        mirror.told(Told.connection(10, "a", "1", "5", "CONNECTED"));
        Snapshot before = mirror.snapshot();
        assertThat(mirror.told(Told.connection(10, "a", "1", "5", "CONNECTED"))).isFalse();
        assertThat(mirror.snapshot()).isSameAs(before);
    }

    @Test
    void circuitThatWasMadeAnewInOneRequestIsThere() {
        mirror.told(Told.connection(10, "a", "1", "5", "FAILED"));
        mirror.told(Told.connection(20, "a", "1", "5", "CONNECTED").toBuilder()
                .addDelete(Told.path("/connections/port-connection[name=a]")).build());
        assertThat(mirror.snapshot().circuits().get(ONE).status()).isEqualTo(CircuitStatus.CONNECTED);
    }

    @Test
    void entryWithoutItsPortsIsNoCircuitYet() {
        mirror.told(Told.at(10).addUpdate(Told.leaf("/connections/port-connection[name=a]/state/status", "CONNECTED"))
                .build());
        assertThat(mirror.snapshot().circuits()).isEmpty();
    }

    @Test
    void entryThatLostItsPortsIsThereUntilItIsGone() {
        mirror.told(Told.connection(10, "a", "1", "5", "CONNECTED"));
        assertThat(mirror.isQuiet()).isTrue();
        mirror.told(Told.at(11).addDelete(Told.path("/connections/port-connection[name=a]/config"))
                .addUpdate(Told.leaf("/connections/port-connection[name=a]/state/status", "ocp-ocs:PENDING_DELETION")).build());
        assertThat(mirror.connection("a")).isEmpty();
        assertThat(mirror.shows("a")).as("its mirror still moves").isTrue();
        assertThat(mirror.isQuiet()).isFalse();
        mirror.told(Told.gone(12, "a"));
        assertThat(mirror.shows("a")).isFalse();
        assertThat(mirror.isQuiet()).isTrue();
    }

    @Test
    void leafThatIsNoNumberIsNamed() {
        String state = "/components/component[name=3]/ocp-ocs-port/state/";
        mirror.told(Told.at(10).addUpdate(Told.leaf(state + "index", "3")).build());
        assertThat(mirror.snapshot().ports()).containsOnlyKeys("3");
        mirror.told(Told.at(11).addUpdate(Told.leaf(state + "input-optical-power", "low")).build());
        assertThatThrownBy(mirror::snapshot).isInstanceOf(OcsException.class)
                .hasMessageContaining(state + "input-optical-power").hasMessageContaining("low");
        mirror.told(Told.at(12).addUpdate(Told.leaf(state + "input-optical-power", "-3.5"))
                .addUpdate(Told.leaf(state + "index", "three")).build());
        assertThatThrownBy(mirror::snapshot).isInstanceOf(OcsException.class).hasMessageContaining(state + "index");
    }

    @Test
    void portsTellOfACircuitThatNobodyConfigured() {
        joined("1", "5");
        joined("5", "1");
        joined("2", "6");
        assertThat(mirror.snapshot().circuits()).as("no entry stands for it").isEmpty();
        mirror.told(Told.at(10).addUpdate(Told.leaf("/connections/port-connection[name=hw]/state/status",
                "PENDING_DELETION")).build());
        assertThat(mirror.snapshot().circuits()).as("on its way out").isEmpty();
        mirror.told(Told.at(11).addUpdate(Told.leaf("/connections/port-connection[name=hw]/state/status",
                "CONNECTED")).build());
        assertThat(mirror.snapshot().circuits()).as("both ports say so").containsOnlyKeys(ONE);
        assertThat(mirror.snapshot().circuits().get(ONE).name()).isEmpty();
        mirror.told(Told.connection(12, "a", "1", "7", "CONNECTED"));
        assertThat(mirror.snapshot().circuits()).as("what is configured explains the port")
                .containsOnlyKeys(CircuitPorts.of("1", "7"));
    }

    private void joined(String port, String peer) {
        String state = "/components/component[name=" + port + "]/ocp-ocs-port/state/connection/";
        mirror.told(Told.at(10).addUpdate(Told.leaf(state + "peer", peer)).addUpdate(Told.leaf(state + "connected", "true"))
                .build());
    }

    @Test
    void ofTwoEntriesForTheSamePortsTheValidOneIsShown() {
        mirror.told(Told.connection(10, "a", "1", "5", "INVALID"));
        mirror.told(Told.connection(11, "b", "5", "1", "CONNECTED"));
        assertThat(mirror.snapshot().circuits().get(ONE).name()).contains("b");
        assertThat(mirror.connections()).hasSize(2);
    }

    @Test
    void whatIsReadReplacesWhatWasTold() {
        mirror.told(Told.connection(10, "a", "1", "5", "CONNECTED"));
        mirror.told(Told.connection(30, "c", "3", "7", "CONNECTED"));
        mirror.took(List.of(Told.connection(20, "b", "2", "6", "CONNECTED")), OcsTree.CONNECTIONS);
        // a is gone and nobody told; c came after the answer was written
        assertThat(mirror.snapshot().circuits()).containsOnlyKeys(CircuitPorts.of("2", "6"), CircuitPorts.of("3", "7"));
        assertThat(mirror.told(Told.connection(15, "a", "1", "5", "CONNECTED"))).isFalse();
        assertThat(mirror.snapshot().circuits()).hasSize(2);
    }

    @Test
    void whatIsGoneIsGoneThoughLeavesBearTheTimesOfTheirLastChange() {
        mirror.told(Told.connection(5, "b", "2", "6", "CONNECTED"));
        mirror.told(Told.connection(20, "a", "1", "5", "CONNECTED"));
        mirror.ask(OcsTree.CONNECTIONS);
        mirror.told(Told.connection(30, "c", "3", "7", "CONNECTED"));
        // nobody told that a is gone, and c came after the answer was written
        List<Notification> answer = List.of(Told.connection(5, "b", "2", "6", "CONNECTED").toBuilder().removeUpdate(3).build(),
                Told.at(25).addUpdate(Told.leaf("/connections/last-change-time", "25")).build());
        mirror.took(answer, OcsTree.CONNECTIONS);
        assertThat(mirror.snapshot().circuits()).containsOnlyKeys(CircuitPorts.of("2", "6"), CircuitPorts.of("3", "7"));
        assertThat(mirror.told(Told.connection(19, "a", "1", "5", "CONNECTED"))).as("late").isFalse();
        mirror.told(Told.connection(31, "b", "2", "6", "FAILED"));
        assertThat(mirror.snapshot().circuits().get(CircuitPorts.of("2", "6")).status()).isEqualTo(CircuitStatus.FAILED);
    }

    @Test
    void whatASwitchWithoutTimesDoesNotShowIsGone() {
        mirror.told(Told.connection(0, "a", "1", "5", "CONNECTED"));
        mirror.took(List.of(Told.connection(0, "b", "2", "6", "CONNECTED")), OcsTree.CONNECTIONS);
        assertThat(mirror.snapshot().circuits()).containsOnlyKeys(CircuitPorts.of("2", "6"));
    }

    @Test
    void halfAnAnswerIsNotTakenForASwitchWithoutPortsOrCircuits() {
        Notification port = Told.at(10).addUpdate(Told.leaf("/components/component[name=1]/ocp-ocs-port/state/index", "1"))
                .build();
        mirror.took(List.of(Told.connection(10, "a", "1", "5", "CONNECTED"), port), OcsTree.CONNECTIONS, OcsTree.COMPONENTS);
        Snapshot before = mirror.snapshot();
        Notification chassis = Told.at(20).addUpdate(Told.leaf("/components/component[name=chassis]/state/type", "CHASSIS"))
                .build();
        assertThatThrownBy(() -> mirror.took(List.of(Told.connection(20, "a", "1", "5", "CONNECTED"), chassis),
                OcsTree.CONNECTIONS, OcsTree.COMPONENTS)).isInstanceOf(OcsException.class)
                .hasMessageContaining("/components");
        assertThatThrownBy(() -> mirror.took(List.of(), OcsTree.CONNECTIONS)).isInstanceOf(OcsException.class)
                .hasMessageContaining("/connections");
        assertThat(mirror.snapshot()).isEqualTo(before);
        // all circuits are gone, and the switch says when
        mirror.took(List.of(Told.gone(30, "a")), OcsTree.CONNECTIONS);
        assertThat(mirror.snapshot().circuits()).isEmpty();
    }

    @Test
    void clockThatWasSetBackIsBelieved() {
        mirror.took(List.of(Told.connection(1_000, "a", "1", "5", "CONNECTED")), OcsTree.CONNECTIONS);
        mirror.took(List.of(Told.connection(10, "a", "1", "5", "FAILED")), OcsTree.CONNECTIONS);
        assertThat(mirror.snapshot().circuits().get(ONE).status()).isEqualTo(CircuitStatus.FAILED);
        mirror.told(Told.connection(11, "a", "1", "5", "CONNECTED"));
        assertThat(mirror.snapshot().circuits().get(ONE).status()).isEqualTo(CircuitStatus.CONNECTED);
    }

    @Test
    void switchWithoutTimesIsBelievedInItsOrder() {
        mirror.took(List.of(Told.connection(0, "a", "1", "5", "PENDING_CONNECTION")), OcsTree.CONNECTIONS);
        mirror.told(Told.connection(0, "a", "1", "5", "CONNECTED"));
        assertThat(mirror.snapshot().circuits().get(ONE).status()).isEqualTo(CircuitStatus.CONNECTED);
        mirror.told(Told.gone(0, "a"));
        assertThat(mirror.snapshot().circuits()).isEmpty();
    }

    @Test
    void switchWithoutATimeOfItsLastChangeHasRevisionsAllTheSame() {
        assertThat(new Mirror().revision()).isEqualTo(mirror.revision());
        mirror.told(Told.connection(10, "a", "1", "5", "CONNECTED").toBuilder().removeUpdate(3).build());
        assertThat(mirror.revision()).isNotEqualTo(new Mirror().revision());
    }

    @Test
    void listThatIsDeletedAsAWholeIsEmpty() {
        mirror.told(Told.connection(10, "a", "1", "5", "CONNECTED"));
        mirror.told(Told.connection(10, "b", "2", "6", "CONNECTED"));
        mirror.told(Told.at(11).addDelete(Path.newBuilder(OcsTree.path(OcsTree.CONNECTIONS, "port-connection"))).build());
        assertThat(mirror.snapshot().circuits()).isEmpty();
    }

    /** Whatever is late, comes twice or not at all: after a reading, what the switch has is what is known. */
    @Property(tries = 500)
    void lateLostAndDoubledChangesDoNoHarm(@ForAll("histories") List<Notification> history, @ForAll Random random) {
        Mirror truth = new Mirror();
        history.forEach(truth::told);

        List<Notification> delivered = new ArrayList<>(history);
        delivered.addAll(history);
        Collections.shuffle(delivered, random);
        Mirror told = new Mirror();
        delivered.forEach(told::told);
        assertThat(told.snapshot()).isEqualTo(truth.snapshot());

        Mirror read = new Mirror();
        delivered.subList(0, random.nextInt(delivered.size() + 1)).forEach(read::told);
        read.took(List.of(answer(truth.snapshot(), history.size())), OcsTree.CONNECTIONS);
        delivered.forEach(read::told);
        assertThat(read.snapshot()).isEqualTo(truth.snapshot());
    }

    @Provide
    Arbitrary<List<Notification>> histories() {
        Arbitrary<String> names = Arbitraries.of("a", "b", "c");
        Arbitrary<String> statuses = Arbitraries.of("PENDING_CONNECTION", "CONNECTED", "FAILED", "INVALID", "gone");
        return Combinators.combine(names, statuses).as((name, status) -> new String[] {name, status}).list().ofMaxSize(12)
                .map(changes -> {
                    List<Notification> history = new ArrayList<>();
                    for (String[] each : changes) {
                        long time = history.size() + 1;
                        history.add(each[1].equals("gone") ? Told.gone(time, each[0])
                                : Told.connection(time, each[0], "in-" + each[0], "out-" + each[0], each[1]));
                    }
                    return history;
                });
    }

    private static Notification answer(Snapshot snapshot, long time) {
        Notification.Builder answer = Told.at(time);
        snapshot.circuits().values().forEach(each -> answer.addAllUpdate(Told.connection(time, each.name().orElseThrow(),
                each.ports().one(), each.ports().other(), text(each.status())).getUpdateList()));
        return answer.addUpdate(Told.leaf("/connections/last-change-time", snapshot.revision())).build();
    }

    private static String text(CircuitStatus status) {
        return status == CircuitStatus.PENDING ? "PENDING_CONNECTION" : status.toString();
    }
}
