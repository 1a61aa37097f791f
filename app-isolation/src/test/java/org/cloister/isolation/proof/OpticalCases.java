package org.cloister.isolation.proof;

import org.cloister.isolation.allocation.ImmutableLedger;
import org.cloister.isolation.api.CircuitPolicy;
import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.api.ImmutableMember;
import org.cloister.isolation.api.Member;
import org.cloister.isolation.api.Member.Role;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.fabric.Circuit;
import org.cloister.isolation.fabric.Fibres;
import org.cloister.isolation.fabric.ImmutableCircuit;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Host;
import org.cloister.isolation.fabric.ImmutableFabric;
import org.cloister.isolation.fabric.Link;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Questions about light small enough to be searched through: 2 or 3 leaves of a slice and perhaps one more, up to 3
 * spines and 3 optical switches, each leaf and spine with a fibre to each of them at most. Some circuits are there, and
 * others hold the links over some of these; some are somebody else's or demanded directly, some carry nothing, and some
 * ports are in quarantine.
 */
final class OpticalCases {

    private final FabricDraft draft;
    private final Draws draws;
    private final int leaves;
    private final int spines;
    private final int switches;
    private final SortedMap<String, SortedMap<String, String>> unusable = new TreeMap<>();

    private OpticalCases(long seed) {
        this.draws = new Draws(seed);
        this.leaves = draws.between(2, 4);
        this.spines = draws.between(1, 3);
        this.switches = draws.between(1, 3);
        this.draft = new FabricDraft(leaves, Math.max(2, Math.max(spines, switches)), 2);
    }

    /** Returns the question of a seed. */
    static Case of(long seed) {
        return new OpticalCases(seed).draw(seed);
    }

    private Case draw(long seed) {
        int members = draws.between(2, Math.min(3, leaves));
        for (int leaf = 0; leaf < leaves; leaf++) {
            int hosts = draws.between(1, 2);
            for (int index = 0; index < hosts; index++) {
                draft.host(leaf, "node-" + leaf + "-" + index, 0, false);
            }
        }
        SortedMap<String, SortedMap<String, FabricPort>> fibres = new TreeMap<>();
        ImmutableFabric.Builder fabric = ImmutableFabric.builder().from(draft.build());
        ImmutableLedger.Builder ledger = ImmutableLedger.builder();
        List<Link> links = new ArrayList<>();
        int lit = draws.one(0, 40, 80);
        int held = draws.one(0, 20, 50);
        int odd = draws.one(0, 0, 15);
        for (int at = 0; at < switches; at++) {
            String name = "ocs-" + at;
            SortedMap<String, FabricPort> ends = fibres(at);
            fibres.put(name, ends);
            fabric.addOpticalSwitches(name);
            List<String> ofLeaves = draws.shuffled(ends.keySet().stream().filter(port -> port.startsWith("l"))
                    .collect(Collectors.toList()));
            List<String> ofSpines = draws.shuffled(ends.keySet().stream().filter(port -> port.startsWith("s"))
                    .collect(Collectors.toList()));
            for (int index = 0; index < Math.min(ofLeaves.size(), ofSpines.size()); index++) {
                if (draws.percent(lit)) {
                    Circuit circuit = Circuit.of(name, ofLeaves.get(index), ofSpines.get(index));
                    if (draws.percent(odd)) {
                        fabric.addCircuits(ImmutableCircuit.copyOf(circuit).withState("FAILED"));
                        continue;
                    }
                    boolean fixed = draws.percent(odd);
                    fabric.addCircuits(ImmutableCircuit.copyOf(circuit).withForeign(fixed && index % 2 == 0)
                            .withClaimed(fixed && index % 2 == 1));
                    Link up = Link.of(ends.get(ofLeaves.get(index)), ends.get(ofSpines.get(index)));
                    links.addAll(List.of(up, Link.of(up.to(), up.from())));
                    if (draws.percent(held)) {
                        ledger.putReserved(up, 1);
                    }
                }
            }
            quarantine(name, ends, odd);
        }
        // as whoever keeps the ledger does
        Fibres index = Fibres.of(fibres);
        links.stream().filter(link -> index.under(link).filter(circuit -> isUnusable(circuit)).isPresent())
                .forEach(link -> ledger.putReserved(link, 1));
        fabric.unusableOpticalPorts(unusable);
        Fabric whole = fabric.links(links).fibres(fibres).build();
        return new Case(seed, whole, ledger.build(), spec(members));
    }

    private void quarantine(String name, SortedMap<String, FabricPort> ends, int percent) {
        SortedMap<String, String> ports = new TreeMap<>();
        ends.keySet().stream().filter(port -> draws.percent(percent)).forEach(port -> ports.put(port, "broken"));
        unusable.put(name, ports);
    }

    private boolean isUnusable(Circuit circuit) {
        return unusable.get(circuit.opticalSwitch()).containsKey(circuit.one())
                || unusable.get(circuit.opticalSwitch()).containsKey(circuit.other());
    }

    /** A few fibres are missing. */
    private SortedMap<String, FabricPort> fibres(int at) {
        SortedMap<String, FabricPort> ends = new TreeMap<>();
        for (int leaf = 0; leaf < leaves; leaf++) {
            if (draws.percent(92)) {
                ends.put("l-" + leaf, draft.up(leaf, at, 0).from());
            }
        }
        for (int spine = 0; spine < spines; spine++) {
            if (draws.percent(92)) {
                ends.put("s-" + spine, FabricPort.of(FabricDraft.spine(spine), 1L + at));
            }
        }
        return ends;
    }

    private SliceSpec spec(int memberLeaves) {
        List<Host> members = draft.hosts().stream()
                .filter(host -> host.port().switchName().compareTo(FabricDraft.leaf(memberLeaves)) < 0)
                .collect(Collectors.toList());
        List<Member> named = new ArrayList<>();
        for (int rank = 0; rank < members.size(); rank++) {
            named.add(ImmutableMember.builder().host(members.get(rank).name())
                    .role(PatternDraws.isServer(rank) ? Role.PARAMETER_SERVER : Role.WORKER).build());
        }
        return SliceSpec.builder().members(named).circuits(CircuitPolicy.ALLOW)
                .patterns(new PatternDraws(members, draws, Long.MAX_VALUE).draw()).build();
    }
}
