package org.cloister.isolation.program.sim;

import org.cloister.isolation.allocation.ImmutableLedger;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.Request;
import org.cloister.isolation.allocation.planning.CommonSpineAllocator;
import org.cloister.isolation.allocation.validation.Requests;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.ImmutableMember;
import org.cloister.isolation.api.ImmutablePattern;
import org.cloister.isolation.api.Member;
import org.cloister.isolation.api.Member.Role;
import org.cloister.isolation.api.Pattern;
import org.cloister.isolation.api.PatternType;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Link;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
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
            Set<Integer> servers = servers(pattern, random);
            Optional<Allocation> allocation = allocate(fabric, ledger, members(members, servers), pattern);
            if (allocation.isPresent()) {
                slices.add(new Planned(allocation.get(), pattern, servers));
                ledger = with(ledger, allocation.get());
                hosts = new ArrayList<>(hosts.subList(groups * size, hosts.size()));
            }
        }
        return new PlannedSlices(fabric, slices);
    }

    /** Asks for one slice of all hosts, some of which are parameter servers of all others. */
    public static PlannedSlices ofServers(Fabric fabric, int count, Random random) {
        List<Integer> ranks = IntStream.range(0, fabric.hosts().size()).boxed().collect(Collectors.toList());
        Collections.shuffle(ranks, random);
        Set<Integer> servers = new HashSet<>(ranks.subList(0, count));
        Pattern pattern = ImmutablePattern.copyOf(Pattern.of(PatternType.PARAMETER_SERVER)).withGroups(List.of(ranks));
        Allocation allocation = allocate(fabric, Ledger.empty(),
                members(List.copyOf(fabric.hosts().keySet()), servers), pattern).orElseThrow();
        return new PlannedSlices(fabric, List.of(new Planned(allocation, pattern, servers)));
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

    /** At least one of each group is a server and one is none. */
    private static Set<Integer> servers(Pattern pattern, Random random) {
        Set<Integer> servers = new HashSet<>();
        pattern.groups().forEach(group ->
                servers.addAll(group.subList(0, 1 + random.nextInt(Math.min(3, group.size() - 1)))));
        return servers;
    }

    private static List<Member> members(List<String> hosts, Set<Integer> servers) {
        return IntStream.range(0, hosts.size()).mapToObj(rank -> ImmutableMember.builder().host(hosts.get(rank))
                .role(servers.contains(rank) ? Role.PARAMETER_SERVER : Role.WORKER).build())
                .collect(Collectors.toList());
    }

    /** Steps of random pairs, in each of which every rank sends to at most one other and receives from at most one. */
    private static Pattern steps(int ranks, Random random) {
        List<List<List<Integer>>> steps = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        while (steps.size() < count) {
            List<Integer> targets = IntStream.range(0, ranks).boxed().collect(Collectors.toList());
            Collections.shuffle(targets, random);
            List<List<Integer>> step = IntStream.range(0, ranks).filter(rank -> targets.get(rank) != rank)
                    .filter(rank -> random.nextInt(4) > 0)
                    .mapToObj(rank -> List.of(rank, targets.get(rank))).collect(Collectors.toList());
            if (!step.isEmpty()) {
                steps.add(step);
            }
        }
        return ImmutablePattern.copyOf(Pattern.of(PatternType.STEPS)).withSteps(steps);
    }

    private static Pattern pattern(PatternType type, int groups, int size, Random random) {
        if (type == PatternType.STEPS) {
            return steps(groups * size, random);
        }
        List<Integer> ranks = IntStream.range(0, groups * size).boxed().collect(Collectors.toList());
        if (random.nextBoolean()) {
            Collections.shuffle(ranks, random);
        }
        return ImmutablePattern.copyOf(Pattern.of(type)).withGroups(IntStream.range(0, groups)
                .mapToObj(group -> ranks.subList(group * size, (group + 1) * size)).collect(Collectors.toList()));
    }

    private static Optional<Allocation> allocate(Fabric fabric, Ledger ledger, List<Member> members,
                                                 Pattern pattern) {
        SliceSpec spec = SliceSpec.builder().addPatterns(pattern).members(members).build();
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
        private final Set<Integer> servers;

        Planned(Allocation allocation, Pattern pattern, Set<Integer> servers) {
            this.allocation = allocation;
            this.pattern = pattern;
            this.servers = servers;
        }

        public Allocation allocation() {
            return allocation;
        }

        /** Returns the pattern's type. */
        public String type() {
            return pattern.type();
        }

        /** Returns whether it makes sense to ask what is sent in the same step. */
        public boolean hasSteps() {
            return !Set.of("any", "parameter-server").contains(pattern.type());
        }

        /** Returns what its ranks send in the course of its pattern. */
        public List<Exchange> exchanges() {
            PatternType type = PatternType.of(pattern.type());
            if (type == PatternType.STEPS) {
                return Exchange.ofSteps(pattern.steps());
            }
            List<Exchange> exchanges = new ArrayList<>();
            for (int group = 0; group < pattern.groups().size(); group++) {
                List<Integer> ranks = pattern.groups().get(group);
                exchanges.addAll(type == PatternType.PARAMETER_SERVER
                        ? Exchange.ofServers(group, ranks, servers) : Exchange.of(type, group, ranks));
            }
            return exchanges;
        }
    }
}
