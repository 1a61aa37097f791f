package org.cloister.driver.ocs.netconf;

import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.util.net.SshdSocketAddress;

import java.net.SocketAddress;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Trusts a switch whose host key is in a file of OpenSSH's format {@code known_hosts}, and no other: a key that is taken
 * on trust the first time is an attacker's as well, and what it would get is the password of a switch. The file is read
 * at every connection and never written.
 */
final class HostKeys implements ServerKeyVerifier {

    /** Where a connection has its own. */
    static final AttributeKey<HostKeys> KEY = new AttributeKey<>();

    private final Path file;
    private volatile String refusal;

    HostKeys(Path file) {
        this.file = file;
    }

    /** Asks the one of a connection. */
    static boolean verify(ClientSession session, SocketAddress server, PublicKey key) {
        return session.getConnectionContext().getAttribute(KEY).verifyServerKey(session, server, key);
    }

    @Override
    public boolean verifyServerKey(ClientSession session, SocketAddress server, PublicKey key) {
        boolean trusted = new Verifier(file).verifyServerKey(session, server, key);
        if (!trusted) {
            refusal = KeyUtils.getKeyType(key) + " key " + KeyUtils.getFingerPrint(key) + " of " + server
                    + " is not the one in " + file + "; if the switch says that it is its own, add what ssh-keyscan prints";
        }
        return trusted;
    }

    /** Returns why a key was refused, if one was. */
    Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** Takes, as OpenSSH does, an entry without a port for one of all ports: NETCONF has one of its own. */
    private static final class Verifier extends KnownHostsServerKeyVerifier {

        Verifier(Path file) {
            super((session, server, key) -> false, file);
        }

        @Override
        protected Collection<SshdSocketAddress> resolveHostNetworkIdentities(ClientSession session,
                SocketAddress server) {
            Collection<SshdSocketAddress> identities = super.resolveHostNetworkIdentities(session, server);
            return Stream.concat(identities.stream(), identities.stream()
                            .map(each -> new SshdSocketAddress(each.getHostName(), SshConstants.DEFAULT_PORT)))
                    .distinct().collect(Collectors.toList());
        }
    }
}
