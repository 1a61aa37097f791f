package org.cloister.isolation.allocation.hosts;

import org.cloister.isolation.allocation.Allocator;
import org.cloister.isolation.allocation.Decision;
import org.cloister.isolation.allocation.ImmutableRequest;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.validation.Requests;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.ImmutableProblem;
import org.cloister.isolation.api.ImmutableSliceSpec;
import org.cloister.isolation.api.Member;
import org.cloister.isolation.api.Placement;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Host;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The search for hosts for one request. */
final class HostSearch {

    /** How many ways to choose NICs of nodes that have more than are asked for: eight rails, and whichever are free. */
    private static final int NIC_CHOICES = 9;
    /** How many leaves a refusal names. */
    private static final int LEAVES_NAMED = 8;

    private final Allocator allocator;
    private final Fabric fabric;
    private final Ledger ledger;
    private final SliceSpec spec;
    private final Placement placement;
    private final List<Allocation> previous;
    private final List<Unit> own;
    private final FreeNodes others;
    private final LeafShapes leafShapes;
    /** How many hosts can be chosen on a leaf, as far as that is known to be less than are free. */
    private final Map<String, Integer> caps;
    private final Map<Source, Iterator<Map<String, Integer>>> preferred = new HashMap<>();
    private final Set<List<String>> tried = new HashSet<>();

    HostSearch(Allocator allocator, PreferredShapes shapes, Fabric fabric, Ledger ledger, SliceSpec spec,
               List<Allocation> previous) {
        this.allocator = allocator;
        this.fabric = fabric;
        this.ledger = ledger;
        this.spec = spec;
        this.placement = spec.placement().orElseThrow();
        this.previous = previous;
        this.own = OwnUnits.of(fabric, ledger, placement, previous);
        this.others = new FreeNodes(fabric, ledger, placement,
                own.stream().map(Unit::node).collect(Collectors.toSet()));
        this.leafShapes = new LeafShapes(shapes, fabric, ledger, spec);
        this.caps = new HashMap<>(ledger.room());
    }

    Decision decide() {
        int units = placement.hosts() / placement.nicsPerNode();
        if (own.size() + others.size() < units) {
            return Decision.refused(tooFew());
        }
        List<Source> sources = sources(units);
        Optional<Problem> best = Optional.empty();
        int most = HostChooser.candidates(placement.hosts());
        for (Optional<List<Host>> next = next(sources); next.isPresent() && tried.size() <= most;
                next = next(sources)) {
            List<Host> hosts = next.get();
            Decision decision = decide(hosts);
            Optional<Problem> refusal = decision.fold(allocation -> Optional.empty(), Optional::of);
            if (refusal.isEmpty() || refusal.get().type() == ProblemType.TAGS_EXHAUSTED) {
                return decision; // tags are the same wherever the hosts are
            }
            best = best.or(() -> Optional.of(about(hosts, refusal.get())));
            leafShapes.learn(refusal.get(), hosts, caps);
        }
        return Decision.refused(best.<Problem>map(problem -> ImmutableProblem.copyOf(problem)
                .withUnproven(problem.unproven() || !isOnlyChoice(units, sources))).orElseGet(this::noRoom));
    }

    private List<Source> sources(int units) {
        List<Source> sources = new ArrayList<>();
        List<Unit> kept = own.subList(0, Math.min(units, own.size()));
        if (!kept.isEmpty()) {
            choices(others).forEach(choice -> sources.add(new Source(kept, choice, units - kept.size())));
        }
        FreeNodes all = own.isEmpty() ? others : new FreeNodes(fabric, ledger, placement, Set.of());
        choices(all).forEach(choice -> sources.add(new Source(List.of(), choice, units)));
        return sources;
    }

    private static List<List<Unit>> choices(FreeNodes nodes) {
        return nodes.size() == 0 ? List.of(List.of()) : nodes.choices(NIC_CHOICES);
    }

    /** Returns a candidate that was not tried, of the first source that has one. */
    private Optional<List<Host>> next(List<Source> sources) {
        for (Source source : sources) {
            if (source.isOfLeaves() && source.wanted() > 0) {
                Iterator<Map<String, Integer>> placed = preferred.computeIfAbsent(source,
                        each -> leafShapes.shapes(each.byLeaf(ledger.room()), each.wanted()));
                while (tried.size() < HostChooser.preferred(placement.hosts()) && placed.hasNext()) {
                    Map<String, Integer> shape = placed.next();
                    List<Host> hosts = source.hosts(shape);
                    if (isWithinCaps(shape) && isNew(hosts)) {
                        return Optional.of(hosts);
                    }
                }
            }
            Optional<List<Host>> found = source.choices(caps).stream().filter(this::isNew).findFirst();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private boolean isWithinCaps(Map<String, Integer> shape) {
        return shape.entrySet().stream().allMatch(leaf ->
                leaf.getValue() <= caps.getOrDefault(leaf.getKey(), Integer.MAX_VALUE));
    }

    private boolean isNew(List<Host> hosts) {
        return tried.add(hosts.stream().map(Host::name).collect(Collectors.toList()));
    }

    private boolean isOnlyChoice(int units, List<Source> sources) {
        return own.isEmpty() && others.size() == units && sources.size() == 1;
    }

    private Decision decide(List<Host> hosts) {
        SliceSpec named = ImmutableSliceSpec.copyOf(spec).withPlacement(Optional.empty())
                .withMembers(hosts.stream().map(host -> Member.of(host.name())).collect(Collectors.toList()));
        return Requests.check(fabric, named).fold(
                request -> allocator.allocate(fabric, ledger, ImmutableRequest.copyOf(request)
                        .withPrevious(previous).withPointers(Collections.nCopies(hosts.size(), "/placement"))),
                Decision::refused);
    }

    private static Problem about(List<Host> hosts, Problem refusal) {
        return ImmutableProblem.copyOf(refusal).withErrors(List.of())
                .withDetail("for " + hosts.size() + " hosts (" + byLeaf(leaves(hosts)) + "): " + refusal.detail());
    }

    private Problem tooFew() {
        SortedMap<String, Integer> byLeaf = new TreeMap<>(others.hostsByLeaf());
        own.forEach(unit -> unit.leaves().forEach(leaf -> byLeaf.merge(leaf, 1, Integer::sum)));
        int free = byLeaf.values().stream().mapToInt(Integer::intValue).sum();
        return Problem.builder().type(ProblemType.INSUFFICIENT_HOSTS)
                .detail(free + " of " + placement.hosts() + " hosts are free"
                        + (placement.nicsPerNode() == 1 ? "" : ", " + placement.nicsPerNode() + " NICs of each node")
                        + (placement.candidates().isEmpty() ? "" : ", of the nodes that are candidates")
                        + (byLeaf.isEmpty() ? "" : ": " + byLeaf(byLeaf)))
                .shortage(Problem.Shortage.of("fabric", "hosts", placement.hosts(), free)).build();
    }

    /** Says that there are hosts enough, but not where there are meters for them. */
    private Problem noRoom() {
        SortedMap<String, Integer> byLeaf = new TreeMap<>(others.hostsByLeaf());
        byLeaf.replaceAll((leaf, hosts) -> Math.min(hosts, ledger.room().getOrDefault(leaf, hosts)));
        int free = byLeaf.values().stream().mapToInt(Integer::intValue).sum();
        return Problem.builder().type(ProblemType.METERS_EXHAUSTED)
                .detail("meters are free for " + free + " of " + placement.hosts() + " hosts: " + byLeaf(byLeaf))
                .shortage(Problem.Shortage.of("fabric", "meters", placement.hosts(), free)).build();
    }

    private static SortedMap<String, Integer> leaves(List<Host> hosts) {
        SortedMap<String, Integer> byLeaf = new TreeMap<>();
        hosts.forEach(host -> byLeaf.merge(host.port().switchName(), 1, Integer::sum));
        return byLeaf;
    }

    private static String byLeaf(SortedMap<String, Integer> byLeaf) {
        String named = byLeaf.entrySet().stream().limit(LEAVES_NAMED)
                .map(each -> each.getValue() + " on " + each.getKey()).collect(Collectors.joining(", "));
        return byLeaf.size() <= LEAVES_NAMED ? named
                : named + " and more on " + (byLeaf.size() - LEAVES_NAMED) + " other leaves";
    }
}
