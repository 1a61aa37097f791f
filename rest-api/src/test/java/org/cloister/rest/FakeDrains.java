package org.cloister.rest;

import org.cloister.isolation.api.Drain;
import org.cloister.isolation.api.DrainService;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RefusedException;
import org.cloister.isolation.api.SliceId;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;

/** Drains without a network: what is drained stays held by the slice that a test names. */
final class FakeDrains implements DrainService {

    private final NavigableMap<String, Drain> drains = new ConcurrentSkipListMap<>();
    volatile List<SliceId> holders = List.of();

    void clear() {
        drains.clear();
        holders = List.of();
    }

    @Override
    public List<Drain> drains() {
        return new ArrayList<>(drains.values());
    }

    @Override
    public CompletableFuture<Drain> drain(String name) {
        if (!name.startsWith("leaf-1") && !name.startsWith("spine-")) {
            return refused(ProblemType.NOT_FOUND, "the fabric has no '" + name + "'");
        }
        if (name.equals("spine-2")) {
            return refused(ProblemType.INSUFFICIENT_UPLINKS, "slices in the way: a, b");
        }
        Drain drain = Drain.builder().name(name).since(FakeSlices.THEN).addLinks(name + "->spine-1/1")
                .slices(holders).build();
        drains.put(name, drain);
        return CompletableFuture.completedFuture(drain);
    }

    @Override
    public CompletableFuture<Drain> undrain(String name) {
        Drain drain = drains.remove(name);
        return drain == null ? refused(ProblemType.NOT_FOUND, "'" + name + "' is not drained")
                : CompletableFuture.completedFuture(drain);
    }

    private static CompletableFuture<Drain> refused(ProblemType type, String detail) {
        return CompletableFuture.failedFuture(new RefusedException(Problem.of(type, detail)));
    }
}
