package org.cloister.lab.ocs.gnmi;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import org.cloister.lab.ocs.fault.FaultKind;
import org.cloister.lab.ocs.fault.Faults;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Lets those in who know the password; while the management is dead, nobody hears anything. */
public final class Gate implements ServerInterceptor {

    private static final Metadata.Key<String> USERNAME = Metadata.Key.of("username", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> PASSWORD = Metadata.Key.of("password", Metadata.ASCII_STRING_MARSHALLER);

    private final String username;
    private final String password;
    private final Faults faults;
    private final Queue<ServerCall<?, ?>> unanswered = new ConcurrentLinkedQueue<>();

    /** Creates a gate. */
    public Gate(String username, String password, Faults faults) {
        this.username = Objects.requireNonNull(username, "username is null");
        this.password = Objects.requireNonNull(password, "password is null");
        this.faults = faults;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (faults.any(FaultKind.MANAGEMENT_DEAD).isPresent()) {
            unanswered.add(call);
            return new ServerCall.Listener<>() { };
        }
        if (!same(username, headers.get(USERNAME)) || !same(password, headers.get(PASSWORD))) {
            call.close(Status.UNAUTHENTICATED.withDescription("username or password is wrong"), new Metadata());
            return new ServerCall.Listener<>() { };
        }
        return next.startCall(call, headers);
    }

    /** Ends the calls that were not answered. */
    public void revive() {
        for (ServerCall<?, ?> call = unanswered.poll(); call != null; call = unanswered.poll()) {
            if (!call.isCancelled()) {
                call.close(Status.UNAVAILABLE.withDescription("the management has started anew"), new Metadata());
            }
        }
    }

    private static boolean same(String known, String shown) {
        return shown != null && MessageDigest.isEqual(known.getBytes(StandardCharsets.UTF_8),
                shown.getBytes(StandardCharsets.UTF_8));
    }
}
