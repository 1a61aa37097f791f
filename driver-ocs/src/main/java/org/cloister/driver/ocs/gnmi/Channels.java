package org.cloister.driver.ocs.gnmi;

import com.google.common.base.CharMatcher;
import io.grpc.ChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.TlsChannelCredentials;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.stub.MetadataUtils;
import org.cloister.driver.ocs.OcsTarget;
import org.cloister.driver.ocs.session.OcsException;
import org.cloister.driver.ocs.session.OcsException.Reason;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/** Makes channels to switches: TLS always, user and password with every call. Nothing is connected before the first call. */
final class Channels {

    private static final Metadata.Key<String> USERNAME = Metadata.Key.of("username", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> PASSWORD = Metadata.Key.of("password", Metadata.ASCII_STRING_MARSHALLER);
    /** What a switch of a thousand ports shows is about a megabyte. */
    private static final int MESSAGE_BYTES = 1 << 26;

    private final ExecutorService executor;
    private final ScheduledExecutorService timer;

    Channels(ExecutorService executor, ScheduledExecutorService timer) {
        this.executor = executor;
        this.timer = timer;
    }

    /**
     * Makes a channel, with what the files hold at this moment.
     *
     * @throws OcsException {@code UNAUTHENTICATED}, naming the file that cannot be used
     */
    ManagedChannel to(OcsTarget target) {
        Metadata login = new Metadata();
        login.put(USERNAME, target.username());
        login.put(PASSWORD, password(target.passwordFile()));
        return OkHttpChannelBuilder.forAddress(target.address(), target.port(), tls(target))
                .executor(executor).transportExecutor(executor).scheduledExecutorService(timer)
                // a proxy for the web has no business between a controller and its switches
                .proxyDetector(address -> null)
                .maxInboundMessageSize(MESSAGE_BYTES)
                .disableRetry()
                .intercept(MetadataUtils.newAttachHeadersInterceptor(login))
                .build();
    }

    private static String password(Path file) {
        String password;
        try {
            password = Files.readString(file).stripTrailing();
        } catch (IOException e) {
            throw new OcsException(Reason.UNAUTHENTICATED, "the password cannot be read from " + file + ": " + e, e);
        }
        if (!CharMatcher.ascii().matchesAllOf(password)) {
            throw new OcsException(Reason.UNAUTHENTICATED, "the password in " + file + " has characters that gRPC does "
                    + "not carry: only ASCII can be used");
        }
        return password;
    }

    private static ChannelCredentials tls(OcsTarget target) {
        TlsChannelCredentials.Builder tls = TlsChannelCredentials.newBuilder();
        if (target.trust().isPresent()) {
            try (InputStream trust = Files.newInputStream(target.trust().get())) {
                tls.trustManager(trust);
            } catch (IOException e) {
                throw new OcsException(Reason.UNAUTHENTICATED, "the trusted certificates cannot be read from "
                        + target.trust().get() + ": " + e, e);
            }
        }
        return tls.build();
    }
}
