package org.cloister.isolation.routing;

import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip4Prefix;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Covers a set of addresses by few prefixes that hold no address of another set. */
public final class Prefixes {

    private static final int BITS = Integer.SIZE;

    private Prefixes() {
    }

    /**
     * Returns disjoint prefixes that together hold every address of {@code inside} and none of {@code outside}, in
     * the order of addresses; never more than addresses. No prefix could be dropped or two of them be joined.
     *
     * @throws IllegalArgumentException if an address is in both
     */
    public static List<Ip4Prefix> cover(Collection<Ip4Address> inside, Collection<Ip4Address> outside) {
        SortedSet<Long> wanted = numbers(inside);
        SortedSet<Long> unwanted = numbers(outside);
        wanted.stream().filter(unwanted::contains).findFirst().ifPresent(both -> {
            throw new IllegalArgumentException("address " + Ip4Address.valueOf((int) (long) both)
                    + " is both inside and outside");
        });
        List<Ip4Prefix> prefixes = new ArrayList<>();
        cover(wanted, unwanted, prefixes);
        return prefixes;
    }

    private static void cover(SortedSet<Long> wanted, SortedSet<Long> unwanted, List<Ip4Prefix> prefixes) {
        if (wanted.isEmpty()) {
            return;
        }
        // the longest prefix that holds the lowest and the highest holds all between
        int hostBits = Long.SIZE - Long.numberOfLeadingZeros(wanted.first() ^ wanted.last());
        long low = wanted.first() >>> hostBits << hostBits;
        long end = low + (1L << hostBits);
        if (unwanted.subSet(low, end).isEmpty()) {
            prefixes.add(Ip4Prefix.valueOf((int) low, BITS - hostBits));
            return;
        }
        long middle = low + (1L << (hostBits - 1));
        cover(wanted.headSet(middle), unwanted, prefixes);
        cover(wanted.tailSet(middle), unwanted, prefixes);
    }

    private static SortedSet<Long> numbers(Collection<Ip4Address> addresses) {
        return addresses.stream().map(address -> Integer.toUnsignedLong(address.toInt()))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
