package org.cloister.driver.ocs.netconf;

import com.google.common.hash.Hashing;
import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.driver.ocs.session.OcsException;
import org.cloister.driver.ocs.session.OcsException.Reason;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The pairs of a switch, by ingress, and how they become others. */
final class CrossConnects {

    private final SortedMap<Integer, Integer> egresses;

    CrossConnects(Map<Integer, Integer> egresses) {
        this.egresses = new TreeMap<>(egresses);
    }

    /** Returns where the light of each ingress leaves. */
    SortedMap<Integer, Integer> egresses() {
        return egresses;
    }

    /** Returns the circuits that they are. A port that is joined with itself is none; it is in use all the same. */
    Set<CircuitPorts> circuits() {
        return egresses.entrySet().stream().filter(pair -> !pair.getKey().equals(pair.getValue()))
                .map(pair -> circuit(pair.getKey(), pair.getValue())).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns a name that two equal sets of pairs have in common. */
    String revision() {
        String text = egresses.entrySet().stream().map(pair -> pair.getKey() + ">" + pair.getValue())
                .collect(Collectors.joining(","));
        return Hashing.sha256().hashString(text, StandardCharsets.UTF_8).toString();
    }

    /**
     * Returns the pairs when circuits are removed and others made. One that is there is left as it is, whichever way
     * round; one to remove that is not there is no matter.
     *
     * @throws OcsException {@code CONFLICT} if a port would have two circuits
     */
    CrossConnects with(Set<CircuitPorts> deletes, Set<CircuitPorts> creates) {
        SortedMap<Integer, Integer> changed = new TreeMap<>(egresses);
        changed.entrySet().removeIf(pair -> {
            CircuitPorts ports = pair.getKey().equals(pair.getValue()) ? null : circuit(pair.getKey(), pair.getValue());
            return ports != null && deletes.contains(ports) && !creates.contains(ports);
        });
        for (CircuitPorts wanted : creates) {
            int one = Integer.parseInt(wanted.one());
            int other = Integer.parseInt(wanted.other());
            boolean isThere = false;
            for (Map.Entry<Integer, Integer> pair : changed.entrySet()) {
                if (isBetween(pair, one, other)) {
                    isThere = true;
                } else {
                    checkFree(one, wanted, pair);
                    checkFree(other, wanted, pair);
                }
            }
            if (!isThere) {
                changed.put(Math.min(one, other), Math.max(one, other));
            }
        }
        return new CrossConnects(changed);
    }

    /** Returns the XML that makes these pairs out of others: nothing that stays is named. Empty if they are the same. */
    String changeFrom(CrossConnects before) {
        StringBuilder pairs = new StringBuilder();
        before.egresses.forEach((ingress, egress) -> {
            if (!egresses.containsKey(ingress)) {
                pairs.append(pair("delete", ingress, ""));
            }
        });
        egresses.forEach((ingress, egress) -> {
            Integer former = before.egresses.get(ingress);
            if (former == null) {
                pairs.append(pair("create", ingress, egress(egress)));
            } else if (!former.equals(egress)) {
                pairs.append(pair("replace", ingress, egress(egress)));
            }
        });
        // merged, since it need not be there: some servers remove a container with the last pair in it
        return pairs.length() == 0 ? "" : "<cross-connects xmlns=\"" + PolatisModel.NAMESPACE + "\" xmlns:nc=\""
                + ServerCapabilities.BASE + "\" nc:operation=\"merge\">" + pairs + "</cross-connects>";
    }

    private static String pair(String operation, int ingress, String egress) {
        return "<pair nc:operation=\"" + operation + "\"><ingress>" + ingress + "</ingress>" + egress + "</pair>";
    }

    private static String egress(int egress) {
        return "<egress>" + egress + "</egress>";
    }

    private static boolean isBetween(Map.Entry<Integer, Integer> pair, int one, int other) {
        return pair.getKey() == one && pair.getValue() == other || pair.getKey() == other && pair.getValue() == one;
    }

    private static void checkFree(int port, CircuitPorts wanted, Map.Entry<Integer, Integer> pair) {
        if (pair.getKey() == port || pair.getValue() == port) {
            throw new OcsException(Reason.CONFLICT, "circuit " + wanted + ": port " + port
                    + " has the one from " + pair.getKey() + " to " + pair.getValue());
        }
    }

    private static CircuitPorts circuit(int port, int otherPort) {
        return CircuitPorts.of(Integer.toString(port), Integer.toString(otherPort));
    }
}
