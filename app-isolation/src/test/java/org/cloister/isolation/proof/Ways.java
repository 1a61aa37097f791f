package org.cloister.isolation.proof;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Host;
import org.onlab.packet.Ip4Address;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The ways of all ordered pairs of a slice's members, found by sending packets through the compiled rules: the links
 * that each crosses, two at most. Every packet that arrives does so at its receiver and nowhere else, whatever came of
 * it; whether it arrives at all is the caller's question.
 */
final class Ways {

    static final int NONE = -1;

    private final int ranks;
    private final int[] first;
    private final int[] last;
    private final BitSet delivered = new BitSet();
    private final BitSet asked = new BitSet();
    private final BitSet crossed = new BitSet();
    private final BitSet[] crossedBy;

    /**
     * Sends a packet of IPv4 and one of ARP from every member to every address of every other.
     *
     * @throws AssertionError if one arrives elsewhere, crosses more than two links, or takes another way than one to
     *         another address of the same member
     */
    Ways(CompiledFabric model, Fabric fabric, Allocation allocation) {
        List<Host> hosts = allocation.members().stream().map(AllocatedMember::host).map(fabric.hosts()::get)
                .collect(Collectors.toList());
        this.ranks = hosts.size();
        this.first = new int[ranks * ranks];
        this.last = new int[ranks * ranks];
        this.crossedBy = new BitSet[ranks];
        Arrays.setAll(crossedBy, rank -> new BitSet());
        Arrays.fill(first, NONE);
        Arrays.fill(last, NONE);
        int[][] destinations = hosts.stream().map(host -> host.ipv4().stream().map(Ip4Address::toInt)
                .mapToInt(model::destination).toArray()).toArray(int[][]::new);
        for (int from = 0; from < ranks; from++) {
            CompiledFabric.Sender ipv4 = model.new Sender(hosts.get(from), false);
            CompiledFabric.Sender arp = model.new Sender(hosts.get(from), true);
            for (int to = 0; to < ranks; to++) {
                if (from != to) {
                    for (int destination : destinations[to]) {
                        send(ipv4, from, to, destination, hosts.get(to), destination == destinations[to][0]);
                        ask(arp, from, to, destination, hosts.get(to), destination == destinations[to][0]);
                    }
                }
            }
            crossed.or(crossedBy[from]);
        }
    }

    private void send(CompiledFabric.Sender sender, int from, int to, int destination, Host receiver, boolean isFirst) {
        int pair = pair(from, to);
        boolean arrives = follow(sender, from, destination, receiver);
        int up = arrives && sender.hops() > 0 ? sender.crossed(0) : NONE;
        int down = arrives && sender.hops() > 1 ? sender.crossed(1) : NONE;
        if (isFirst) {
            first[pair] = up;
            last[pair] = down;
            delivered.set(pair, arrives);
        } else if (first[pair] != up || last[pair] != down || delivered.get(pair) != arrives) {
            throw new AssertionError("addresses of " + receiver.name() + " are reached by different ways");
        }
    }

    private void ask(CompiledFabric.Sender sender, int from, int to, int destination, Host receiver, boolean isFirst) {
        boolean arrives = follow(sender, from, destination, receiver);
        asked.set(pair(from, to), arrives && (isFirst || asked.get(pair(from, to))));
    }

    private boolean follow(CompiledFabric.Sender sender, int from, int destination, Host receiver) {
        boolean arrives = sender.follow(destination);
        if (sender.hops() > 2 || arrives && !receiver.port().equals(sender.deliveredAt())) {
            throw new AssertionError("what rank " + from + " sends to " + receiver.name() + " crosses " + sender.hops()
                    + " links and arrives at " + sender.deliveredAt());
        }
        for (int hop = 0; hop < sender.hops(); hop++) {
            crossedBy[from].set(sender.crossed(hop));
        }
        return arrives;
    }

    private int pair(int from, int to) {
        return from * ranks + to;
    }

    /** Returns whether IPv4 of one rank arrives at another. */
    boolean delivers(int from, int to) {
        return delivered.get(pair(from, to));
    }

    /** Returns whether ARP of one rank arrives at another. */
    boolean asks(int from, int to) {
        return asked.get(pair(from, to));
    }

    /** Returns the first link that IPv4 of one rank to another crosses, or {@link #NONE}. */
    int first(int from, int to) {
        return first[pair(from, to)];
    }

    /** Returns the second link, or {@link #NONE}: it ends at the receiver's leaf. */
    int last(int from, int to) {
        return last[pair(from, to)];
    }

    /** Returns the numbers of all links that something crosses, if only ARP. */
    BitSet crossed() {
        return crossed;
    }

    /** Returns the numbers of the links that something of one rank crosses. */
    BitSet crossed(int from) {
        return crossedBy[from];
    }
}
