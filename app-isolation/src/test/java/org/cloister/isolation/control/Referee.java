package org.cloister.isolation.control;

import org.cloister.isolation.allocation.Reservations;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.control.light.Demanding;
import org.cloister.isolation.control.observed.Tags;
import org.cloister.isolation.control.plan.Conditions;
import org.cloister.isolation.control.plan.Installation;
import org.cloister.isolation.fabric.Circuit;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Host;
import org.cloister.isolation.fabric.Link;
import org.cloister.isolation.program.sim.Attacks;
import org.cloister.isolation.program.sim.FabricModel;
import org.cloister.isolation.program.sim.Frame;
import org.cloister.isolation.program.sim.Judge;
import org.cloister.isolation.program.sim.Probes;
import org.cloister.isolation.program.sim.Scenario;
import org.cloister.isolation.program.sim.VlanReading;
import org.cloister.isolation.routing.Routes;
import org.cloister.isolation.store.Documents;
import org.cloister.isolation.store.StoredSlice;
import org.onosproject.net.flow.FlowRule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Watches a simulation. After every single change of a rule on a switch it asks the tables what becomes of packets,
 * honest ones and attacks, and after every change of a document whether slices hold what they may; it knows the
 * documents as they are, not as any node has heard of them.
 *
 * <p>A pair of members is broken when packets between them arrived before a change that somebody asked for, and do not
 * after it, though the slice is installed and not on its way out, both stay in it, and its switches do as they are
 * told. What a switch loses by itself breaks nothing; a node may act on what it read there before until it has read
 * the switch {@value #READS} times.
 */
final class Referee {

    private static final int READS = 3;
    private static final int ATTACKS = 40;
    /** How long rules for a link that has just gone may be on their way. */
    private static final Duration LATELY = Duration.ofSeconds(5);

    private final Fabric fabric;
    private final FakeOnosRules onos;
    private final FakeOptics optics;
    private final Set<FabricPort> fibres = new HashSet<>();
    /** Tags that rules were sent of. */
    private final Set<Integer> used = new HashSet<>();
    private Set<Link> cut = Set.of();
    private final Documents documents;
    private final Findings findings;
    private final Probes probes;
    private final Judge nobody;
    private final Map<String, List<Judge>> judges = new HashMap<>();
    private final Map<Probes.Probe, Pair> pairs = new HashMap<>();
    private final Set<Probes.Probe> leaking = new HashSet<>();
    private final Map<FakeSwitch, Integer> disturbed = new HashMap<>();
    private long changes;

    Referee(Fabric fabric, FakeOnosRules onos, FakeOptics optics, Documents documents, Findings findings, Random random) {
        this.fabric = fabric;
        this.onos = onos;
        this.optics = optics;
        fabric.fibres().values().forEach(ports -> fibres.addAll(ports.values()));
        this.documents = documents;
        this.findings = findings;
        this.nobody = new Judge(new Scenario(fabric, List.of()));
        this.probes = new Probes(new FabricModel(fabric, List.of(), VlanReading.OUTER_TAG), VlanReading.OUTER_TAG);
        addPairs();
        addAttacks(random);
        if (!fibres.isEmpty()) {
            rewire();
        }
    }

    private void addPairs() {
        for (Host from : fabric.hosts().values()) {
            for (Host to : fabric.hosts().values()) {
                if (from != to) {
                    Pair pair = new Pair(from, to);
                    honest(from, to).forEach(frame -> {
                        Probes.Probe probe = probes.add(from, frame);
                        pair.probes.add(probe);
                        pairs.put(probe, pair);
                    });
                }
            }
        }
    }

    private static List<Frame> honest(Host from, Host to) {
        return List.of(Frame.ipv4(from, from.ipv4().get(0), to, to.ipv4().get(0)),
                Frame.arpRequest(from, from.ipv4().get(0), to.ipv4().get(0)),
                Frame.arpReply(from, from.ipv4().get(0), to, to.ipv4().get(0)));
    }

    /** A few of all attacks; which ones differs from run to run. */
    private void addAttacks(Random random) {
        List<Host> hosts = new ArrayList<>(fabric.hosts().values());
        Attacks attacks = new Attacks(new Scenario(fabric, List.of()), List.of(fabric.firstTag(),
                fabric.firstTag() + random.nextInt(fabric.lastTag() - fabric.firstTag() + 1)));
        for (Host attacker : hosts) {
            Host victim = hosts.get(random.nextInt(hosts.size()));
            List<Frame> frames = new ArrayList<>(attacks.of(attacker, victim));
            Collections.shuffle(frames, random);
            frames.subList(0, Math.min(frames.size(), ATTACKS)).forEach(frame -> probes.add(attacker, frame));
        }
    }

    /** Returns how many changes of rules were judged. */
    long changes() {
        return changes;
    }

    /** Says that a switch does not work as it is told for now. */
    void disturbed(FakeSwitch at) {
        disturbed.put(at, at.readsTaken);
    }

    /** Judges a change of a rule on a switch. */
    void changed(FlowRule rule, boolean present, boolean commanded) {
        changes++;
        if (!commanded) {
            disturbed(onos.at(rule.deviceId()));
        }
        if (present && commanded) {
            Tags.of(rule).ifPresent(tag -> {
                if (used.add(tag)) {
                    first(tag);
                }
            });
        }
        Collection<Probes.Probe> concerned = present ? probes.added(rule) : probes.removed(rule);
        concerned.forEach(this::judge);
        Set<Pair> touched = new LinkedHashSet<>();
        concerned.forEach(probe -> {
            if (pairs.containsKey(probe)) {
                touched.add(pairs.get(probe));
            }
        });
        touched.forEach(pair -> {
            boolean before = pair.reached;
            pair.look();
            if (before && !pair.reached) {
                lost(pair, commanded, (present ? "adding " : "removing ") + rule);
            }
        });
    }

    /** Before the first rule of a tag is sent all of its links were found. */
    private void first(int tag) {
        documents.slices().forEach(slice -> Installation.all(slice).stream().filter(each -> each.tag() == tag)
                .flatMap(each -> each.allocation().links().stream()).map(link -> Link.of(link.from(), link.to()))
                .filter(link -> !optics.carried(link, LATELY)).findFirst()
                .ifPresent(link -> findings.leak("rules of " + slice.id() + " for " + link + ", which is not there")));
    }

    private void rewire() {
        probes.rewired(optics.wires(), dark());
    }

    private Set<FabricPort> dark() {
        Set<FabricPort> dark = new HashSet<>(fibres);
        optics.wires().forEach(link -> dark.remove(link.from()));
        return dark;
    }

    /** Judges light that goes elsewhere. */
    void relit(boolean commanded) {
        rewire();
        probes.all().forEach(this::judge);
        pairs.values().stream().distinct().forEach(pair -> {
            boolean before = pair.reached;
            pair.look();
            if (before && !pair.reached) {
                lost(pair, commanded, "light");
            }
        });
    }

    /** Says which links carry nothing although there is light. */
    void cut(Set<Link> links) {
        cut = links;
    }

    private boolean carries(Circuit circuit) {
        return optics.carries(circuit) && cut.stream().noneMatch(link ->
                fabric.fibreIndex().under(link).filter(under -> under.compareTo(circuit) == 0).isPresent());
    }

    /** A circuit that packets may cross does not give way. */
    void parts(Circuit circuit) {
        documents.slices().stream().filter(slice -> inUse(slice).contains(circuit) && carries(circuit))
                .forEach(slice -> findings.broken(slice.id() + " loses " + circuit));
    }

    /** Nor can anybody else have it. */
    void demands(String owner, SortedSet<Circuit> circuits) {
        documents.slices().stream().filter(slice -> owner.equals("slice:" + slice.id())).forEach(slice ->
                inUse(slice).stream().filter(circuit -> !circuits.contains(circuit) && carries(circuit))
                        .forEach(circuit -> findings.broken(slice.id() + " releases " + circuit)));
    }

    /** The circuits of a slice's allocations of which there are rules. */
    private SortedSet<Circuit> inUse(StoredSlice slice) {
        SortedSet<Circuit> used = new TreeSet<>();
        Installation.held(slice).stream().filter(allocation -> onos.switches().stream().anyMatch(each ->
                each.rules.keySet().stream().anyMatch(rule -> Tags.of(rule).orElse(0) == allocation.tag())))
                .forEach(allocation -> used.addAll(Demanding.circuits(fabric, allocation)));
        return used;
    }

    private void lost(Pair pair, boolean commanded, String why) {
        for (StoredSlice slice : documents.slices()) {
            if (stays(slice, pair.from) && stays(slice, pair.to) && remainsPromised(slice, pair)) {
                if (commanded && works(slice)) {
                    findings.broken(slice.id() + " " + slice.state() + ": " + pair + " by " + why);
                } else {
                    findings.excused(slice.id() + ": " + pair + " by " + why);
                }
            }
        }
    }

    /** Whether a host is a member of a slice that is installed, and remains one. */
    private static boolean stays(StoredSlice slice, Host host) {
        boolean installed = slice.state() == SliceState.ACTIVE || slice.state() == SliceState.DEGRADED;
        return installed && slice.allocation().filter(allocation -> holds(allocation, host)).isPresent()
                && slice.move().map(move -> holds(move.allocation(), host)).orElse(true);
    }

    private static boolean holds(Allocation allocation, Host host) {
        return allocation.members().stream().anyMatch(member -> member.host().equals(host.name()));
    }

    /** All members reach all, whatever ways an allocation has, unless it says otherwise. Where not all members can be reached by all, ways are for the pairs that patterns name. */
    private static boolean promises(Allocation allocation, Pair pair) {
        return allocation.reach() == Allocation.Reach.ALL || Routes.of(allocation).stream().anyMatch(route -> route.fromHost().equals(pair.from.name())
                && route.toLeaf().equals(pair.to.port().switchName())
                && route.toHost().map(pair.to.name()::equals).orElse(true));
    }

    /** Whether a pair has a way now and after a move that is under way. */
    private static boolean remainsPromised(StoredSlice slice, Pair pair) {
        return promises(slice.allocation().orElseThrow(), pair)
                && slice.move().map(move -> promises(move.allocation(), pair)).orElse(true);
    }

    private boolean works(StoredSlice slice) {
        Set<String> devices = new HashSet<>(slice.devices());
        slice.move().ifPresent(move -> devices.addAll(move.devices()));
        return onos.switches().stream().filter(each -> devices.contains(each.device.toString()))
                .allMatch(each -> each.obeys()
                        && each.readsTaken >= disturbed.getOrDefault(each, Integer.MIN_VALUE / 2) + READS);
    }

    private void judge(Probes.Probe probe) {
        Optional<String> wrong = probe.heard() ? verdict(probe) : Optional.empty();
        if (wrong.isEmpty()) {
            leaking.remove(probe);
        } else if (leaking.add(probe)) {
            findings.leak(probe.sender().name() + ": " + wrong.get());
        }
    }

    /** A packet must keep to one of the allocations that its sender's slice has rules of. */
    private Optional<String> verdict(Probes.Probe probe) {
        if (probe.undefined() != null) {
            return Optional.of(probe.undefined().getMessage());
        }
        Optional<String> wrong = Optional.empty();
        for (Judge judge : judges.getOrDefault(probe.sender().name(), List.of(nobody))) {
            wrong = judge.hostSent(probe.sender(), probe.frame(), probe.trace());
            if (wrong.isEmpty()) {
                return wrong;
            }
        }
        return wrong;
    }

    /** Judges a change of a document. */
    void changed(Optional<StoredSlice> before, Optional<StoredSlice> now) {
        holdings();
        judges.clear();
        documents.slices().forEach(slice -> Installation.held(slice).forEach(allocation -> {
            Judge judge = new Judge(new Scenario(fabric, List.of(allocation)));
            allocation.members().forEach(member ->
                    judges.computeIfAbsent(member.host(), host -> new ArrayList<>()).add(judge));
        }));
        probes.all().stream().filter(Probes.Probe::heard).forEach(this::judge);
        released(before, now);
        now.filter(slice -> slice.state() == SliceState.ACTIVE)
                .filter(slice -> before.map(was -> was.state() != SliceState.ACTIVE
                        || !was.allocation().equals(slice.allocation())).orElse(true))
                .filter(slice -> Conditions.of(slice, Conditions.NOT_ENFORCED).isEmpty())
                .ifPresent(this::entered);
    }

    /** What says that it is installed is. */
    private void entered(StoredSlice slice) {
        boolean lit = Demanding.circuits(fabric, slice.allocation().orElseThrow()).stream().allMatch(optics::carries);
        if (works(slice) && lit) {
            pairs.values().stream().distinct()
                    .filter(pair -> stays(slice, pair.from) && stays(slice, pair.to) && !pair.reached
                            && promises(slice.allocation().orElseThrow(), pair))
                    .forEach(pair -> findings.broken(slice.id() + " is ACTIVE, but not " + pair));
        }
    }

    /** A tag that nobody holds any more is on no switch. */
    private void released(Optional<StoredSlice> before, Optional<StoredSlice> now) {
        Set<Integer> tags = tags(before);
        tags.removeAll(tags(now));
        used.removeAll(tags);
        tags.forEach(tag -> onos.switches().forEach(each -> each.rules.keySet().stream()
                .filter(rule -> Tags.of(rule).orElse(0) == tag).findFirst()
                .ifPresent(rule -> findings.leak("tag " + tag + " is given back, with rules on " + each.device))));
    }

    private static Set<Integer> tags(Optional<StoredSlice> slice) {
        return slice.map(Installation::all).orElse(List.of()).stream().map(Installation::tag)
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** No two slices hold a tag, a host, or an exclusive link; what is reserved of a link fits. */
    private void holdings() {
        Set<Object> single = new HashSet<>();
        Map<Link, Long> reserved = new HashMap<>();
        Map<Link, StoredSlice> exclusive = new HashMap<>();
        for (StoredSlice slice : documents.slices()) {
            List<Allocation> held = Installation.held(slice);
            held.forEach(allocation -> once(single, allocation.tag(), slice));
            held.stream().flatMap(allocation -> allocation.members().stream()).map(AllocatedMember::host).distinct()
                    .forEach(host -> once(single, host, slice));
            Reservations.exclusive(held).forEach(link -> exclusive.put(link, slice));
        }
        for (StoredSlice slice : documents.slices()) {
            Reservations.of(Installation.held(slice)).forEach((link, rate) -> {
                if (exclusive.getOrDefault(link, slice) != slice) {
                    findings.overbooked(link + " is exclusive to " + exclusive.get(link).id() + " and " + slice.id());
                }
                if (reserved.merge(link, rate, Long::sum) > fabric.linkBitsPerSecond()) {
                    findings.overbooked(link + " is booked with " + reserved.get(link));
                }
            });
        }
    }

    private void once(Set<Object> single, Object what, StoredSlice slice) {
        if (!single.add(what)) {
            findings.overbooked(slice.id() + " holds " + what + ", which is taken");
        }
    }

    /** Follows everything again from nothing and compares; then asks for all attacks. */
    void review(Random random) {
        List<FlowRule> rules = onos.switches().stream().flatMap(each -> each.rules.values().stream())
                .collect(Collectors.toList());
        FabricModel fresh = new FabricModel(fabric, rules, VlanReading.OUTER_TAG);
        if (!fibres.isEmpty()) {
            fresh.rewire(optics.wires(), dark());
        }
        for (Probes.Probe probe : probes.all()) {
            if (probe.undefined() == null && !probe.trace().toString()
                    .equals(fresh.send(probe.sender().port(), probe.frame()).toString())) {
                throw new AssertionError("remembered of " + probe.frame() + " " + probe.trace() + ", but it is "
                        + fresh.send(probe.sender().port(), probe.frame()));
            }
        }
        List<Host> hosts = new ArrayList<>(fabric.hosts().values());
        Host attacker = hosts.get(random.nextInt(hosts.size()));
        Set<Integer> tags = documents.slices().stream().flatMap(slice -> tags(Optional.of(slice)).stream())
                .limit(3).collect(Collectors.toSet());
        new Attacks(new Scenario(fabric, List.of()), List.copyOf(tags))
                .of(attacker, hosts.get(random.nextInt(hosts.size()))).forEach(frame -> {
                    Probes.Probe probe = new Probes(fresh, VlanReading.OUTER_TAG).add(attacker, frame);
                    (probe.heard() ? verdict(probe) : Optional.<String>empty()).ifPresent(findings::leak);
                });
    }

    /** Two hosts, one of which sends to the other. */
    private static final class Pair {

        private final Host from;
        private final Host to;
        private final List<Probes.Probe> probes = new ArrayList<>();
        private boolean reached;

        private Pair(Host from, Host to) {
            this.from = from;
            this.to = to;
        }

        private void look() {
            reached = probes.stream().allMatch(probe -> probe.undefined() == null
                    && probe.trace().deliveries().size() == 1
                    && probe.trace().deliveries().get(0).port().equals(to.port()));
        }

        @Override
        public String toString() {
            return from.name() + " to " + to.name();
        }
    }
}
