package org.cloister.driver.ocs.netconf;

import org.w3c.dom.Element;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What a switch of Polatis' model answers: pairs that change when told to, and whatever a test puts on top, also while
 * it is read.
 */
final class ScriptedSwitch implements Function<Element, String> {

    /** What the next readings show; the last one stays. */
    final Deque<SortedMap<Integer, Integer>> pairs = new ArrayDeque<>();
    final Map<Integer, String> statuses = new TreeMap<>();
    final Deque<Map<Integer, Double>> powers = new ArrayDeque<>();
    /** Answers that are other than usual, by operation; used once, but for the last. */
    final Map<String, Deque<String>> instead = new TreeMap<>();

    ScriptedSwitch(int ports) {
        for (int port = 1; port <= ports; port++) {
            statuses.put(port, "");
        }
        powers.add(Map.of());
    }

    /** Has it show pairs, one set after the other. */
    synchronized ScriptedSwitch showing(String... sets) {
        pairs.clear();
        for (String set : sets) {
            pairs.add(CrossConnectsTest.pairs(set).egresses());
        }
        return this;
    }

    /** Has it answer an operation in other words: the next time, the time after, and always with the last. */
    synchronized ScriptedSwitch answering(String operation, String... answers) {
        instead.put(operation, new ArrayDeque<>(List.of(answers)));
        return this;
    }

    static String refusal(String tag) {
        return "<rpc-error><error-tag>" + tag + "</error-tag><error-severity>error</error-severity></rpc-error>";
    }

    @Override
    public synchronized String apply(Element operation) {
        Deque<String> other = instead.get(operation.getLocalName());
        if (other != null) {
            return next(other);
        }
        return Xml.child(operation, "filter").map(filter -> data(filter.getFirstChild().getLocalName()))
                .orElse(ScriptedServer.OK);
    }

    private String data(String container) {
        StringBuilder entries = new StringBuilder();
        switch (container) {
            case "port-config":
                statuses.forEach((port, status) -> entries.append("<port><port-id>").append(port)
                        .append("</port-id><status>").append(status).append("</status></port>"));
                break;
            case "opm-power":
                next(powers).forEach((port, power) -> entries.append("<port><port-id>").append(port)
                        .append("</port-id><power>").append(power).append("</power></port>"));
                break;
            default:
                next(pairs).forEach((ingress, egress) -> entries.append("<pair><ingress>").append(ingress)
                        .append("</ingress><egress>").append(egress).append("</egress></pair>"));
        }
        return "<data><" + container + " xmlns='" + PolatisModel.NAMESPACE + "'>" + entries + "</" + container
                + "></data>";
    }

    private static <T> T next(Deque<T> answers) {
        return answers.size() > 1 ? answers.remove() : answers.element();
    }
}
