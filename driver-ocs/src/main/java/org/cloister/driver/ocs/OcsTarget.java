package org.cloister.driver.ocs;

import org.immutables.value.Value;

import java.nio.file.Path;
import java.util.Optional;

/** Where an optical switch is and how to log in. */
@Value.Immutable
public interface OcsTarget {

    /** What it speaks. */
    Dialect dialect();

    /** A host name or an IP address. */
    String address();

    /** TCP port; by default the registered one of the protocol. */
    @Value.Default
    default int port() {
        return dialect().port();
    }

    /** The user. */
    String username();

    /** The file on the controller that holds the password and nothing else. */
    Path passwordFile();

    /** The file with the certificates that are trusted, PEM; those of the Java run-time when empty. Not for SSH. */
    Optional<Path> trust();

    /**
     * The file with the host keys that are trusted, in OpenSSH's format {@code known_hosts};
     * {@code .ssh/known_hosts} of the controller's user when empty. For SSH only.
     */
    Optional<Path> knownHosts();

    /** Returns a builder. */
    static ImmutableOcsTarget.Builder builder() {
        return ImmutableOcsTarget.builder();
    }
}
