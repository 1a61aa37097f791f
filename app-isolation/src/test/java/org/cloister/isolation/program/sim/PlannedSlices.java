package org.cloister.isolation.program.sim;

import org.cloister.isolation.allocation.CommonSpineAllocator;
import org.cloister.isolation.allocation.ImmutableLedger;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.Request;
import org.cloister.isolation.allocation.Requests;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.ImmutablePattern;
import org.cloister.isolation.api.Member;
import org.cloister.isolation.api.Pattern;
import org.cloister.isolation.api.PatternType;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Link;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Slices that the real allocator made, one after the other in one fabric. */
public final class PlannedSlices {

    private final Scenario scenario;
    private final List<Planned> slices;

    private PlannedSlices(Fabric fabric, List<Planned> slices) {
        this.scenario = new Scenario(fabric, slices.stream().map(Planned::allocation).collect(Collectors.toList()));
        this.slices = slices;
    }

    /** Asks for one slice of random hosts for each pattern; what is refused is left out. */
    public static PlannedSlices over(Fabric fabric, List<PatternType> types, Random random) {
        List<String> hosts = new ArrayList<>(fabric.hosts().keySet());
        if (random.nextBoolean()) {
            Collections.shuffle(hosts, random);
        }
        Ledger ledger = Ledger.empty();
        List<Planned> slices = new ArrayList<>();
        for (PatternType type : types) {
            int groups = 1 + random.nextInt(2);
            int size = type == PatternType.HALVING_DOUBLING ? 1 << 1 + random.nextInt(3) : 2 + random.nextInt(7);
            if (groups * size > hosts.size()) {
                continue;
            }
            List<String> members = hosts.subList(0, groups * size);
            Pattern pattern = pattern(type, groups, size, random);
            Optional<Allocation> allocation = allocate(fabric, ledger, members, pattern);
            if (allocation.isPresent()) {
                slices.add(new Planned(allocation.get(), pattern));
                ledger = with(ledger, allocation.get());
                hosts = new ArrayList<>(hosts.subList(groups * size, hosts.size()));
            }
        }
        return new PlannedSlices(fabric, slices);
    }

    public Scenario scenario() {
        return scenario;
    }

    public List<Planned> slices() {
        return slices;
    }

    @Override
    public String toString() {
        return scenario + " " + slices.stream().map(slice -> slice.pattern + " " + slice.allocation.guarantee())
                .collect(Collectors.toList());
    }

    private static Pattern pattern(PatternType type, int groups, int size, Random random) {
        List<Integer> ranks = IntStream.range(0, groups * size).boxed().collect(Collectors.toList());
        if (random.nextBoolean()) {
            Collections.shuffle(ranks, random);
        }
        return ImmutablePattern.copyOf(Pattern.of(type)).withGroups(IntStream.range(0, groups)
                .mapToObj(group -> ranks.subList(group * size, (group + 1) * size)).collect(Collectors.toList()));
    }

    private static Optional<Allocation> allocate(Fabric fabric, Ledger ledger, List<String> hosts, Pattern pattern) {
        SliceSpec spec = SliceSpec.builder().addPatterns(pattern)
                .members(hosts.stream().map(Member::of).collect(Collectors.toList())).build();
        Request request = Requests.check(fabric, spec).fold(valid -> valid, problem -> {
            throw new AssertionError(problem);
        });
        return new CommonSpineAllocator().allocate(fabric, ledger, request).fold(Optional::of,
                refusal -> Optional.empty());
    }

    private static Ledger with(Ledger ledger, Allocation allocation) {
        ImmutableLedger.Builder changed = ImmutableLedger.builder().from(ledger).addTags(allocation.tag());
        allocation.members().forEach(member ->
                changed.putHosts(member.host(), SliceId.of("slice-" + allocation.tag())));
        allocation.links().forEach(link ->
                changed.putReserved(Link.of(link.from(), link.to()), link.reservedBitsPerSecond()));
        return changed.build();
    }

    /** A slice and what it was asked for. */
    public static final class Planned {
        private final Allocation allocation;
        private final Pattern pattern;

        Planned(Allocation allocation, Pattern pattern) {
            this.allocation = allocation;
            this.pattern = pattern;
        }

        public Allocation allocation() {
            return allocation;
        }

        /** Returns whether it makes sense to ask what is sent in the same step. */
        public boolean hasSteps() {
            return PatternType.of(pattern.type()) != PatternType.ANY;
        }

        /** Returns what its ranks send in the course of its pattern. */
        public List<Exchange> exchanges() {
            List<Exchange> exchanges = new ArrayList<>();
            for (int group = 0; group < pattern.groups().size(); group++) {
                exchanges.addAll(Exchange.of(PatternType.of(pattern.type()), group, pattern.groups().get(group)));
            }
            return exchanges;
        }
    }
}
