package org.cloister.isolation.proof;

import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.fabric.Circuit;
import org.cloister.isolation.fabric.Link;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is possible in a small fabric whose links are light that may be moved: the fewest spines, on so many the fewest
 * directed links, on so many the fewest circuits made and removed. Every set of leaf and spine pairs to be joined is
 * tried, each with every choice of optical switches. A leaf is joined once with a spine at most; two leaves that are all
 * of a slice may also be joined directly, over no spine, as often as they have ports. Every leaf reaches every other.
 */
final class OpticalSearch {

    private static final int DIRECT = -1;

    /** Whether moves count before spines and links. */
    private boolean movesFirst;
    /** Whether no link may carry two flows' worth at any timing, or in lock-step only. */
    private boolean anyTiming;

    private final Case problem;
    private final Effort effort;
    private final List<String> leaves;
    private final List<String> spines;
    private final List<Map<String, String>> ports = new ArrayList<>();
    private final List<Map<String, String>> peers = new ArrayList<>();
    private final List<Set<String>> used = new ArrayList<>();
    /** Ports of circuits that carry nothing: one has to be made to be used. */
    private final List<Set<String>> dark = new ArrayList<>();
    /** Ports of circuits that give way to nobody. */
    private final List<Set<String>> fixed = new ArrayList<>();

    OpticalSearch(Case problem, Effort effort) {
        this.problem = problem;
        this.effort = effort;
        this.leaves = problem.request().members().stream().map(host -> host.port().switchName()).distinct().sorted()
                .collect(Collectors.toList());
        this.spines = problem.fabric().switches().keySet().stream().filter(name -> name.startsWith("spine"))
                .collect(Collectors.toList());
        Set<FabricPort> held = new HashSet<>();
        for (Link link : problem.ledger().reserved().keySet()) {
            held.add(link.from());
            held.add(link.to());
        }
        problem.fabric().fibres().forEach((name, fibres) -> {
            Map<String, String> free = new HashMap<>();
            fibres.forEach((port, end) -> {
                if (!held.contains(end) && !problem.fabric().unusableOpticalPorts()
                        .getOrDefault(name, new TreeMap<>()).containsKey(port)) {
                    free.put(end.switchName(), port);
                }
            });
            ports.add(free);
            peers.add(new HashMap<>());
            used.add(new HashSet<>());
            dark.add(new HashSet<>());
            fixed.add(new HashSet<>());
            for (Circuit circuit : problem.fabric().circuits()) {
                if (circuit.opticalSwitch().equals(name)) {
                    peers.get(peers.size() - 1).put(circuit.one(), circuit.other());
                    peers.get(peers.size() - 1).put(circuit.other(), circuit.one());
                    if (!circuit.connected()) {
                        dark.get(dark.size() - 1).add(circuit.one());
                    }
                    if (circuit.fixed()) {
                        fixed.get(fixed.size() - 1).addAll(List.of(circuit.one(), circuit.other()));
                    }
                }
            }
        });
    }

    /** Returns the fewest spines, links and moves, in this order; empty if the guarantee cannot be given. */
    Optional<int[]> best() {
        return leaves.size() == 2 ? twoLeaves() : overSpines();
    }

    /**
     * Returns the fewest moves with which a guarantee can be given, over however many spines and links.
     *
     * @param atAnyTiming whether no link may carry two flows' worth at any timing, or in lock-step only
     */
    OptionalInt fewestMoves(boolean atAnyTiming) {
        movesFirst = true;
        anyTiming = atAnyTiming;
        Optional<int[]> least = leaves.size() == 2 ? twoLeaves() : overSpines();
        movesFirst = false;
        anyTiming = false;
        return least.map(found -> OptionalInt.of(found[2])).orElseGet(OptionalInt::empty);
    }

    /** Two leaves need ways, the same ones for all pairs: circuits between them as far as there are ports. */
    private Optional<int[]> twoLeaves() {
        List<int[]> everything = new ArrayList<>();
        for (int spine = 0; spine < spines.size(); spine++) {
            everything.add(new int[] {0, spine});
            everything.add(new int[] {1, spine});
        }
        ExactSearch.Optimum need = search(everything).optimum().orElseThrow();
        int[] fewest = null;
        for (int over = 0; over <= need.spines(); over++) {
            int direct = need.spines() - over;
            for (int chosen = 0; chosen < 1 << spines.size(); chosen++) {
                if (Integer.bitCount(chosen) == over) {
                    List<int[]> wanted = new ArrayList<>();
                    for (int count = 0; count < direct; count++) {
                        wanted.add(new int[] {0, DIRECT});
                    }
                    for (int rest = chosen; rest != 0; rest &= rest - 1) {
                        wanted.add(new int[] {0, Integer.numberOfTrailingZeros(rest)});
                        wanted.add(new int[] {1, Integer.numberOfTrailingZeros(rest)});
                    }
                    int moves = fewestMoves(wanted);
                    if (moves < Integer.MAX_VALUE && (fewest == null || moves < fewest[2])) {
                        fewest = new int[] {over, links(need, direct), moves};
                    }
                }
            }
            if (fewest != null && !movesFirst) {
                return Optional.of(fewest);
            }
        }
        return Optional.ofNullable(fewest);
    }

    /** A way over a spine takes two links, a direct one takes one; one direction may need fewer ways than the other. */
    private static int links(ExactSearch.Optimum need, int direct) {
        int more = need.spines();
        int fewer = need.links() / 2 - more;
        return 2 * more - Math.min(direct, more) + 2 * fewer - Math.min(direct, fewer);
    }

    private Optional<int[]> overSpines() {
        int[] best = null;
        int pairs = leaves.size() * spines.size();
        for (int joined = 0; joined < 1 << pairs; joined++) {
            List<int[]> wanted = new ArrayList<>();
            Set<Integer> over = new HashSet<>();
            Set<Integer> ofLeaves = new HashSet<>();
            for (int pair = 0; pair < pairs; pair++) {
                if ((joined >>> pair & 1) != 0) {
                    wanted.add(new int[] {pair / spines.size(), pair % spines.size()});
                    over.add(pair % spines.size());
                    ofLeaves.add(pair / spines.size());
                }
            }
            if (ofLeaves.size() < leaves.size() || best != null && !movesFirst && over.size() > best[0]) {
                continue;
            }
            int moves = fewestMoves(wanted);
            if (movesFirst && best != null && moves >= best[2]) {
                continue;
            }
            ExactSearch search = moves == Integer.MAX_VALUE ? null : search(wanted);
            if (search != null && search.leadsEverywhere()) {
                Optional<ExactSearch.Optimum> optimum = search.optimum();
                int[] found = optimum.map(least -> new int[] {least.spines(), least.links(), moves}).orElse(null);
                if (found != null && (best == null || (movesFirst ? found[2] < best[2]
                        : Arrays.compare(found, best) < 0))) {
                    best = found;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private ExactSearch search(Collection<int[]> joined) {
        List<Link> links = new ArrayList<>();
        for (int[] pair : joined) {
            // ports of no fabric, which nobody holds
            FabricPort leaf = FabricPort.of(leaves.get(pair[0]), 1_000_000L + pair[1]);
            FabricPort spine = FabricPort.of(spines.get(pair[1]), 1_000_000L + pair[0]);
            links.add(Link.of(leaf, spine));
            links.add(Link.of(spine, leaf));
        }
        return new ExactSearch(problem, links, anyTiming, effort);
    }

    private int fewestMoves(List<int[]> wanted) {
        int[] fewest = {Integer.MAX_VALUE};
        join(wanted, 0, 0, new HashSet<>(), fewest);
        return fewest[0];
    }

    private void join(List<int[]> wanted, int index, int made, Set<String> removed, int[] fewest) {
        effort.spend();
        if (made + removed.size() >= fewest[0]) {
            return;
        }
        if (index == wanted.size()) {
            fewest[0] = made + removed.size();
            return;
        }
        String one = leaves.get(wanted.get(index)[0]);
        String other = wanted.get(index)[1] == DIRECT ? leaves.get(1) : spines.get(wanted.get(index)[1]);
        for (int at = 0; at < ports.size(); at++) {
            String from = ports.get(at).get(one);
            String to = ports.get(at).get(other);
            if (from == null || to == null || used.get(at).contains(from) || used.get(at).contains(to)) {
                continue;
            }
            boolean joined = to.equals(peers.get(at).get(from));
            boolean there = joined && !dark.get(at).contains(from) && !dark.get(at).contains(to);
            if (!joined && (fixed.get(at).contains(from) || fixed.get(at).contains(to))) {
                continue;
            }
            used.get(at).add(from);
            used.get(at).add(to);
            Set<String> gone = new HashSet<>(removed);
            if (!joined) {
                for (String port : List.of(from, to)) {
                    String peer = peers.get(at).get(port);
                    if (peer != null) {
                        gone.add(at + (port.compareTo(peer) < 0 ? port + peer : peer + port));
                    }
                }
            }
            join(wanted, index + 1, made + (there ? 0 : 1), gone, fewest);
            used.get(at).remove(from);
            used.get(at).remove(to);
        }
    }
}
