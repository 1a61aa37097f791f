package org.cloister.driver.ocs.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Carries TCP connections to a server, and fails as networks do: silently, or by ending all connections. */
public final class Relay implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 16;

    private final InetSocketAddress server;
    private final ServerSocket listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private boolean stalled;

    /** Listens from now on. */
    public Relay(InetSocketAddress server) throws IOException {
        this.server = server;
        run("accept", this::accept);
    }

    /** Returns the TCP port at the loopback address that it listens at. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Returns how many connections there are. */
    public int connections() {
        sockets.removeIf(Socket::isClosed);
        return (sockets.size() + 1) / 2;
    }

    /** Keeps everything back from now on that either side sends; connections stay. */
    public synchronized void stall() {
        stalled = true;
    }

    /** Lets everything pass again, what was kept back first. */
    public synchronized void resume() {
        stalled = false;
        notifyAll();
    }

    /** Ends all connections; new ones are taken. */
    public void cut() {
        sockets.forEach(Relay::end);
        sockets.clear();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
        resume();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            Socket onward = new Socket();
            sockets.add(client);
            sockets.add(onward);
            run("connect", () -> carry(client, onward));
        }
    }

    private void carry(Socket client, Socket onward) throws IOException {
        try {
            client.setTcpNoDelay(true);
            onward.setTcpNoDelay(true);
            onward.connect(server);
            run("up", () -> pass(client, onward));
            pass(onward, client);
        } finally {
            end(client);
            end(onward);
        }
    }

    private void pass(Socket from, Socket to) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                awaitPassage();
                out.write(buffer, 0, count);
            }
        }
    }

    private synchronized void awaitPassage() throws IOException {
        try {
            while (stalled) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void run(String name, Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // a side has gone: the end of what this thread is for
                return;
            }
        }, "relay-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** What a thread does until a connection ends. */
    private interface Work {
        void run() throws IOException;
    }
}
