package org.cloister.driver.ocs.netconf;

import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.PublicKeyEntry;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.time.Duration;

/** A session with a server besides the one that is tested. It trusts any host key, and says which one it was. */
final class OtherController implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final AtomicReference<String> hostKey = new AtomicReference<>();
    private final SshClient client = SshClient.setUpDefaultClient();
    private final NetconfChannel channel = new NetconfChannel(notification -> {
    });
    private final Datastore datastore;

    OtherController(int port, Deadline deadline) throws IOException {
        client.setServerKeyVerifier((session, address, key) -> {
            hostKey.set(PublicKeyEntry.toString(key));
            return true;
        });
        client.start();
        try {
            ClientSession session = client.connect("root", "127.0.0.1", port).verify(deadline.left()).getClientSession();
            session.addPasswordIdentity(NetconfHarness.PASSWORD);
            session.auth().verify(deadline.left());
            ServerCapabilities server = channel.open(SshLink.open(session, channel, deadline), deadline);
            datastore = Datastore.of(channel, server);
        } catch (IOException | RuntimeException e) {
            client.stop();
            throw e;
        }
    }

    /** Returns the line of a file {@code known_hosts} that trusts the server, at whatever port it is reached. */
    String knownHost() {
        return "127.0.0.1 " + hostKey.get() + "\n";
    }

    Reading read() throws RpcRefused {
        return Reading.of(channel, Deadline.in(ANSWER));
    }

    /** Sends an operation. */
    void ask(String operation) throws RpcRefused {
        channel.ask(operation, Deadline.in(ANSWER));
    }

    /** Changes the configuration. */
    void edit(String config) throws Exception {
        if (config.isEmpty()) {
            return;
        }
        Deadline deadline = Deadline.in(ANSWER);
        lock(deadline);
        try {
            datastore.edit(config, Optional.empty(), deadline);
        } finally {
            datastore.unlock(deadline);
        }
    }

    /** A session that ended a moment ago may still have the lock, or have left what waits for confirmation. */
    private void lock(Deadline deadline) throws Exception {
        for (int pause = 20;; pause *= 2) {
            try {
                datastore.lock(deadline);
                return;
            } catch (RpcRefused e) {
                if (!e.isLocked() || deadline.isOver()) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(pause);
            }
        }
    }

    @Override
    public void close() {
        channel.close();
        client.stop();
    }
}
