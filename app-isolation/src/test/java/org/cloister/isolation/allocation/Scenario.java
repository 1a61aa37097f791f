package org.cloister.isolation.allocation;

import org.cloister.isolation.api.ImmutablePattern;
import org.cloister.isolation.api.Member.Role;
import org.cloister.isolation.api.ImmutableShortage;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.Pattern;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Host;
import org.cloister.isolation.fabric.Link;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A small fabric, partly in use and partly broken, and a request, all drawn from a seed. */
public final class Scenario {

    private final Fabric fabric;
    private final Ledger ledger;
    private final Request request;

    private Scenario(Fabric fabric, Ledger ledger, Request request) {
        this.fabric = fabric;
        this.ledger = ledger;
        this.request = request;
    }

    /** Returns the scenario of a seed. */
    public static Scenario of(long seed) {
        // neighbouring seeds have much the same first draws
        Random random = new Random(seed * 0x9E3779B97F4A7C15L);
        int leaves = 1 + random.nextInt(4);
        int spines = 1 + random.nextInt(5);
        TestFabric fabric = TestFabric.withParallelLinks(leaves, spines, 1 + random.nextInt(2));
        boolean rails = random.nextInt(3) == 0;
        int hosts = 2 + random.nextInt(11);
        for (int host = 0; host < hosts; host++) {
            int node = rails ? host / 2 : host;
            fabric.host("h-" + host, "n-" + node, rails ? host % 2 : 0, random.nextInt(leaves));
        }
        Fabric whole = fabric.build();
        ImmutableLedger.Builder ledger = ImmutableLedger.builder();
        int taken = random.nextInt(3);
        for (Link link : whole.links()) {
            int fate = random.nextInt(20);
            if (fate == 0) {
                fabric.broken(link);
            } else if (fate <= 3 * taken) {
                ledger.putReserved(link, 1 + random.nextInt(1000));
            }
        }
        List<Host> members = new ArrayList<>(fabric.hosts());
        if (random.nextBoolean()) {
            Collections.shuffle(members, random);
        }
        if (random.nextInt(10) == 0) {
            ledger.putHosts(members.get(random.nextInt(members.size())).name(), SliceId.of("other"));
        }
        int size = Math.min(members.size(), 1 + random.nextInt(9));
        return new Scenario(fabric.build(), ledger.addTags(100, 101, 103).build(),
                request(members.subList(0, size), random));
    }

    private static Request request(List<Host> members, Random random) {
        ImmutableRequest.Builder request = ImmutableRequest.builder().addAllMembers(members);
        for (int rank = 0; rank < members.size(); rank++) {
            request.putRoles(rank, random.nextInt(3) == 0 ? Role.PARAMETER_SERVER : Role.WORKER);
        }
        int entries = 1 + random.nextInt(3);
        for (int entry = 0; entry < entries; entry++) {
            request.addPatterns(pattern(members, random));
        }
        return request.build();
    }

    private static Pattern pattern(List<Host> members, Random random) {
        boolean perRail = random.nextInt(4) == 0;
        List<Integer> ranks = IntStream.range(0, members.size()).boxed().collect(Collectors.toList());
        if (random.nextInt(3) == 0) {
            Collections.shuffle(ranks, random);
        }
        List<List<Integer>> groups = new ArrayList<>();
        int cut = random.nextInt(3) == 0 ? 1 + random.nextInt(ranks.size()) : ranks.size();
        groups.add(List.copyOf(ranks.subList(0, cut)));
        if (cut < ranks.size() && random.nextBoolean()) {
            groups.add(List.copyOf(ranks.subList(cut, ranks.size())));
        }
        boolean powers = !perRail && groups.stream().allMatch(group -> Integer.bitCount(group.size()) == 1);
        List<String> types = powers
                ? List.of("ring", "all-to-all", "halving-doubling", "any", "parameter-server", "steps")
                : List.of("ring", "all-to-all", "ring", "any", "parameter-server", "steps");
        String type = types.get(random.nextInt(random.nextInt(3) == 0 ? 6 : 3));
        ImmutablePattern.Builder pattern = ImmutablePattern.builder().type(type);
        if (type.equals("steps")) {
            pattern.steps(steps(members.size(), random));
        } else {
            pattern.groups(groups).perRail(perRail);
        }
        if (random.nextInt(3) == 0) {
            pattern.exclusiveGroup("phase");
        }
        return pattern.build();
    }

    private static List<List<List<Integer>>> steps(int ranks, Random random) {
        List<List<List<Integer>>> steps = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int step = 0; step < count; step++) {
            List<Integer> targets = IntStream.range(0, ranks).boxed().collect(Collectors.toList());
            Collections.shuffle(targets, random);
            steps.add(IntStream.range(0, ranks).filter(rank -> targets.get(rank) != rank && random.nextInt(4) > 0)
                    .mapToObj(rank -> List.of(rank, targets.get(rank))).collect(Collectors.toList()));
        }
        return steps;
    }

    /** Returns the fabric. */
    public Fabric fabric() {
        return fabric;
    }

    /** Returns what others hold. */
    public Ledger ledger() {
        return ledger;
    }

    /** Returns the request. */
    public Request request() {
        return request;
    }

    @Override
    public String toString() {
        return request.members().stream().map(host -> host.name() + "@" + host.port()).collect(Collectors.toList())
                + " " + request.patterns() + " held " + ledger.reserved();
    }

    /** Returns what is missing without the links that would do. */
    public static Problem.Shortage withoutLinks(Problem.Shortage shortage) {
        return ImmutableShortage.copyOf(shortage).withLinks();
    }
}
