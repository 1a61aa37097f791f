package org.cloister.isolation.control;

import org.cloister.isolation.api.CircuitPolicy;
import org.cloister.isolation.api.Bandwidth;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.api.Placement;
import org.cloister.isolation.api.ImmutablePlacement;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.ImmutableBandwidth;
import org.cloister.isolation.api.ImmutableMember;
import org.cloister.isolation.api.ImmutableSliceSpec;
import org.cloister.isolation.api.Member;
import org.cloister.isolation.api.Pattern;
import org.cloister.isolation.api.PatternType;
import org.cloister.isolation.api.Precondition;
import org.cloister.isolation.api.RefusedException;
import org.cloister.isolation.api.RepackPolicy;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.fabric.Link;
import org.cloister.isolation.store.StoredSlice;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** What schedulers ask for in a simulation, of any node. */
final class Wishes {

    private static final int NAMES = 5;
    private static final List<PatternType> PATTERNS = List.of(PatternType.RING, PatternType.ALL_TO_ALL, PatternType.ANY);
    private static final long RATE = 10_000_000_000L;

    private final Simulation world;
    private final Random random;
    private final SortedSet<String> drained = new TreeSet<>();

    Wishes(Simulation world) {
        this.world = world;
        this.random = world.random;
    }

    void put() {
        if (world.crowded) {
            crowd();
        } else {
            put(name(), spec());
        }
    }

    /**
     * Asks for whole links between two neighbouring leaves, or between all of them: where pairs of leaves have come to
     * use different spines, some have to make room.
     */
    void crowd() {
        SortedMap<String, String> byLeaf = new TreeMap<>();
        Set<String> used = used();
        hosts().stream().sorted(Comparator.comparing(used::contains, Comparator.reverseOrder()))
                .forEach(host -> byLeaf.put(world.wiring.hosts().get(host).port().switchName(), host));
        List<String> members = new ArrayList<>(byLeaf.values());
        if (random.nextInt(4) > 0) {
            int first = 2 * random.nextInt(members.size() / 2);
            members = members.subList(first, first + 2);
        }
        put(name(), SliceSpec.builder().addAllMembers(members.stream().map(Member::of).collect(Collectors.toList()))
                .addPatterns(Pattern.of(PatternType.RING)).repack(RepackPolicy.ALLOW).build());
    }

    /** Asks for something else of a slice that exists: a member replaced or more, another pattern, another rate. */
    void change() {
        List<StoredSlice> all = new ArrayList<>(world.documents.slices());
        if (all.isEmpty()) {
            put();
            return;
        }
        StoredSlice slice = all.get(random.nextInt(all.size()));
        ImmutableSliceSpec spec = ImmutableSliceSpec.copyOf(slice.spec());
        if (slice.state() == SliceState.RESERVED) {
            bind(slice, spec);
            return;
        }
        switch (random.nextInt(6)) {
            case 0:
                put(slice.id(), spec);
                break;
            case 1:
                put(slice.id(), spec.withBandwidth(bandwidth()));
                break;
            case 2:
                put(slice.id(), spec.withPatterns(pattern()));
                break;
            case 3:
                put(slice.id(), spec());
                break;
            default:
                put(slice.id(), slice.spec().placement().isPresent() ? spec.withPlacement(placement())
                        : spec.withMembers(replaced(slice.spec().members())));
                break;
        }
    }

    /** Names hosts for a reservation: those that are held, any, or as many as Cloister likes; or reserves others. */
    private void bind(StoredSlice slice, ImmutableSliceSpec spec) {
        List<Member> held = slice.allocation().orElseThrow().members().stream().map(AllocatedMember::host)
                .map(Member::of).collect(Collectors.toList());
        Collections.shuffle(held, random);
        switch (random.nextInt(4)) {
            case 0:
                put(slice.id(), spec.withPlacement(placement()));
                break;
            case 1:
                put(slice.id(), ImmutableSliceSpec.copyOf(spec()).withPatterns(pattern()));
                break;
            default:
                put(slice.id(), spec.withPlacement(Optional.empty())
                        .withMembers(random.nextBoolean() ? held : replaced(held)));
                break;
        }
    }

    private Placement placement() {
        return ImmutablePlacement.builder().hosts(1 + random.nextInt(4))
                .bind(random.nextBoolean() ? Placement.Bind.NOW : Placement.Bind.LATER).build();
    }

    private List<Member> replaced(List<Member> members) {
        List<Member> changed = new ArrayList<>(members);
        Set<String> used = used();
        Optional<String> free = hosts().stream().filter(host -> !used.contains(host)).findFirst();
        free.ifPresent(host -> changed.set(random.nextInt(changed.size()),
                ImmutableMember.copyOf(changed.get(0)).withHost(host)));
        return changed;
    }

    private Set<String> used() {
        return world.documents.slices().stream().flatMap(slice -> slice.allocation().stream())
                .flatMap(allocation -> allocation.members().stream()).map(AllocatedMember::host)
                .collect(Collectors.toCollection(HashSet::new));
    }

    void remove() {
        anyNode().ifPresent(node -> {
            SliceId id = name();
            world.findings.note("DELETE " + id + " at " + node.id);
            answered("DELETE", node.slices.remove(id));
        });
    }

    void renew() {
        anyNode().ifPresent(node -> {
            SliceId id = name();
            world.findings.note("renew " + id + " at " + node.id);
            answered("renew", node.slices.renew(id, 60 + random.nextInt(60)));
        });
    }

    /** Takes a spine, a link or, rarely, a leaf out of use. */
    void drain() {
        anyNode().filter(node -> !world.links().isEmpty()).ifPresent(node -> {
            List<Link> links = world.links();
            Link link = links.get(random.nextInt(links.size()));
            String name = random.nextBoolean() ? link.from().toString() : link.from().switchName();
            world.findings.note("drain " + name + " at " + node.id);
            drained.add(name);
            answered("drain", node.slices.drains().drain(name));
        });
    }

    void undrain() {
        anyNode().filter(node -> !drained.isEmpty()).ifPresent(node -> undrain(node, drained.first()));
    }

    /** Puts everything back into use; a node that reaches the store is asked. */
    void undrainAll(ClusterNode node) {
        List.copyOf(drained).forEach(name -> undrain(node, name));
    }

    private void undrain(ClusterNode node, String name) {
        world.findings.note("undrain " + name + " at " + node.id);
        drained.remove(name);
        answered("undrain", node.slices.drains().undrain(name));
    }

    private void put(SliceId id, SliceSpec spec) {
        anyNode().ifPresent(node -> {
            world.findings.note("PUT " + id + " at " + node.id + ": " + spec.placement().map(Object::toString).orElse("")
                    + spec.members().stream().map(Member::host)
                    .collect(Collectors.toList()) + " " + spec.patterns().stream().map(Pattern::type)
                    .collect(Collectors.toList()) + " " + spec.bandwidth() + " " + spec.leaseSeconds());
            answered("PUT", node.slices.put(id, spec, "slurm", Precondition.none()));
        });
    }

    private void answered(String verb, CompletableFuture<?> answer) {
        answer.whenComplete((result, error) -> {
            Throwable cause = error != null && error.getCause() != null ? error.getCause() : error;
            if (cause instanceof RefusedException) {
                world.tally.count("answers " + ((RefusedException) cause).problem().type());
            } else if (cause != null) {
                throw new AssertionError(verb, cause);
            } else {
                world.tally.count("answers " + verb);
            }
        });
    }

    private SliceSpec spec() {
        List<String> some = hosts();
        int size = Math.min(some.size(), 1 + random.nextInt(4));
        boolean placed = random.nextInt(3) == 0;
        return SliceSpec.builder()
                .placement(placed ? Optional.of(placement()) : Optional.empty())
                .addAllMembers(placed ? List.of() : some.subList(0, size).stream().map(Member::of).collect(Collectors.toList()))
                .leaseSeconds(random.nextInt(5) == 0 ? OptionalInt.of(60 + random.nextInt(60)) : OptionalInt.empty())
                .addAllPatterns(random.nextInt(3) == 0 ? List.of(pattern()) : List.of())
                .repack(random.nextInt(3) > 0 ? RepackPolicy.ALLOW : RepackPolicy.FORBID)
                .bandwidth(bandwidth()).circuits(world.optical && random.nextInt(4) > 0 ? CircuitPolicy.ALLOW
                        : CircuitPolicy.FORBID).build();
    }

    private Pattern pattern() {
        return Pattern.of(PATTERNS.get(random.nextInt(PATTERNS.size())));
    }

    private Bandwidth bandwidth() {
        return random.nextBoolean() ? Bandwidth.exclusive() : ImmutableBandwidth.builder()
                .mode(Bandwidth.Mode.SHARED).guaranteedBitsPerSecond(RATE * (1 + random.nextInt(4))).build();
    }

    private List<String> hosts() {
        List<String> hosts = new ArrayList<>(world.wiring.hosts().keySet());
        Collections.shuffle(hosts, random);
        return hosts;
    }

    private SliceId name() {
        return SliceId.of("job-" + random.nextInt(NAMES));
    }

    private Optional<ClusterNode> anyNode() {
        List<ClusterNode> all = new ArrayList<>(world.nodes.values());
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
    }
}
