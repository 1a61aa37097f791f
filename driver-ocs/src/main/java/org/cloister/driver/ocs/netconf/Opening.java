package org.cloister.driver.ocs.netconf;

import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.SshException;
import org.cloister.driver.ocs.OcsTarget;
import org.cloister.driver.ocs.session.Capability;
import org.cloister.driver.ocs.session.OcsException;
import org.cloister.driver.ocs.session.OcsException.Reason;
import org.cloister.driver.ocs.session.OcsSession;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;

/** The steps from an address to a session, each of which says what went wrong. */
final class Opening {

    /** Servers that announce notifications and then do not answer are not waited for longer. */
    private static final Duration SUBSCRIPTION = Duration.ofSeconds(2);
    private static final Duration READ_BESIDE_NOTIFICATIONS = Duration.ofSeconds(5);
    private static final Duration READ_INSTEAD_OF_NOTIFICATIONS = Duration.ofSeconds(1);

    private final SshClient client;
    private final OcsTarget target;
    private final Deadline deadline;
    private final HostKeys hostKeys;
    private volatile Runnable changed = () -> {
    };

    Opening(SshClient client, OcsTarget target, Deadline deadline) {
        this.client = client;
        this.target = target;
        this.deadline = deadline;
        this.hostKeys = new HostKeys(target.knownHosts()
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".ssh", "known_hosts")));
    }

    /** Returns the session, or throws {@link OcsException} and leaves nothing open. */
    OcsSession session() {
        String password = password();
        ClientSession ssh = connected();
        try {
            login(ssh, password);
            NetconfChannel channel = new NetconfChannel(ignored -> {
            });
            ServerCapabilities server = channel.open(SshLink.open(ssh, channel, deadline), deadline);
            channel.ended().whenComplete((closed, why) -> ssh.close(why != null));
            checkModel(server);
            Reading first = first(channel);
            EnumSet<Capability> capabilities = capabilities(server, first);
            if (server.notification() && subscribed(ssh)) {
                capabilities.add(Capability.NOTIFICATIONS);
            }
            NetconfSession session = new NetconfSession(channel, server, capabilities,
                    capabilities.contains(Capability.NOTIFICATIONS) ? READ_BESIDE_NOTIFICATIONS
                            : READ_INSTEAD_OF_NOTIFICATIONS);
            changed = session::changed;
            return session;
        } catch (OcsException e) {
            ssh.close(true);
            throw e;
        } catch (IOException e) {
            ssh.close(true);
            throw failed("NETCONF could not be opened", e);
        }
    }

    private String password() {
        try {
            return Files.readString(target.passwordFile()).strip();
        } catch (IOException e) {
            throw new OcsException(Reason.UNAUTHENTICATED, "password file " + target.passwordFile()
                    + " could not be read: " + e, e);
        }
    }

    private ClientSession connected() {
        try {
            return client.connect(target.username(), target.address(), target.port(),
                    AttributeRepository.ofKeyValuePair(HostKeys.KEY, hostKeys), null)
                    .verify(deadline.left()).getClientSession();
        } catch (IOException e) {
            throw failed("no connection", e);
        }
    }

    private void login(ClientSession ssh, String password) {
        try {
            ssh.addPasswordIdentity(password);
            ssh.auth().verify(deadline.left());
        } catch (IOException e) {
            hostKeys.refusal().ifPresent(why -> {
                throw new OcsException(Reason.UNAUTHENTICATED, where() + "not trusted: " + why, e);
            });
            boolean refused = e instanceof SshException && ssh.isOpen() && !deadline.isOver()
                    || isDisconnectByPolicy(e);
            ssh.close(true);
            if (refused) {
                throw new OcsException(Reason.UNAUTHENTICATED, where() + "user " + target.username()
                        + " with the password in " + target.passwordFile() + " was refused: " + e.getMessage(), e);
            }
            throw failed("no login", e);
        }
    }

    /** Code 14 of RFC 4253, section 11.1: no more authentication methods; what the library says on the last refusal. */
    private static boolean isDisconnectByPolicy(IOException e) {
        return e instanceof SshException && ((SshException) e).getDisconnectCode() == 14;
    }

    private void checkModel(ServerCapabilities server) {
        server.revision(PolatisModel.NAMESPACE).filter(has -> has.compareTo(PolatisModel.FIRST_REVISION) < 0)
                .ifPresent(has -> {
                    throw new OcsException(Reason.UNSUPPORTED, where() + "module optical-switch of revision " + has
                            + " is older than " + PolatisModel.FIRST_REVISION);
                });
    }

    private Reading first(NetconfChannel channel) {
        try {
            return Reading.of(channel, deadline);
        } catch (RpcRefused e) {
            throw new OcsException(Reason.UNSUPPORTED, where() + "module optical-switch cannot be read: "
                    + e.getMessage(), e);
        }
    }

    private static EnumSet<Capability> capabilities(ServerCapabilities server, Reading first) {
        EnumSet<Capability> capabilities = EnumSet.noneOf(Capability.class);
        if (server.candidate() && server.confirmedCommit()) {
            capabilities.add(Capability.CONFIRMED_COMMIT);
        }
        if (first.measuresPower()) {
            capabilities.add(Capability.OPTICAL_POWER);
        }
        if (first.hasShutters()) {
            capabilities.add(Capability.PORT_ADMIN);
        }
        return capabilities;
    }

    /** Notifications have a session of their own, in the same connection: few servers answer anything else beside them. */
    private boolean subscribed(ClientSession ssh) {
        NetconfChannel channel = new NetconfChannel(notification -> changed.run());
        Deadline soon = Deadline.in(SUBSCRIPTION);
        try {
            channel.open(SshLink.open(ssh, channel, soon), soon);
            channel.ask(Subscription.create(Subscription.streams(channel, soon)), soon);
            return true;
        } catch (RpcRefused | IOException | OcsException e) {
            channel.close();
            return false;
        }
    }

    private OcsException failed(String what, IOException e) {
        return new OcsException(deadline.isOver() ? Reason.DEADLINE : Reason.LOST, where() + what + ": "
                + e.getMessage(), e);
    }

    private String where() {
        return target.address() + " port " + target.port() + ": ";
    }
}
