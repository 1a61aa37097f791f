package org.cloister.driver.ocs.netconf;

import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.driver.ocs.session.CircuitTransaction;
import org.cloister.driver.ocs.session.OcsException;
import org.cloister.driver.ocs.session.OcsException.Reason;
import org.cloister.driver.ocs.session.OcsSession;
import org.cloister.driver.ocs.session.Snapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions with netconfd of yuma123. Needs root and the packages that {@code bin/setup} installs; {@code bin/test} says
 * that they are there.
 */
@EnabledIfSystemProperty(named = "cloister.netconfd", matches = "true")
class NetconfdContractTest extends NetconfContract {

    private static final CircuitPorts CIRCUIT = CircuitPorts.of("1", "2");
    /** The last attempt to lock comes after half of it: what is told then comes well before the deadline. */
    private static final Duration LOCKING = Duration.ofSeconds(6);

    NetconfdContractTest() throws IOException {
        super(new NetconfdHarness());
    }

    @Test
    void otherWriterIsWaitedForUntilTheDeadline() throws Exception {
        server.other().ask("<lock><target><candidate/></target></lock>");
        try (OcsSession session = open()) {
            OcsException refused = failure(session.apply(CircuitTransaction.builder().addCreates(CIRCUIT)
                    .deadline(LOCKING).build()));
            assertThat(refused.reason()).isEqualTo(Reason.NOT_MASTER);
            assertThat(refused).hasMessageContaining("locked by session");
        } finally {
            server.other().ask("<unlock><target><candidate/></target></unlock>");
        }
    }

    @Test
    void notificationIsToldBeforeTheNextReadingIsDue() throws Exception {
        BlockingQueue<Snapshot> told = new LinkedBlockingQueue<>();
        try (OcsSession session = open()) {
            session.watch(told::add);
            assertThat(told.poll(10, TimeUnit.SECONDS)).isNotNull();
            server.connectForeign(CIRCUIT);
            // before one without reason, every five seconds
            assertThat(told.poll(4, TimeUnit.SECONDS)).isNotNull()
                    .satisfies(now -> assertThat(now.circuits()).containsKey(CIRCUIT));
        }
    }
}
