package org.cloister.isolation.proof;

import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.fabric.Host;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.MacAddress;

/** One rule of a switch, as far as it says where IPv4 and ARP of hosts go. */
final class TableEntry {

    static final int UNTAGGED = -1;
    static final int TAGGED = -2;
    private static final int ANYTHING = -3;
    private static final int IPV4 = 0x0800;
    private static final int ARP = 0x0806;
    private static final long ADDRESSES = 1L << 32;

    final int priority;
    private final String text;

    long inPort = ANYTHING;
    int vlan = ANYTHING;
    int etherType = ANYTHING;
    MacAddress source;
    MacAddress arpSource;
    Ip4Address sourceAddress;
    private long firstDestination;
    private long lastDestination = ADDRESSES - 1;

    boolean push;
    int setTag = ANYTHING;
    boolean pop;
    MacAddress handOverTo;
    long output = -1;
    FabricPort out;
    int link = Ways.NONE;
    int nextTable = -1;

    TableEntry(int priority, String text) {
        this.priority = priority;
        this.text = text;
    }

    void to(long first, long last) {
        firstDestination = first;
        lastDestination = last;
    }

    long firstDestination() {
        return firstDestination;
    }

    long lastDestination() {
        return lastDestination;
    }

    /**
     * Returns whether it takes what a host sends, whatever the destination.
     *
     * @param tag the tag that the packet carries, {@link #UNTAGGED} if it carries none
     */
    boolean takes(long port, int tag, boolean arp, Host sender) {
        if (inPort != ANYTHING && inPort != port || etherType != ANYTHING && etherType != (arp ? ARP : IPV4)) {
            return false;
        }
        if (vlan != ANYTHING && (vlan == TAGGED ? tag == UNTAGGED : vlan != tag)) {
            return false;
        }
        return !RuleReader.differs(source, sender.mac()) && !RuleReader.differs(arpSource, sender.mac())
                && (sourceAddress == null || sourceAddress.equals(sender.ipv4().get(0)));
    }

    /** Returns whether it looks at who sent a packet. */
    boolean asksWho() {
        return source != null || arpSource != null || sourceAddress != null;
    }

    /** Returns the tag of a packet that it took. */
    int tagAfter(int tag) {
        if (push && tag != UNTAGGED || pop && tag == UNTAGGED || setTag >= 0 && !push && tag == UNTAGGED) {
            throw new AssertionError("a packet with tag " + tag + " meets " + text);
        }
        return pop ? UNTAGGED : setTag >= 0 ? setTag : tag;
    }

    @Override
    public String toString() {
        return text;
    }
}
