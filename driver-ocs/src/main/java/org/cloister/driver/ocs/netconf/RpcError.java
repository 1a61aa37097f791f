package org.cloister.driver.ocs.netconf;

import org.w3c.dom.Element;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Why a server refused (RFC 6241, section 4.3 and appendix A). */
final class RpcError {

    private final Element error;

    RpcError(Element error) {
        this.error = error;
    }

    /** Returns the kind, for instance {@code lock-denied}. */
    String tag() {
        return Xml.text(error, "error-tag").orElse("operation-failed");
    }

    /** Returns whether it is one, and no warning. */
    boolean isSevere() {
        return !"warning".equals(Xml.text(error, "error-severity").orElse("error"));
    }

    /** Returns who holds the lock, where that is why; 0 is somebody who does not speak NETCONF. */
    Optional<String> lockHolder() {
        return Xml.child(error, "error-info").flatMap(info -> Xml.text(info, "session-id"));
    }

    /** Returns all that it says, in one line. */
    @Override
    public String toString() {
        Optional<String> info = Xml.child(error, "error-info").map(Element::getTextContent)
                .map(text -> text.trim().replaceAll("\\s+", " "));
        return Stream.of(Optional.of(tag()), Xml.text(error, "error-app-tag"), Xml.text(error, "error-message"), info,
                        Xml.text(error, "error-path").map(path -> "at " + path))
                .flatMap(Optional::stream).filter(text -> !text.isEmpty()).collect(Collectors.joining(", "));
    }
}
