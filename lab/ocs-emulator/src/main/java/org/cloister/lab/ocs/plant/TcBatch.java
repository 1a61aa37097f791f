package org.cloister.lab.ocs.plant;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** The lines that {@code tc -batch} and {@code ip -batch} read. A line names one port and no other port's filter. */
final class TcBatch {

    /** Errors come before the cross-connect: who does not pass them is not redirected. */
    private static final int ERRORS = 1;
    private static final int CROSS_CONNECT = 10;
    /** Classic BPF: offset of the ancillary data and in it that of a random number. */
    private static final long RANDOM = 0xffff_f000L + 56;

    private final IntFunction<String> interfaces;

    TcBatch(IntFunction<String> interfaces) {
        this.interfaces = interfaces;
    }

    List<String> show(int port) {
        return List.of("filter show dev " + name(port) + " ingress");
    }

    List<String> hooks(Collection<Integer> ports) {
        return ports.stream().map(port -> "qdisc add dev " + name(port) + " clsact").collect(Collectors.toList());
    }

    List<String> unhook(Collection<Integer> ports) {
        return ports.stream().map(port -> "qdisc del dev " + name(port) + " clsact").collect(Collectors.toList());
    }

    List<String> cut(Collection<Integer> ports) {
        return ports.stream().map(port -> "filter del dev " + name(port) + " ingress pref " + CROSS_CONNECT)
                .collect(Collectors.toList());
    }

    List<String> join(SortedMap<Integer, Integer> joined) {
        return joined.entrySet().stream().map(join -> "filter replace dev " + name(join.getKey()) + " ingress pref "
                + CROSS_CONNECT + " handle 800::800 protocol all u32 match u32 0 0 action mirred egress redirect dev "
                + name(join.getValue())).collect(Collectors.toList());
    }

    /** Packets that the classifier takes are not redirected, and nobody else wants them. */
    List<String> lose(SortedMap<Integer, Double> errors) {
        return errors.entrySet().stream().map(error -> String.format(Locale.ROOT,
                "filter replace dev %s ingress pref %d handle 1 protocol all bpf bytecode \"%s\" flowid 1:1",
                name(error.getKey()), ERRORS, classifier(error.getValue()))).collect(Collectors.toList());
    }

    List<String> loseNone(Collection<Integer> ports) {
        return ports.stream().map(port -> "filter del dev " + name(port) + " ingress pref " + ERRORS)
                .collect(Collectors.toList());
    }

    List<String> carrier(Collection<Integer> ports, boolean up) {
        return ports.stream().map(port -> "link set dev " + name(port) + (up ? " up" : " down"))
                .collect(Collectors.toList());
    }

    /** Takes a packet with that probability: load a random number, compare, return. */
    private static String classifier(double probability) {
        long threshold = Math.min(0xffff_ffffL, Math.round(probability * (1L << 32)));
        return "4,32 0 0 " + RANDOM + ",53 1 0 " + threshold + ",6 0 0 4294967295,6 0 0 0";
    }

    private String name(int port) {
        return interfaces.apply(port);
    }
}
