package org.cloister.isolation.proof;

import org.cloister.isolation.fabric.Host;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What a table does with packets of one kind from one port, by the number of their destination. Two entries of one
 * priority that take the same packet are an error.
 */
final class TableRow {

    private final TableEntry[] entries;
    private final TableEntry only;
    private final boolean asksWho;

    /** Looks the entries up. */
    TableRow(List<TableEntry> all, long port, int tag, boolean arp, Host sender, long[] addresses) {
        List<TableEntry> fitting = new ArrayList<>();
        for (TableEntry entry : all) {
            if (entry.takes(port, tag, arp, sender)) {
                fitting.add(entry);
            }
        }
        fitting.sort(Comparator.comparingInt(entry -> entry.priority));
        asksWho = all.stream().anyMatch(TableEntry::asksWho);
        boolean uniform = fitting.stream().allMatch(entry -> entry.firstDestination() <= addresses[0]
                && entry.lastDestination() >= addresses[addresses.length - 1]);
        entries = uniform ? null : painted(fitting, addresses);
        only = uniform && !fitting.isEmpty() ? fitting.get(fitting.size() - 1) : null;
        if (uniform && fitting.size() > 1 && fitting.get(fitting.size() - 2).priority == only.priority) {
            throw ambiguous(only, fitting.get(fitting.size() - 2));
        }
    }

    /** Lower priorities first, so that higher ones cover them. */
    private static TableEntry[] painted(List<TableEntry> fitting, long[] addresses) {
        TableEntry[] entries = new TableEntry[addresses.length];
        for (TableEntry entry : fitting) {
            int first = Arrays.binarySearch(addresses, entry.firstDestination());
            for (int index = first < 0 ? -1 - first : first;
                    index < addresses.length && addresses[index] <= entry.lastDestination(); index++) {
                if (entries[index] != null && entries[index].priority == entry.priority) {
                    throw ambiguous(entry, entries[index]);
                }
                entries[index] = entry;
            }
        }
        return entries;
    }

    private static AssertionError ambiguous(TableEntry one, TableEntry other) {
        return new AssertionError("which wins is undefined: " + one + ", " + other);
    }

    /** Returns whether it holds for one sender only. */
    boolean asksWho() {
        return asksWho;
    }

    /** Returns what takes packets for a destination, null if nothing does. */
    TableEntry at(int destination) {
        return entries == null ? only : entries[destination];
    }
}
