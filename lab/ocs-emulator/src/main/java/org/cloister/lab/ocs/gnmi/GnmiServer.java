package org.cloister.lab.ocs.gnmi;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Listens; may stop and start again at the same address. Not safe for use by several threads. */
public final class GnmiServer {

    private static final long STOP_SECONDS = 2;

    private final Optional<Path> certificate;
    private final Optional<Path> key;
    private final BindableService service;
    private final Gate gate;
    private InetSocketAddress address;
    private Server server;

    /**
     * Creates a server that does not listen.
     *
     * @param address     port 0 for any that is free, the same one ever after
     * @param certificate PEM; without it the server speaks plain text, for tests within one process
     */
    public GnmiServer(InetSocketAddress address, Optional<Path> certificate, Optional<Path> key, BindableService service,
            Gate gate) {
        this.address = address;
        this.certificate = certificate;
        this.key = key;
        this.service = service;
        this.gate = gate;
    }

    /** Listens, if it does not. */
    public void start() {
        if (server != null) {
            return;
        }
        try {
            NettyServerBuilder builder = NettyServerBuilder.forAddress(address).addService(service).intercept(gate)
                    .directExecutor().permitKeepAliveTime(1, TimeUnit.SECONDS).permitKeepAliveWithoutCalls(true);
            if (certificate.isPresent()) {
                builder.sslContext(GrpcSslContexts.forServer(certificate.get().toFile(), key.orElseThrow().toFile()).build());
            }
            server = builder.build().start();
            address = new InetSocketAddress(address.getAddress(), server.getPort());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen at " + address + ": " + e.getMessage(), e);
        }
    }

    /** Returns where it listens, or did. */
    public InetSocketAddress address() {
        return address;
    }

    /** Ends all calls and listens no more. */
    public void stop() {
        if (server == null) {
            return;
        }
        server.shutdownNow();
        try {
            server.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server = null;
    }
}
