package org.cloister.driver.ocs.netconf;

import org.apache.sshd.client.channel.ChannelSubsystem;
import org.apache.sshd.client.session.ClientSession;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A channel of an SSH connection to the subsystem {@code netconf} (RFC 6242). */
final class SshLink implements Link {

    private static final String SUBSYSTEM = "netconf";

    private final ChannelSubsystem channel;
    private final AtomicBoolean closed = new AtomicBoolean();

    private SshLink(ChannelSubsystem channel) {
        this.channel = channel;
    }

    /** Opens one and has what arrives received. */
    static SshLink open(ClientSession session, Receiver receiver, Deadline deadline) throws IOException {
        ChannelSubsystem channel = session.createSubsystemChannel(SUBSYSTEM);
        SshLink link = new SshLink(channel);
        channel.setOut(new Arrivals(link, receiver));
        channel.setErr(OutputStream.nullOutputStream());
        channel.addCloseFutureListener(gone -> receiver.ended("the switch is gone, or closed the session"));
        channel.open().verify(deadline.left());
        return link;
    }

    @Override
    public void send(byte[] bytes) throws IOException {
        OutputStream out = channel.getInvertedIn();
        synchronized (out) {
            out.write(bytes);
            out.flush();
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            // not at once: what was sent last has to leave
            channel.close(false);
        }
    }

    /** Where the library writes what arrives. */
    private static final class Arrivals extends OutputStream {

        private final SshLink link;
        private final Receiver receiver;

        Arrivals(SshLink link, Receiver receiver) {
            this.link = link;
            this.receiver = receiver;
        }

        @Override
        public void write(int single) {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            try {
                receiver.received(bytes, offset, length);
            } catch (ProtocolException e) {
                receiver.ended("the switch does not keep to NETCONF: " + e.getMessage());
                link.close();
            }
        }
    }
}
