package org.cloister.isolation.control;

import org.cloister.isolation.allocation.OpticalTestFabric;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.config.App;
import org.cloister.isolation.control.environment.CircuitDemand;
import org.cloister.isolation.control.environment.CircuitRequests;
import org.cloister.isolation.control.light.Demanding;
import org.cloister.isolation.control.observed.Treatments;
import org.cloister.isolation.control.plan.Admittances;
import org.cloister.isolation.fabric.Circuit;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.ImmutableFabric;
import org.cloister.isolation.fabric.Link;
import org.cloister.isolation.program.Admittance;
import org.cloister.isolation.program.CompilerOptions;
import org.cloister.isolation.program.OpenFlowCompiler;
import org.cloister.isolation.program.sim.LeafSpine;
import org.cloister.isolation.store.Documents;
import org.cloister.isolation.store.NodeStorage;
import org.cloister.isolation.store.StoredSlice;
import org.onosproject.cluster.NodeId;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A cluster that looks after a fabric while everything goes wrong, under a seed: the same seed is the same run, to the
 * last message. A {@link Referee} looks on. When the disturbances end, all must come to what the documents say, and
 * when these are removed, to what there was in the beginning.
 */
final class Simulation {

    static final Duration CONVERGENCE = Duration.ofMinutes(6);
    private static final Duration GLANCE = Duration.ofSeconds(5);
    private static final Duration QUIET = Duration.ofSeconds(20);
    private static final int STEPS = 40;
    /** Slices that are asked for before anything goes wrong. */
    private static final int FIRST = 3;
    private static final int REVIEWS = 2;

    final Random random;
    final Fabric wiring;
    /** Whether slices want whole links of pairs of leaves, or of all, so that some have to make room for others. */
    final boolean crowded;
    /** Whether links are made by light. */
    final boolean optical;
    final Bench bench;
    final Tally tally = new Tally();
    final Findings findings;
    final Referee referee;
    final Documents documents;
    final ClusterLeadership leadership = new ClusterLeadership();
    final List<NodeId> ids;
    final Map<NodeId, ClusterNode> nodes = new TreeMap<>(java.util.Comparator.comparing(NodeId::toString));
    final Map<NodeId, Instant> unreached = new TreeMap<>(java.util.Comparator.comparing(NodeId::toString));
    /** Links that do not carry anything, in both directions. */
    final Set<Link> down = new TreeSet<>();
    /** Those of their ports that say so. */
    final Set<FabricPort> portsDown = new TreeSet<>();
    private final Set<Link> ever = new TreeSet<>();
    private final Map<Link, Instant> gone = new TreeMap<>();
    /** One in so many calls of the store loses its answer; 0 for none. */
    int answersLost;
    private final OpenFlowCompiler compiler = new OpenFlowCompiler(new DefaultApplicationId(42, App.NAME),
            CompilerOptions.defaults());
    private final Map<String, Map<FlowRule, FlowRule>> bare;
    private long settled;

    Simulation(long seed) {
        random = new Random(seed * 0x9e3779b97f4a7c15L + 1);
        crowded = random.nextInt(5) == 0;
        optical = !crowded && random.nextInt(3) == 0;
        wiring = ImmutableFabric.copyOf(optical ? light() : crowded ? LeafSpine.of(4, 2, 3) : LeafSpine.of(2 + random.nextInt(2), 1 + random.nextInt(3),
                2 + random.nextInt(2))).withLastTag(100 + 3 + random.nextInt(8));
        bench = Bench.of(wiring);
        if (random.nextBoolean()) {
            bench.barrier();
        }
        findings = new Findings(bench.time, tally);
        bench.onos.seed(seed);
        boolean importing = random.nextInt(4) > 0;
        bench.onos.importing(importing);
        bench.onos.switches().forEach(each -> {
            each.forgets = true;
            each.latency = Duration.ofMillis(1 + random.nextInt(400));
        });
        bench.optics.lens = this::shown;
        documents = new Documents(bench.storage, this::documentChanged);
        referee = new Referee(wiring, bench.onos, bench.optics, documents, findings, random);
        referee.cut(down);
        bench.optics.relit = referee::relit;
        bench.optics.parting = referee::parts;
        bench.optics.demanding = referee::demands;
        bench.optics.takes = Duration.ofMillis(random.nextInt(3_000));
        bench.onos.watch((rule, present, commanded) -> referee.changed(rule, present, commanded));
        bench.onos.sending((node, operations) -> fenced(node, "rules: " + operations));
        ids = random.nextInt(3) == 0 ? List.of(NodeId.nodeId("node-1"))
                : List.of(NodeId.nodeId("node-1"), NodeId.nodeId("node-2"));
        findings.note("seed " + seed + ": " + wiring.switches().keySet() + ", " + wiring.hosts().size() + " hosts, "
                + ids.size() + " nodes, importing " + importing);
        leadership.choose(ids.get(0));
        ids.forEach(this::start);
        bench.time.pass(Duration.ofSeconds(20));
        bare = bench.rules();
    }

    /** Returns the links that may be there now, whether or not they work. */
    List<Link> links() {
        return new ArrayList<>(optical ? bench.optics.wires() : wiring.links());
    }

    /** Some leaves are joined with a spine already, some ports with nothing. */
    private Fabric light() {
        int leaves = 2 + random.nextInt(2);
        int spines = 1 + random.nextInt(2);
        int switches = 2 + random.nextInt(3);
        OpticalTestFabric light = new OpticalTestFabric(leaves, 3, spines, switches);
        for (int at = 0; at < switches; at++) {
            if (random.nextBoolean()) {
                light.joined(at, "l-" + random.nextInt(leaves), "s-" + random.nextInt(spines));
            }
        }
        return light.build();
    }

    /** Runs everything and returns what was found. */
    Findings run() {
        Disturbances disturbances = new Disturbances(this);
        disturbances.begin(FIRST);
        bench.time.pass(QUIET);
        for (int step = 0; step < STEPS; step++) {
            disturbances.step();
            bench.time.pass(disturbances.pause());
            if (random.nextInt(STEPS) < REVIEWS) {
                referee.review(random);
            }
        }
        disturbances.end();
        converge("what is wanted", this::differences);
        referee.review(random);
        quiet();
        removeAll();
        converge("nothing", this::leftovers);
        // a leader that begins a new term gives up what it has under way, and cannot take it back
        bench.onos.violations().stream().filter(what -> !what.startsWith("two batches"))
                .forEach(findings::violation);
        tally.add("judged changes", referee.changes());
        tally.add("steps", STEPS);
        return findings;
    }

    long settledMillis() {
        return settled;
    }

    private void converge(String to, java.util.function.Supplier<Optional<String>> differences) {
        Instant began = bench.time.now();
        Optional<String> difference = differences.get();
        while (difference.isPresent() && bench.time.now().isBefore(began.plus(CONVERGENCE))) {
            bench.time.pass(GLANCE);
            difference = differences.get();
        }
        settled = Math.max(settled, Duration.between(began, bench.time.now()).toMillis());
        difference.ifPresent(found -> findings.notConverged("to " + to + ": " + found));
    }

    /** What has come to rest stays there, and is not touched; what waited for its time may come to rest once more. */
    private void quiet() {
        Instant bound = bench.time.now().plus(CONVERGENCE);
        int before;
        do {
            before = batches();
            bench.time.pass(QUIET);
        } while (batches() != before && bench.time.now().isBefore(bound));
        Optional<String> difference = differences();
        if (documents.slices().stream().anyMatch(slice -> slice.lease().isPresent())) {
            return; // it may run out
        }
        if (batches() != before || difference.isPresent()) {
            findings.notConverged("it is not quiet: " + (batches() - before) + " batches, " + difference);
        }
    }

    private int batches() {
        return bench.onos.switches().stream().mapToInt(each -> each.batches).sum();
    }

    private void removeAll() {
        ClusterNode node = nodes.values().iterator().next();
        List.copyOf(documents.slices()).forEach(slice -> node.slices.remove(slice.id()));
    }

    /** Returns the first thing that is not as the documents say, or that the documents say is not done. */
    private Optional<String> differences() {
        Map<String, Set<FlowRule>> wanted = new TreeMap<>();
        bare.forEach((device, rules) -> wanted.put(device, new HashSet<>(rules.keySet())));
        for (StoredSlice slice : documents.slices()) {
            boolean failed = slice.state() == SliceState.FAILED && slice.allocation().isEmpty();
            boolean reserved = slice.state() == SliceState.RESERVED;
            boolean active = slice.state() == SliceState.ACTIVE && slice.observedGeneration() == slice.generation();
            if (!failed && !active && !reserved || slice.proposal().isPresent() || slice.move().isPresent()
                    || !slice.retired().isEmpty() || slice.refusal().isPresent()) {
                return Optional.of("slice " + slice);
            }
            slice.allocation().filter(allocation -> !reserved).ifPresent(allocation -> program(slice, allocation, wanted));
        }
        return compare(wanted).or(this::meters).or(this::demands);
    }

    /** Every slice demands the circuits under its links, nobody anything else, and all are there. */
    private Optional<String> demands() {
        Map<String, Set<Circuit>> wanted = new TreeMap<>();
        documents.slices().forEach(slice -> slice.allocation().filter(allocation -> !allocation.circuits().isEmpty())
                .ifPresent(allocation -> wanted.put("slice:" + slice.id(), Demanding.circuits(wiring, allocation))));
        Map<String, Set<Circuit>> demanded = new TreeMap<>();
        bench.optics.demands().forEach((owner, demand) -> demanded.put(owner, demand.circuits()));
        boolean established = bench.optics.demands().values().stream()
                .allMatch(demand -> demand.phase() == CircuitDemand.Phase.ESTABLISHED);
        return wanted.equals(demanded) && established ? Optional.empty()
                : Optional.of("circuits wanted " + wanted + ", demanded " + bench.optics.demands());
    }

    private void program(StoredSlice slice, Allocation allocation, Map<String, Set<FlowRule>> wanted) {
        Admittance admittance = Admittances.of(wiring, slice, allocation, slice.admitLevel());
        compiler.slice(wiring, allocation, admittance).rules().forEach((device, rules) ->
                wanted.get(device.toString()).addAll(rules));
    }

    private Optional<String> leftovers() {
        Map<String, Set<FlowRule>> wanted = new TreeMap<>();
        bare.forEach((device, rules) -> wanted.put(device, rules.keySet()));
        return documents.slices().stream().findFirst().map(slice -> "slice " + slice)
                .or(() -> compare(wanted)).or(this::meters).or(this::demands);
    }

    private Optional<String> compare(Map<String, Set<FlowRule>> wanted) {
        for (FakeSwitch each : bench.onos.switches()) {
            Set<FlowRule> rules = wanted.get(each.device.toString());
            Set<FlowRule> missing = new HashSet<>(rules);
            missing.removeIf(rule -> each.rules.containsKey(rule) && Treatments.same(each.rules.get(rule), rule));
            Set<FlowRule> foreign = new HashSet<>(each.rules.keySet());
            foreign.removeAll(rules);
            boolean settled = each.entries.keySet().equals(rules) && each.entries.values().stream()
                    .allMatch(entry -> entry.state() == FlowEntry.FlowEntryState.ADDED);
            if (!missing.isEmpty() || !foreign.isEmpty() || !settled) {
                return Optional.of(each.device + " lacks " + missing + ", has beyond " + foreign
                        + (settled ? "" : ", and ONOS does not agree"));
            }
        }
        return Optional.empty();
    }

    /** Every meter on a switch is one that a document names, and the other way round. */
    private Optional<String> meters() {
        for (FakeSwitch each : bench.onos.switches()) {
            Set<Long> named = documents.slices().stream().flatMap(slice -> slice.meters().stream())
                    .filter(meter -> meter.device().equals(each.device.toString()))
                    .map(meter -> meter.id()).collect(Collectors.toSet());
            if (!named.equals(each.meters.keySet()) || !named.equals(bench.meters.states(each).keySet())) {
                return Optional.of("meters named on " + each.device + ": " + named + ", there: " + each.meters.keySet()
                        + ", known to ONOS: " + bench.meters.states(each));
            }
        }
        return Optional.empty();
    }

    void start(NodeId id) {
        findings.note(id + " starts");
        bench.onos.newSender(id.toString());
        nodes.put(id, new ClusterNode(id, bench, leadership.new View(), () -> outcome(id),
                outcomes(id), what -> fenced(id.toString(), what.replaceAll("DefaultMeterRequest|appId.*bands|type.*", ""))));
    }

    /** A node hears who leads; whoever it is begins anew. */
    void hear(ClusterNode node) {
        findings.note(node.id + " hears that " + leadership.leader() + " leads");
        bench.onos.newSender(node.id.toString());
        node.leadership.hear();
    }

    /** Demands are kept where documents are: who does not reach the store does not reach them. */
    private CircuitRequests outcomes(NodeId id) {
        return new CircuitRequests() {
            @Override
            public Optional<Refused> demand(String owner, SortedSet<Circuit> circuits) {
                return asked(owner + " " + circuits, () -> bench.optics.demand(owner, circuits));
            }

            @Override
            public Optional<Refused> release(String owner) {
                return asked(owner + " nothing", () -> bench.optics.release(owner));
            }

            private Optional<Refused> asked(String what, Supplier<Optional<Refused>> call) {
                fenced(id.toString(), "demands " + what);
                NodeStorage.Outcome outcome = outcome(id);
                Optional<Refused> answer = outcome == NodeStorage.Outcome.NOT_REACHED ? Optional.empty() : call.get();
                return outcome == NodeStorage.Outcome.ANSWERED ? answer
                        : Optional.of(new Refused("the store does not answer", true));
            }

            @Override
            public Map<String, CircuitDemand> demands() {
                return bench.optics.demands();
            }
        };
    }

    private NodeStorage.Outcome outcome(NodeId id) {
        if (bench.time.now().isBefore(unreached.getOrDefault(id, Instant.MIN))) {
            return NodeStorage.Outcome.NOT_REACHED;
        }
        if (answersLost > 0 && random.nextInt(answersLost) == 0) {
            tally.count("events answer of the store lost");
            return NodeStorage.Outcome.ANSWER_LOST;
        }
        return NodeStorage.Outcome.ANSWERED;
    }

    /** A leader that another one has fenced off may believe what it likes, but does nothing. */
    private void fenced(String node, String what) {
        findings.note(node + " sends " + (what.length() > 300 ? what.substring(0, 300) + "..." : what));
        tally.count("judged batches");
        if (!documents.leader().equals(node)) {
            findings.deposed(node + " sends " + what + ", but " + documents.leader() + " leads");
        }
    }

    private void documentChanged(Optional<StoredSlice> before, Optional<StoredSlice> now) {
        nodes.values().stream().filter(node -> node.control.running()).forEach(node -> {
            if (!documents.leader().equals(node.id.toString())) {
                findings.deposed(node.id + " writes " + now + ", but " + documents.leader() + " leads");
            }
        });
        tally.count("judged documents");
        StoredSlice slice = now.or(() -> before).orElseThrow();
        findings.note("document " + slice.id() + ": " + now.map(Simulation::text).orElse("gone"));
        now.ifPresent(found -> count(before, found));
        referee.changed(before, now);
    }

    private void count(Optional<StoredSlice> before, StoredSlice now) {
        if (!before.map(StoredSlice::state).equals(Optional.of(now.state()))) {
            tally.count("reached " + now.state());
            before.filter(was -> was.state() == SliceState.RESERVED && now.state() == SliceState.INSTALLING)
                    .ifPresent(was -> tally.count("reached BOUND"));
        }
        if (now.spec().placement().isPresent() && now.state() == SliceState.ACTIVE
                && before.filter(was -> was.state() == SliceState.ACTIVE).isEmpty()) {
            tally.count("reached PLACED");
        }
        now.refusal().filter(problem -> before.flatMap(StoredSlice::refusal).isEmpty())
                .ifPresent(problem -> tally.count("reached refused " + problem.type()));
        now.proposal().filter(proposal -> before.flatMap(StoredSlice::proposal).isEmpty())
                .ifPresent(proposal -> tally.count("reached PROPOSED"));
        now.move().filter(move -> before.flatMap(StoredSlice::move)
                .filter(was -> was.phase() == move.phase()).isEmpty())
                .ifPresent(move -> tally.count("reached " + move.reason() + " " + move.phase()));
        if (now.retired().size() > before.map(was -> was.retired().size()).orElse(0)) {
            tally.count("reached RETIRED");
        }
        if (now.meters().size() > before.map(was -> was.meters().size()).orElse(0)) {
            tally.count("reached METERED");
        }
        now.conditions().stream().filter(condition -> condition.status()
                && before.map(was -> !was.conditions().contains(condition)).orElse(true))
                .forEach(condition -> tally.count("reached " + condition.type() + " " + condition.reason()));
    }

    private static String text(StoredSlice slice) {
        return slice.state() + " " + slice.generation() + "/" + slice.observedGeneration()
                + slice.allocation().map(allocation -> " " + text(allocation) + " " + slice.admitLevel()).orElse("")
                + slice.proposal().map(proposal -> ", proposal" + proposal.refusal().map(problem -> " refused "
                + problem.type()).orElse("")).orElse("")
                + slice.move().map(move -> ", move " + move.reason() + " " + move.phase() + " "
                + text(move.allocation())).orElse("")
                + slice.retired().stream().map(retired -> ", retired " + retired.allocation().tag())
                        .collect(Collectors.joining())
                + (slice.meters().isEmpty() ? "" : ", meters " + slice.meters().size())
                + slice.refusal().map(problem -> ", refused " + problem.type()).orElse("")
                + slice.conditions().stream().filter(condition -> condition.status())
                        .map(condition -> ", " + condition.type() + " " + condition.message())
                        .collect(Collectors.joining());
    }

    private static String text(Allocation allocation) {
        return "tag " + allocation.tag() + " " + allocation.members().stream()
                .map(member -> member.host() + member.uplink().map(up -> "^" + up.number()).orElse(""))
                .collect(Collectors.toList());
    }

    /** Shows nodes what there is of the fabric now. */
    void showFabric() {
        bench.optics.show();
    }

    private Fabric shown(Fabric now) {
        Set<Link> usable = new TreeSet<>(now.links());
        ever.addAll(usable);
        usable.removeIf(link -> down.contains(link)
                || !available(link.from().switchName()) || !available(link.to().switchName()));
        gone.keySet().removeAll(usable);
        ever.stream().filter(link -> !usable.contains(link))
                .forEach(link -> gone.putIfAbsent(link, bench.time.now()));
        return ImmutableFabric.copyOf(now).withLinks(usable).withGone(gone)
                .withDownPorts(Stream.concat(portsDown.stream(), now.downPorts().stream())
                        .filter(port -> available(port.switchName())).collect(Collectors.toList()))
                .withAvailableDevices(bench.onos.switches().stream().filter(each -> each.available)
                        .map(each -> each.device).collect(Collectors.toList()));
    }

    private boolean available(String name) {
        return bench.onos.at(wiring.switches().get(name).device()).available;
    }

    List<FakeSwitch> switches() {
        return new ArrayList<>(bench.onos.switches());
    }
}
