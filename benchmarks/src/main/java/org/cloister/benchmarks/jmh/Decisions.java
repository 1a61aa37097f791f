package org.cloister.benchmarks.jmh;

import org.cloister.isolation.allocation.Allocator;
import org.cloister.isolation.allocation.Decision;
import org.cloister.isolation.allocation.ImmutableLedger;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.circuits.CircuitAllocator;
import org.cloister.isolation.allocation.hosts.HostChooser;
import org.cloister.isolation.allocation.occupancy.Footprint;
import org.cloister.isolation.allocation.placement.CloisterPlacer;
import org.cloister.isolation.allocation.placement.LinkNeed;
import org.cloister.isolation.allocation.planning.CommonSpineAllocator;
import org.cloister.isolation.allocation.validation.Requests;
import org.cloister.isolation.api.ImmutablePlacement;
import org.cloister.isolation.api.ImmutableSliceSpec;
import org.cloister.isolation.api.Member;
import org.cloister.isolation.api.Pattern;
import org.cloister.isolation.api.PatternType;
import org.cloister.isolation.api.SliceSpec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Requests on {@link TakenFabric}, decided as the application decides: checked, hosts chosen where only their number is
 * given, and links, ways and guarantee found for them. A class reads, for instance, {@code named 2-8-leaves ring}: hosts
 * on as many leaves as Cloister's rule takes; {@code refused} are sizes for which it finds nothing, and where hosts have
 * names, free ones on leaves by chance.
 */
final class Decisions {

    private static final int MEAN_SIZE = 32;
    private static final int REQUESTS = 24;
    private static final int ATTEMPTS = 20_000;

    private final TakenFabric taken;
    private final Allocator allocator = new CircuitAllocator(new CommonSpineAllocator());
    private final HostChooser chooser = new HostChooser(allocator);
    private final List<SliceSpec> specs = new ArrayList<>();
    private int next;

    /**
     * Finds requests.
     *
     * @param taken on which fabric
     * @param decision {@code named} or {@code placed}, what comes of it, and the pattern
     * @throws IllegalArgumentException if there is no such request
     */
    Decisions(TakenFabric taken, String decision) {
        this.taken = taken;
        String[] words = decision.split(" ");
        SplittableRandom random = new SplittableRandom(REQUESTS);
        int free = taken.occupancy().freeHosts();
        for (int attempt = 0; attempt < ATTEMPTS && specs.size() < REQUESTS; attempt++) {
            int size = (int) Math.exp(random.nextDouble() * Math.log(free + 1));
            Optional<Footprint> found = new CloisterPlacer().place(taken.occupancy(), size, LinkNeed.hose())
                    .footprint();
            if (words[1].equals(Spread.of(found))) {
                SliceSpec spec = SliceSpec.builder().addPatterns(Pattern.of(PatternType.of(words[2]))).build();
                specs.add(words[0].equals("placed")
                        ? ImmutableSliceSpec.copyOf(spec).withPlacement(ImmutablePlacement.builder().hosts(size).build())
                        : ImmutableSliceSpec.copyOf(spec).withMembers(found.map(this::members)
                                .orElseGet(() -> anywhere(size, random))));
            }
        }
        if (specs.isEmpty()) {
            throw new IllegalArgumentException("no request is " + decision);
        }
    }

    static Decisions of(String decision) {
        return new Decisions(new TakenFabric(MEAN_SIZE, 1), decision);
    }

    private List<Member> members(Footprint footprint) {
        List<Member> members = new ArrayList<>();
        for (int place = 0; place < footprint.size(); place++) {
            taken.free(footprint.leaf(place)).subList(0, footprint.hosts(place))
                    .forEach(host -> members.add(Member.of(host.name())));
        }
        return members;
    }

    private List<Member> anywhere(int size, SplittableRandom random) {
        List<Member> members = new ArrayList<>();
        int start = random.nextInt(TakenFabric.LEAVES);
        for (int leaf = 0; leaf < TakenFabric.LEAVES; leaf++) {
            taken.free((start + leaf) % TakenFabric.LEAVES).stream().limit(size - members.size())
                    .forEach(host -> members.add(Member.of(host.name())));
        }
        return members;
    }

    /** Decides on the next request; returns whether it is granted. */
    boolean next() {
        SliceSpec spec = specs.get(next);
        next = next + 1 == specs.size() ? 0 : next + 1;
        // in the application, too, each decision has a ledger of its own, of which nothing is worked out yet
        Ledger ledger = ImmutableLedger.copyOf(taken.ledger()).withRoom(Map.of());
        Decision decision = Requests.check(taken.fabric(), spec).fold(request -> spec.placement().isPresent()
                ? chooser.decide(taken.fabric(), ledger, Requests.withDefaults(spec), List.of())
                : allocator.allocate(taken.fabric(), ledger, request), Decision::refused);
        return decision.fold(allocation -> true, problem -> false);
    }
}
