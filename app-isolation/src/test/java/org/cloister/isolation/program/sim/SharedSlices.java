package org.cloister.isolation.program.sim;

import org.cloister.isolation.allocation.Decision;
import org.cloister.isolation.allocation.ImmutableLedger;
import org.cloister.isolation.allocation.ImmutableRequest;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.Request;
import org.cloister.isolation.allocation.Reservations;
import org.cloister.isolation.allocation.planning.CommonSpineAllocator;
import org.cloister.isolation.allocation.validation.Requests;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Bandwidth;
import org.cloister.isolation.api.Guarantee;
import org.cloister.isolation.api.ImmutableBandwidth;
import org.cloister.isolation.api.Member;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.ImmutableFabric;
import org.cloister.isolation.fabric.Link;
import org.onlab.packet.Ip4Address;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A random fabric, some links of which are broken, with as many slices as fit: exclusive ones and shared ones of all
 * rates; some of the shared ones are on their way from one allocation to another.
 */
public final class SharedSlices {

    private static final long[] RATES = {100_000_000_000L, 50_000_000_000L, 33_333_333_333L, 25_000_000_000L,
        12_345_678_901L, 10_000_000_000L, 1_000_000_000L};
    private static final int SLICES = 12;

    private final Random random;
    private final Fabric fabric;
    private final List<String> free;
    private final SortedMap<SliceId, List<Allocation>> slices = new TreeMap<>();
    private final List<Refused> refusals = new ArrayList<>();

    private SharedSlices(long seed) {
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
        this.fabric = fabric(random);
        this.free = new ArrayList<>(fabric.hosts().keySet());
        Collections.shuffle(free, random);
        for (int number = 0; number < SLICES && free.size() > 1; number++) {
            create(SliceId.of("slice-" + number));
        }
        List.copyOf(slices.keySet()).stream().filter(id -> random.nextInt(3) == 0).forEach(this::move);
    }

    /** Returns the slices of a seed. */
    public static SharedSlices of(long seed) {
        return new SharedSlices(seed);
    }

    public Fabric fabric() {
        return fabric;
    }

    /** Returns the allocations of each slice: one, or the one before and the one after a move. */
    public Map<SliceId, List<Allocation>> slices() {
        return slices;
    }

    /** Returns the requests that did not fit, with what others held at the time. */
    public List<Refused> refusals() {
        return refusals;
    }

    /** Returns what all slices but one hold. */
    public Ledger ledgerWithout(SliceId left) {
        ImmutableLedger.Builder ledger = ImmutableLedger.builder();
        Map<Link, Long> reserved = new TreeMap<>();
        slices.forEach((id, allocations) -> {
            allocations.forEach(allocation -> ledger.addTags(allocation.tag()));
            if (!id.equals(left)) {
                allocations.forEach(allocation -> allocation.members()
                        .forEach(member -> ledger.putHosts(member.host(), id)));
                Reservations.of(allocations).forEach((link, rate) -> reserved.merge(link, rate, Long::sum));
                ledger.addAllExclusive(Reservations.exclusive(allocations));
            }
        });
        return ledger.putAllReserved(reserved).build();
    }

    private void create(SliceId id) {
        int size = Math.min(free.size(), 2 + random.nextInt(6));
        Request request = request(List.copyOf(free.subList(0, size)), random.nextInt(4) == 0 ? 0 : rate());
        Ledger ledger = ledgerWithout(id);
        decide(ledger, request).ifPresent(allocation -> {
            slices.put(id, List.of(allocation));
            free.subList(0, size).clear();
        });
    }

    /** Another rate, another host, or the same again over other links. */
    private void move(SliceId id) {
        Allocation now = slices.get(id).get(0);
        List<String> hosts = now.members().stream().map(member -> member.host()).collect(Collectors.toList());
        if (random.nextBoolean() && !free.isEmpty()) {
            hosts.set(random.nextInt(hosts.size()), free.remove(0));
        }
        long rate = now.guarantee() != Guarantee.RATE ? 0 : random.nextBoolean() ? rate()
                : now.members().get(0).limitBitsPerSecond().orElseThrow();
        Request request = ImmutableRequest.copyOf(request(hosts, rate)).withPrevious(now);
        decide(ledgerWithout(id), request).ifPresent(next -> slices.put(id, List.of(now, next)));
    }

    private Optional<Allocation> decide(Ledger ledger, Request request) {
        Decision decision = new CommonSpineAllocator().allocate(fabric, ledger, request);
        return decision.fold(Optional::of, problem -> {
            refusals.add(new Refused(ledger, request, problem));
            return Optional.empty();
        });
    }

    private long rate() {
        return RATES[random.nextInt(RATES.length)];
    }

    private Request request(List<String> hosts, long rate) {
        Bandwidth bandwidth = rate == 0 ? Bandwidth.exclusive() : ImmutableBandwidth.builder()
                .mode(Bandwidth.Mode.SHARED).guaranteedBitsPerSecond(rate).build();
        return Requests.check(fabric, SliceSpec.builder().bandwidth(bandwidth)
                .members(hosts.stream().map(Member::of).collect(Collectors.toList())).build())
                .fold(valid -> valid, problem -> {
                    throw new AssertionError(problem);
                });
    }

    private static Fabric fabric(Random random) {
        Fabric whole = LeafSpine.of(2 + random.nextInt(4), 1 + random.nextInt(4), 2 + random.nextInt(6),
                1 + random.nextInt(2), (leaf, host) -> List.of(Ip4Address.valueOf((10 << 24) + (leaf << 8) + host)));
        return ImmutableFabric.copyOf(whole).withLinks(whole.links().stream()
                .filter(link -> random.nextInt(20) > 0).collect(Collectors.toList()));
    }

    @Override
    public String toString() {
        return fabric.switches().keySet() + " " + slices.entrySet().stream().map(slice -> slice.getKey() + " "
                + slice.getValue().stream().map(allocation -> allocation.guarantee() + " " + allocation.members().stream()
                .map(member -> member.host() + "^" + member.uplink().map(Object::toString).orElse("-") + "*"
                        + member.limitBitsPerSecond().orElse(0)).collect(Collectors.toList()))
                .collect(Collectors.toList())).collect(Collectors.toList());
    }

    /** A request that did not fit. */
    public static final class Refused {
        private final Ledger ledger;
        private final Request request;
        private final Problem problem;

        Refused(Ledger ledger, Request request, Problem problem) {
            this.ledger = ledger;
            this.request = request;
            this.problem = problem;
        }

        public Ledger ledger() {
            return ledger;
        }

        public Request request() {
            return request;
        }

        public Problem problem() {
            return problem;
        }
    }
}
