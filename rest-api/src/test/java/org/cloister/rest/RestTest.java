package org.cloister.rest;

import com.fasterxml.jackson.databind.JsonNode;
import org.cloister.isolation.api.DrainService;
import org.cloister.isolation.api.Json;
import org.cloister.isolation.api.MetricsService;
import org.cloister.isolation.api.ReadinessService;
import org.cloister.isolation.api.VerificationService;
import org.cloister.ocs.FakeCircuitService;
import org.cloister.ocs.api.CircuitMetricsService;
import org.cloister.ocs.api.CircuitService;
import org.cloister.ocs.api.OpticalCircuit;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.test.JerseyTest;
import org.glassfish.jersey.test.TestProperties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.onlab.osgi.ServiceDirectory;
import org.onlab.osgi.ServiceNotFoundException;

import javax.ws.rs.core.Application;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The application as it is, with its filters and mappers, on a port of its own; only the services are a fake. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RestTest extends JerseyTest {

    private static final Logger JERSEY = Logger.getLogger("org.glassfish");

    static {
        JERSEY.setLevel(Level.WARNING);
    }

    private static final long LOOK_AGAIN_NANOS = 5_000_000;

    static final String SPEC = "{\"nodes\":[\"gpu-1\",\"gpu-2\"]}";

    final FakeSlices slices = new FakeSlices();
    final FakeDrains drains = new FakeDrains();
    FakeCircuitService circuits = optics();
    /** Whether what manages optical switches is active. */
    boolean optical = true;
    /** What is missing for Cloister to be ready. */
    List<String> missing = List.of();
    boolean started = true;
    /** Set while the superclass is constructed, so without an initial value here. */
    private CloisterApplication application;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Override
    protected Application configure() {
        forceSet(TestProperties.CONTAINER_PORT, "0");
        application = new CloisterApplication(new ServiceDirectory() {
            @Override
            public <T> T get(Class<T> type) {
                if (!started) {
                    throw new ServiceNotFoundException("Service " + type.getName() + " not found");
                }
                return type.cast(service(type));
            }
        }, Duration.ofSeconds(1));
        return ResourceConfig.forApplication(application).register(new BasicLogin());
    }

    /** Returns what stands in for a service. */
    Object service(Class<?> type) {
        if (!optical && type.getPackage().equals(CircuitService.class.getPackage())) {
            throw new ServiceNotFoundException("Service " + type.getName() + " not found");
        }
        return Map.<Class<?>, Object>of(DrainService.class, drains, ReadinessService.class, (ReadinessService) () -> missing,
                MetricsService.class, (MetricsService) () -> "cloister_slices 1.0\n",
                CircuitMetricsService.class, (CircuitMetricsService) () -> "cloister_circuits 2.0\n",
                CircuitService.class, circuits,
                VerificationService.class, (VerificationService) VerificationTest::verified)
                .getOrDefault(type, slices);
    }

    /** Returns what sends the answers of requests that wait. */
    Resumer resumer() {
        return (Resumer) application.getProperties().get(CloisterApplication.RESUMER);
    }

    @BeforeAll
    @Override
    public void setUp() throws Exception {
        super.setUp();
    }

    @AfterAll
    @Override
    public void tearDown() throws Exception {
        super.tearDown();
    }

    @BeforeEach
    void forget() {
        slices.clear();
        drains.clear();
        circuits = optics();
        optical = true;
        missing = List.of();
        started = true;
    }

    /**
     * Two optical switches; on the first an idle circuit 1-5, one that somebody else made, 7-8, fibres at 1, 2 and 5, and
     * a port whose name has a slash.
     */
    private static FakeCircuitService optics() {
        return new FakeCircuitService(Clock.fixed(FakeSlices.THEN, ZoneOffset.UTC)).withSwitch("ocs-1", 8)
                .withSwitch("ocs-2", 4)
                .withFibre("ocs-1", "1", "leaf-1/5").withFibre("ocs-1", "2", "leaf-2/5").withFibre("ocs-1", "5", "spine-1/1")
                .withCircuit(OpticalCircuit.of("ocs-1", "1", "5")).withForeign(OpticalCircuit.of("ocs-1", "7", "8"));
    }

    /** Returns a request as a user, whose password is their name; as nobody if empty. */
    HttpRequest.Builder as(String user, String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(getBaseUri() + path))
                .timeout(Duration.ofSeconds(20));
        return user.isEmpty() ? request : request.header("Authorization", "Basic " + Base64.getEncoder()
                .encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8)));
    }

    HttpResponse<String> get(String user, String path) throws Exception {
        return send(as(user, path));
    }

    HttpResponse<String> put(String user, String path, String body) throws Exception {
        return send(as(user, path).header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> delete(String user, String path) throws Exception {
        return send(as(user, path).DELETE());
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /**
     * Does something as soon as a request waits for a slice to settle or to be gone, on another thread: after a time
     * instead, it could come before the request on a machine that is busy with something else.
     */
    void onceAwaited(String id, Runnable what) {
        Thread other = new Thread(() -> {
            while (!slices.isAwaited(id)) {
                LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            }
            what.run();
        });
        other.setDaemon(true);
        other.start();
    }

    static JsonNode json(HttpResponse<String> response) throws IOException {
        return Json.mapper().readTree(response.body());
    }
}
