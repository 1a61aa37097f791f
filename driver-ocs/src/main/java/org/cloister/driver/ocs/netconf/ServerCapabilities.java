package org.cloister.driver.ocs.netconf;

import org.w3c.dom.Element;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a server said in its hello (RFC 6241, section 8). */
final class ServerCapabilities {

    static final String BASE = "urn:ietf:params:xml:ns:netconf:base:1.0";
    private static final String BASE_1_1 = "urn:ietf:params:netconf:base:1.1";
    private static final String PREFIX = "urn:ietf:params:netconf:capability:";

    private final Set<String> uris;
    private final String session;

    private ServerCapabilities(Set<String> uris, String session) {
        this.uris = uris;
        this.session = session;
    }

    /** Returns those of a hello. */
    static ServerCapabilities of(Element hello) {
        return new ServerCapabilities(Xml.children(hello, "capabilities")
                .flatMap(all -> Xml.children(all, "capability"))
                .map(each -> each.getTextContent().trim()).collect(Collectors.toUnmodifiableSet()),
                Xml.text(hello, "session-id").orElse("0"));
    }

    /** Returns what a client says that speaks both versions. */
    static String hello() {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><hello xmlns=\"" + BASE + "\"><capabilities>"
                + "<capability>urn:ietf:params:netconf:base:1.0</capability>"
                + "<capability>" + BASE_1_1 + "</capability></capabilities></hello>";
    }

    /** Returns the server's number of the session. */
    String session() {
        return session;
    }

    /** Returns how messages after the hello are framed. */
    Framing framing() {
        return uris.contains(BASE_1_1) ? Framing.CHUNKED : Framing.END_OF_MESSAGE;
    }

    boolean candidate() {
        return has("candidate:1.0");
    }

    boolean writableRunning() {
        return has("writable-running:1.0");
    }

    boolean rollbackOnError() {
        return has("rollback-on-error:1.0");
    }

    /** Version 1.1 only: with 1.0 a commit cannot outlive the session that waits to confirm it, nor be cancelled. */
    boolean confirmedCommit() {
        return has("confirmed-commit:1.1");
    }

    boolean notification() {
        return has("notification:1.0");
    }

    /** Returns which revision of a YANG module the server has, if it says so in its hello. */
    Optional<String> revision(String namespace) {
        return uris.stream().filter(uri -> uri.startsWith(namespace + "?")).sorted()
                .flatMap(uri -> Arrays.stream(uri.substring(namespace.length() + 1).split("&")))
                .filter(parameter -> parameter.startsWith("revision="))
                .map(parameter -> parameter.substring("revision=".length())).findFirst();
    }

    private boolean has(String capability) {
        return uris.stream().anyMatch(uri -> uri.equals(PREFIX + capability)
                || uri.startsWith(PREFIX + capability + "?"));
    }
}
