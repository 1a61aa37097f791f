package org.cloister.driver.ocs.netconf;

import org.cloister.driver.ocs.session.OcsException;
import org.cloister.driver.ocs.session.OcsException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class NetconfChannelTest {

    private static final List<String> BASE = List.of("base:1.0", "base:1.1");

    @ParameterizedTest
    @ValueSource(strings = {"base:1.0", "base:1.1"})
    void bothVersionsAreSpoken(String version) throws Exception {
        NetconfChannel channel = new ScriptedServer(List.of(version), operation -> "<data>5</data>").open();
        Element reply = channel.ask("<get/>", soon());
        assertThat(Xml.text(reply, "data")).contains("5");
    }

    @Test
    void errorIsToldWithAllThatTheServerSays() {
        NetconfChannel channel = new ScriptedServer(BASE, operation -> "<rpc-error><error-tag>lock-denied</error-tag>"
                + "<error-severity>error</error-severity><error-message>held</error-message>"
                + "<error-info><session-id>12</session-id></error-info></rpc-error>").open();
        assertThatThrownBy(() -> channel.ask("<lock/>", soon())).isInstanceOfSatisfying(RpcRefused.class, refused -> {
            OcsException told = refused.toOcsException("locking");
            assertThat(told.reason()).isEqualTo(Reason.NOT_MASTER);
            assertThat(told).hasMessage("locking: lock-denied, held, 12 (locked by session 12)");
        });
        assertThat(channel.ended()).isNotDone();
    }

    @Test
    void warningIsNoRefusal() throws Exception {
        NetconfChannel channel = new ScriptedServer(BASE, operation -> "<rpc-error><error-tag>operation-failed</error-tag>"
                + "<error-severity>warning</error-severity></rpc-error>").open();
        channel.ask("<edit-config/>", soon());
    }

    @Test
    void answerThatDoesNotComeEndsTheSession() {
        ScriptedServer server = new ScriptedServer(BASE, operation -> null);
        NetconfChannel channel = server.open();
        assertThatThrownBy(() -> channel.ask("<commit/>", soon())).isInstanceOfSatisfying(OcsException.class, late -> {
            assertThat(late.reason()).isEqualTo(Reason.DEADLINE);
            assertThat(late).hasMessage("no answer to commit within 300 ms");
        });
        assertThat(channel.ended()).isCompletedExceptionally();
        assertThat(server.isClosed()).isTrue();
        // what comes too late finds nobody, and nothing more is sent
        server.say("<rpc-reply xmlns='" + ServerCapabilities.BASE + "' message-id='1'><ok/></rpc-reply>");
        assertThatThrownBy(() -> channel.ask("<get/>", soon())).hasMessageContaining("no answer to commit");
        assertThat(server.asked()).containsExactly("commit");
    }

    @Test
    void answerToSomethingElseIsNotTaken() {
        ScriptedServer[] server = new ScriptedServer[1];
        server[0] = new ScriptedServer(BASE, operation -> {
            server[0].say("<rpc-reply xmlns='" + ServerCapabilities.BASE + "' message-id='99'><ok/></rpc-reply>");
            return null;
        });
        NetconfChannel channel = server[0].open();
        assertThatThrownBy(() -> channel.ask("<get/>", soon())).isInstanceOfSatisfying(OcsException.class,
                late -> assertThat(late.reason()).isEqualTo(Reason.DEADLINE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<a", "<a/>",
        "<!DOCTYPE notification [<!ENTITY e 'x'>]><notification>&e;</notification>"})
    void whatIsNoNetconfEndsTheSession(String message) {
        ScriptedServer server = new ScriptedServer(BASE, operation -> null);
        NetconfChannel channel = server.open();
        server.say(message);
        assertThat(channel.ended()).isCompletedExceptionally();
        assertThatThrownBy(() -> channel.ask("<get/>", soon())).isInstanceOfSatisfying(OcsException.class, lost -> {
            assertThat(lost.reason()).isEqualTo(Reason.LOST);
            assertThat(lost).hasMessageContaining("does not keep to NETCONF");
        });
    }

    @Test
    void notificationsArePassedOn() {
        ScriptedServer server = new ScriptedServer(BASE, operation -> null);
        server.open();
        server.say("<notification xmlns='urn:ietf:params:xml:ns:netconf:notification:1.0'/>");
        assertThat(server.asked()).containsExactly("(notification)");
    }

    @Test
    void closingSaysGoodBye() {
        ScriptedServer server = new ScriptedServer(BASE, operation -> null);
        NetconfChannel channel = server.open();
        channel.close();
        assertThat(channel.ended()).isCompletedWithValue(null);
        assertThat(server.asked()).containsExactly("close-session");
        assertThat(server.isClosed()).isTrue();
    }

    private static Deadline soon() {
        return Deadline.in(ScriptedServer.SOON);
    }
}
