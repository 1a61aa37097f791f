package org.cloister.driver.ocs.netconf;

import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.client.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.cloister.driver.ocs.Dialect;
import org.cloister.driver.ocs.OcsTarget;
import org.cloister.driver.ocs.SessionFactory;
import org.cloister.driver.ocs.session.OcsException;
import org.cloister.driver.ocs.session.OcsException.Reason;
import org.cloister.driver.ocs.session.OcsSession;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/** Opens sessions with switches of dialect {@code polatis-netconf}. */
@Component(service = SessionFactory.class)
public final class NetconfSessions implements SessionFactory {

    private static final Duration OPENING = Duration.ofSeconds(15);
    /** A peer that says nothing at all is given up after three of these. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(3);
    private static final int UNANSWERED_HEARTBEATS = 2;

    private final ExecutorService opening = Executors.newCachedThreadPool(Threads.named("netconf-open"));
    private final Set<OcsSession> open = ConcurrentHashMap.newKeySet();
    private SshClient client;

    @Override
    public Dialect dialect() {
        return Dialect.POLATIS_NETCONF;
    }

    @Override
    public CompletableFuture<OcsSession> open(OcsTarget target) {
        CompletableFuture<OcsSession> opened = new CompletableFuture<>();
        try {
            opening.execute(() -> open(target, opened));
        } catch (RejectedExecutionException e) {
            opened.completeExceptionally(new OcsException(Reason.LOST, "no sessions are opened any more"));
        }
        return opened;
    }

    private void open(OcsTarget target, CompletableFuture<OcsSession> opened) {
        try {
            OcsSession session = new Opening(client(), target, Deadline.in(OPENING)).session();
            open.add(session);
            session.ended().whenComplete((closed, why) -> open.remove(session));
            if (!opened.complete(session) || opening.isShutdown()) {
                // nobody wants it any more
                session.close();
            }
        } catch (OcsException e) {
            opened.completeExceptionally(e);
        } catch (RuntimeException e) {
            opened.completeExceptionally(new OcsException(Reason.LOST, target.address() + ": " + e, e));
        }
    }

    @Deactivate
    @Override
    public void close() {
        opening.shutdown();
        open.forEach(OcsSession::close);
        synchronized (this) {
            if (client != null) {
                client.stop();
            }
        }
    }

    /** Threads of SSH are there once they are needed. */
    private synchronized SshClient client() {
        if (opening.isShutdown()) {
            throw new OcsException(Reason.LOST, "no sessions are opened any more");
        }
        if (client == null) {
            client = started();
        }
        return client;
    }

    /** One that reads nothing of the user's own settings and keys. */
    private static SshClient started() {
        SshClient client = ClientBuilder.builder().build();
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.setUserAuthFactories(List.of(UserAuthPasswordFactory.INSTANCE,
                UserAuthKeyboardInteractiveFactory.INSTANCE));
        client.setServerKeyVerifier(HostKeys::verify);
        CoreModuleProperties.HEARTBEAT_INTERVAL.set(client, HEARTBEAT);
        CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(client, UNANSWERED_HEARTBEATS);
        CoreModuleProperties.NIO2_READ_TIMEOUT.set(client, Duration.ZERO);
        CoreModuleProperties.IDLE_TIMEOUT.set(client, Duration.ZERO);
        client.start();
        return client;
    }
}
