package org.cloister.driver.ocs.gnmi;

import com.google.protobuf.ByteString;
import io.grpc.Deadline;
import io.grpc.ManagedChannel;
import org.cloister.driver.ocs.OcsTarget;
import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.driver.ocs.session.CircuitState;
import org.cloister.gnmi.Encoding;
import org.cloister.gnmi.SetRequest;
import org.cloister.gnmi.TypedValue;
import org.cloister.gnmi.Update;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Somebody else with the right password, who gives circuits names of his own and does not take part in elections. */
final class OtherWriter implements AutoCloseable {

    private static final int SECONDS = 10;

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ManagedChannel channel;
    private final GnmiClient client;

    OtherWriter(OcsTarget target) {
        channel = new Channels(executor, timer).to(target);
        client = new GnmiClient(channel);
    }

    /** Makes a circuit. */
    void connect(CircuitPorts ports) throws Exception {
        String name = "other-" + ports.one() + "-" + ports.other();
        String config = String.format("{\"name\":\"%s\",\"input-port-name\":\"%s\",\"output-port-name\":\"%s\"}", name,
                ports.one(), ports.other());
        set(SetRequest.newBuilder().addUpdate(Update.newBuilder().setPath(OcsTree.connectionConfig(name))
                .setVal(TypedValue.newBuilder().setJsonIetfVal(ByteString.copyFromUtf8(config)))).build());
    }

    /** Deletes all circuits, lets light through all ports, and waits until the switch has done it. */
    void clear() throws Exception {
        Mirror mirror = read();
        SetRequest.Builder request = SetRequest.newBuilder();
        mirror.connections().forEach(each -> request.addDelete(OcsTree.connection(each.name().orElseThrow())));
        mirror.snapshot().ports().values().stream().filter(port -> !port.enabled()).forEach(port ->
                request.addAllUpdate(SetRequests.enabled(port.name(), true).getUpdateList()));
        set(request.build());
        List<CircuitState> left = read().connections();
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS); !left.isEmpty();
                left = read().connections()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not deleted: " + left);
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private Mirror read() throws Exception {
        Mirror mirror = new Mirror();
        mirror.took(client.get(Encoding.PROTO, Deadline.after(SECONDS, TimeUnit.SECONDS),
                OcsTree.path(OcsTree.CONNECTIONS), OcsTree.path(OcsTree.COMPONENTS)).get(), OcsTree.CONNECTIONS,
                OcsTree.COMPONENTS);
        return mirror;
    }

    private void set(SetRequest request) throws Exception {
        client.set(request, Deadline.after(SECONDS, TimeUnit.SECONDS)).get();
    }

    @Override
    public void close() throws Exception {
        channel.shutdownNow().awaitTermination(SECONDS, TimeUnit.SECONDS);
        timer.shutdownNow();
        executor.shutdown();
    }
}
