package org.cloister.isolation.control;

import org.cloister.isolation.api.Slice;
import org.cloister.isolation.program.sim.LeafSpine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * All of control on simulated switches, for tests of what stands on the api. Time passes as far as an answer needs,
 * so that every future is complete when it is returned. Threads take turns.
 */
public final class LiveSlices {

    /** Longer than the polls that anything under way waits for. */
    private static final Duration MOMENT = Duration.ofSeconds(6);

    /** Longer than a request can take to be decided on. */
    private static final Duration REQUEST = Duration.ofSeconds(20);

    /** Everything ends by some deadline before this. */
    private static final int MOST_MOMENTS = 100;

    private final Bench bench;

    private LiveSlices(Bench bench) {
        this.bench = bench;
    }

    /** Starts on a fabric of hosts {@code gpu-LEAF-PORT}, each a node of its own, without any slice. */
    public static LiveSlices start(int leaves, int spines, int hostsPerLeaf) {
        return new LiveSlices(Bench.of(LeafSpine.of(leaves, spines, hostsPerLeaf)).barrier().ready());
    }

    /**
     * Returns all that a request can change, by name: documents, rules on switches, meters.
     */
    public synchronized SortedMap<String, String> state() {
        SortedMap<String, String> state = new TreeMap<>();
        for (String map : bench.storage.names()) {
            bench.storage.<Object, Object>map(map).entrySet().forEach(entry ->
                    state.put(map + " " + entry.getKey(), String.valueOf(entry.getValue().value())));
        }
        bench.onos.switches().forEach(each -> {
            each.rules.values().forEach(rule -> state.put(each.device + " " + rule.tableId() + " " + rule.priority()
                    + " " + rule.selector(), rule.treatment().toString()));
            state.put(each.device + " meters", bench.meters.states(each).toString());
        });
        return state;
    }

    /**
     * Lets time pass until nothing is under way and no lease runs out during the next request.
     *
     * @return the state, which stays as it is until somebody asks for something
     */
    public synchronized SortedMap<String, String> rest() {
        SortedMap<String, String> before = state();
        for (int moment = 0; moment < MOST_MOMENTS; moment++) {
            SortedMap<String, String> now = later();
            if (now.equals(before) && !leaseEndsSoon()) {
                return now;
            }
            before = now;
        }
        throw new AssertionError("does not come to rest: " + before);
    }

    /** Returns the state after a moment in which what is under way can show. */
    public synchronized SortedMap<String, String> later() {
        bench.time.pass(MOMENT);
        bench.onos.switches().forEach(each -> each.history.clear()); // else it grows with every request
        return state();
    }

    /** Returns whether a lease can run out during the next request and the moment after it. */
    public synchronized boolean leaseEndsSoon() {
        Instant time = bench.time.now().plus(REQUEST);
        return bench.slices.slices().stream().map(Slice::lease).flatMap(Optional::stream)
                .anyMatch(lease -> lease.expiresAt().isBefore(time));
    }

    /** Returns what a caller did that ONOS punishes. */
    public synchronized List<String> violations() {
        return bench.onos.violations();
    }

    /** Returns whether control offers a service. */
    public boolean offers(Class<?> service) {
        return service.isInstance(bench.slices) || service.isInstance(bench.slices.drains());
    }

    /** Returns a service that control offers. */
    public <T> T service(Class<T> service) {
        return service.cast(Proxy.newProxyInstance(service.getClassLoader(), new Class<?>[] {service},
                (proxy, method, arguments) -> answered(method, arguments)));
    }

    private synchronized Object answered(Method method, Object[] arguments) throws Throwable {
        try {
            Object target = method.getDeclaringClass().isInstance(bench.slices) ? bench.slices : bench.slices.drains();
            Object answer = method.invoke(target, arguments);
            if (answer instanceof CompletableFuture) {
                bench.time.until("an answer", Bench.LONG, ((CompletableFuture<?>) answer)::isDone);
            }
            return answer;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
