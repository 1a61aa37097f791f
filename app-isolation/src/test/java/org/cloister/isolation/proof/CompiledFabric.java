package org.cloister.isolation.proof;

import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Host;
import org.cloister.isolation.fabric.Link;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A fabric with compiled rules in its switches, made for following millions of packets: what a table does with a
 * packet is looked up once for all destinations, then read off.
 */
final class CompiledFabric {

    private static final int MOST_HOPS = 8;
    private static final int TABLES = 3;

    private final List<Link> links;
    private final Map<FabricPort, Integer> linkFrom = new HashMap<>();
    private final Map<String, List<PortTable>> tables = new HashMap<>();
    private final long[] addresses;
    private final int[] crossed = new int[MOST_HOPS];
    private int cachedTag = TableEntry.UNTAGGED;
    private TableRow[][] cached;

    /**
     * Puts rules into switches.
     *
     * @throws AssertionError if a rule is for no switch of the fabric, or two rules have one key
     */
    CompiledFabric(Fabric fabric, Collection<FlowRule> rules) {
        this.links = new ArrayList<>(fabric.links());
        for (int link = 0; link < links.size(); link++) {
            linkFrom.put(links.get(link).from(), link);
        }
        Map<DeviceId, String> names = new HashMap<>();
        fabric.switches().values().forEach(each -> {
            names.put(each.device(), each.name());
            List<PortTable> empty = new ArrayList<>();
            for (int table = 0; table < TABLES; table++) {
                empty.add(new PortTable());
            }
            tables.put(each.name(), empty);
        });
        Set<FlowRule> keys = new HashSet<>();
        for (FlowRule rule : rules) {
            String name = names.get(rule.deviceId());
            if (name == null || !keys.add(rule)) {
                throw new AssertionError("for no switch of the fabric, or for the second time: " + rule);
            }
            TableEntry entry = RuleReader.read(rule);
            if (entry.output >= 0) {
                entry.out = FabricPort.of(name, entry.output);
                entry.link = linkFrom.getOrDefault(entry.out, Ways.NONE);
            }
            tables.get(name).get(RuleReader.table(rule)).add(entry);
        }
        this.addresses = fabric.hosts().values().stream().flatMap(host -> host.ipv4().stream())
                .mapToLong(address -> Integer.toUnsignedLong(address.toInt())).sorted().toArray();
    }

    /** Returns the directed links; a link's number is its index. */
    List<Link> links() {
        return links;
    }

    /** Returns the number of a destination address, for {@link Sender#follow}. */
    int destination(int address) {
        return Arrays.binarySearch(addresses, Integer.toUnsignedLong(address));
    }

    /** The entries of a table by the port that they ask for. */
    private static final class PortTable {
        private final List<TableEntry> anyPort = new ArrayList<>();
        private final Map<Long, List<TableEntry>> onePort = new HashMap<>();
        private final TableRow[] shared = new TableRow[2];
        private int sharedTag;

        private void add(TableEntry entry) {
            (entry.inPort < 0 ? anyPort : onePort.computeIfAbsent(entry.inPort, port -> new ArrayList<>())).add(entry);
        }

        private List<TableEntry> at(long port) {
            List<TableEntry> entries = new ArrayList<>(anyPort);
            entries.addAll(onePort.getOrDefault(port, List.of()));
            return entries;
        }
    }

    /** What one host sends, by IPv4 or ARP, under its first address. */
    final class Sender {
        private final Host host;
        private final boolean arp;
        private final TableRow[] atHost = new TableRow[TABLES];
        private final int[] tagAtHost = new int[TABLES];
        private FabricPort deliveredAt;
        private int hops;

        Sender(Host host, boolean arp) {
            this.host = host;
            this.arp = arp;
        }

        /**
         * Follows a packet.
         *
         * @param destination the number of the address that it is for
         * @return whether it leaves the fabric; else it is dropped
         */
        boolean follow(int destination) {
            deliveredAt = null;
            hops = 0;
            int tag = TableEntry.UNTAGGED;
            FabricPort port = host.port();
            int link = Ways.NONE;
            while (true) {
                TableEntry output = null;
                boolean addressed = false;
                for (int table = 0; table >= 0;) {
                    TableEntry entry = row(port, link, table, tag).at(destination);
                    if (entry == null) {
                        break;
                    }
                    tag = entry.tagAfter(tag);
                    addressed |= entry.handOverTo != null;
                    output = entry.out != null ? entry : output;
                    table = entry.nextTable;
                }
                if (output == null) {
                    return false;
                }
                if (output.link == Ways.NONE) {
                    if (tag != TableEntry.UNTAGGED || !addressed) {
                        throw new AssertionError("a packet leaves at " + output.out + " with tag " + tag);
                    }
                    deliveredAt = output.out;
                    return true;
                }
                if (output.out.number() == port.number()) {
                    return false; // a switch sends nothing back where it came from
                }
                if (hops == MOST_HOPS) {
                    throw new AssertionError("a packet of " + host.name() + " goes round at " + output.out);
                }
                link = output.link;
                crossed[hops++] = link;
                port = links.get(link).to();
            }
        }

        /** Returns how many links the last packet crossed. */
        int hops() {
            return hops;
        }

        /** Returns the number of a link that the last packet crossed. */
        int crossed(int hop) {
            return crossed[hop];
        }

        /** Returns the port where the last packet left the fabric; null if it did not. */
        FabricPort deliveredAt() {
            return deliveredAt;
        }

        private TableRow row(FabricPort port, int link, int table, int tag) {
            if (link == Ways.NONE) {
                if (atHost[table] == null || tagAtHost[table] != tag) {
                    atHost[table] = look(port, table, tag);
                    tagAtHost[table] = tag;
                }
                return atHost[table];
            }
            if (cached == null || cachedTag != tag) {
                cachedTag = tag;
                cached = new TableRow[2 * links.size()][TABLES];
            }
            TableRow[] rows = cached[2 * link + (arp ? 1 : 0)];
            if (rows[table] == null || rows[table].asksWho()) {
                rows[table] = look(port, table, tag);
            }
            return rows[table];
        }

        private TableRow look(FabricPort port, int table, int tag) {
            PortTable entries = tables.get(port.switchName()).get(table);
            if (entries.onePort.containsKey(port.number())) {
                return new TableRow(entries.at(port.number()), port.number(), tag, arp, host, addresses);
            }
            int kind = arp ? 1 : 0;
            if (entries.shared[kind] == null || entries.shared[kind].asksWho() || entries.sharedTag != tag) {
                entries.shared[1 - kind] = entries.sharedTag == tag ? entries.shared[1 - kind] : null;
                entries.shared[kind] = new TableRow(entries.anyPort, port.number(), tag, arp, host, addresses);
                entries.sharedTag = tag;
            }
            return entries.shared[kind];
        }
    }
}
