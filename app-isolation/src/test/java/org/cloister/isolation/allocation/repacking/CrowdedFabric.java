package org.cloister.isolation.allocation.repacking;

import org.cloister.isolation.allocation.Decision;
import org.cloister.isolation.allocation.ImmutableLedger;
import org.cloister.isolation.allocation.ImmutableRequest;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.Request;
import org.cloister.isolation.allocation.TestFabric;
import org.cloister.isolation.allocation.planning.CommonSpineAllocator;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.ImmutablePattern;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Host;
import org.cloister.isolation.fabric.Link;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A small fabric that slices came to and left until little is free of it, and one more request, all by a seed. */
final class CrowdedFabric {

    private static final List<String> PATTERNS = List.of("ring", "ring", "ring", "ring", "all-to-all", "any");

    private final SplittableRandom random;
    private final Fabric fabric;
    private final List<Host> free;
    private final Map<SliceId, Allocation> slices = new LinkedHashMap<>();
    private final Map<SliceId, Boolean> movable = new LinkedHashMap<>();
    private final Map<SliceId, Request> requests = new LinkedHashMap<>();
    private Request request;

    CrowdedFabric(long seed) {
        random = new SplittableRandom(seed);
        int leaves = 3 + random.nextInt(2);
        int spines = 2 + random.nextInt(3);
        TestFabric made = (random.nextInt(5) == 0 ? TestFabric.withParallelLinks(leaves, spines, 2)
                : TestFabric.of(leaves, spines)).hostsPerLeaf(4);
        if (random.nextInt(4) == 0) {
            made.broken(TestFabric.up(random.nextInt(leaves), random.nextInt(spines)));
        }
        fabric = made.build();
        free = new ArrayList<>(made.hosts());
        int arrivals = 2 + random.nextInt(6);
        for (int arrival = 0; arrival < arrivals && free.size() > 1; arrival++) {
            SliceId id = SliceId.of("s-" + arrival);
            Request asked = next(2 + random.nextInt(2));
            allocated(somewhere(), asked).ifPresent(allocation -> {
                slices.put(id, allocation);
                movable.put(id, random.nextInt(4) > 0);
                requests.put(id, asked);
                free.removeAll(asked.members());
            });
            if (random.nextInt(3) == 0 && !slices.isEmpty()) {
                SliceId leaving = new ArrayList<>(slices.keySet()).get(random.nextInt(slices.size()));
                free.addAll(requests.get(leaving).members());
                slices.remove(leaving);
            }
        }
        request = next(3 + random.nextInt(3));
    }

    /** What is held, and some spines that are not to be used: so slices are where others before them left room. */
    private Ledger somewhere() {
        Ledger now = ledger();
        Map<Link, Long> reserved = new TreeMap<>(now.reserved());
        for (int spine = 0; spine < 5; spine++) {
            String name = TestFabric.spine(spine);
            if (random.nextInt(3) == 0) {
                fabric.links().stream().filter(link -> link.from().switchName().equals(name)
                        || link.to().switchName().equals(name)).forEach(link -> reserved.put(link, 1L));
            }
        }
        return ImmutableLedger.copyOf(now).withReserved(reserved);
    }

    private Request next(int size) {
        Collections.shuffle(free, new Random(random.nextLong()));
        List<Host> members = new ArrayList<>(free.subList(0, Math.min(size, free.size())));
        return request(members, PATTERNS.get(random.nextInt(PATTERNS.size())));
    }

    static Request request(List<Host> members, String pattern) {
        return ImmutableRequest.builder().members(members).addPatterns(ImmutablePattern.builder().type(pattern)
                .addGroups(IntStream.range(0, members.size()).boxed().collect(Collectors.toList())).build()).build();
    }

    static Optional<Allocation> allocated(Fabric fabric, Ledger ledger, Request request) {
        return decision(fabric, ledger, request).fold(Optional::of, problem -> Optional.empty());
    }

    static Decision decision(Fabric fabric, Ledger ledger, Request request) {
        return new CommonSpineAllocator().allocate(fabric, ledger, request);
    }

    private Optional<Allocation> allocated(Ledger ledger, Request asked) {
        return allocated(fabric, ledger, asked);
    }

    /** Returns what slices hold. */
    static Ledger ledger(Fabric fabric, Map<SliceId, Allocation> slices) {
        Map<Link, Long> reserved = new TreeMap<>();
        ImmutableLedger.Builder ledger = ImmutableLedger.builder();
        slices.forEach((id, allocation) -> {
            ledger.addTags(allocation.tag());
            allocation.members().forEach(member -> ledger.putHosts(member.host(), id));
            allocation.links().forEach(each -> {
                Link link = Link.of(each.from(), each.to());
                if (reserved.put(link, each.reservedBitsPerSecond()) != null) {
                    throw new AssertionError("two slices have " + link);
                }
                ledger.addExclusive(link);
            });
        });
        return ledger.reserved(reserved).build();
    }

    Ledger ledger() {
        return ledger(fabric, slices);
    }

    Fabric fabric() {
        return fabric;
    }

    Request request() {
        return request;
    }

    Request request(SliceId slice) {
        return requests.get(slice);
    }

    Map<SliceId, Allocation> slices() {
        return slices;
    }

    /** Returns the slices that may be moved. */
    List<Holding> movable() {
        return slices.entrySet().stream().filter(each -> movable.get(each.getKey()))
                .filter(each -> Holding.canMove(each.getValue()))
                .map(each -> Holding.of(each.getKey(), each.getValue())).collect(Collectors.toList());
    }

    /** Whether the request lacks nothing but links. */
    boolean isRefused() {
        return request.members().size() > 1 && allocated(ledger(), request).isEmpty();
    }
}
