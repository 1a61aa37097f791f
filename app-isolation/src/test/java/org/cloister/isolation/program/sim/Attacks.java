package org.cloister.isolation.program.sim;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.fabric.Host;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.MacAddress;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a host that runs anything may send: under its own addresses or others', to anyone, in any wrapping. */
public final class Attacks {

    private static final MacAddress MULTICAST = MacAddress.valueOf("01:00:5e:00:00:01");
    private static final MacAddress LLDP_MULTICAST = MacAddress.valueOf("01:80:c2:00:00:0e");
    private static final Ip4Address LIMITED_BROADCAST = Ip4Address.valueOf("255.255.255.255");
    private static final Ip4Address ALL_HOSTS = Ip4Address.valueOf("224.0.0.1");
    private static final int UNKNOWN_TYPE = 0x88b5;
    private static final int STRANGE_TAG = 4094;

    private final Scenario scenario;
    private final List<List<Frame.Tag>> wrappings = new ArrayList<>();

    public Attacks(Scenario scenario) {
        this(scenario, scenario.slices().stream().map(Allocation::tag).collect(Collectors.toList()));
    }

    /** Creates attacks that forge some tags. */
    public Attacks(Scenario scenario, List<Integer> tags) {
        this.scenario = scenario;
        List<Integer> vlans = new ArrayList<>(tags);
        vlans.add(0);
        vlans.add(STRANGE_TAG);
        for (int vlan : vlans) {
            wrappings.add(List.of(Frame.Tag.of(vlan)));
            wrappings.add(List.of(Frame.Tag.of(Frame.SERVICE_VLAN, vlan)));
            vlans.forEach(inner -> wrappings.add(List.of(Frame.Tag.of(vlan), Frame.Tag.of(inner))));
        }
    }

    /** Returns what one host may send against another, honest frames included. */
    public Set<Frame> of(Host attacker, Host victim) {
        Set<Frame> frames = new LinkedHashSet<>(bare(attacker, victim));
        scenario.fabric().hosts().values().forEach(shown -> frames.addAll(shownAs(attacker, shown, victim)));
        frames.addAll(tagged(attacker, victim));
        return frames;
    }

    /** Returns what of it carries a tag. */
    public Set<Frame> tagged(Host attacker, Host victim) {
        List<Frame> bare = bare(attacker, victim);
        bare.addAll(shownAs(attacker, attacker, victim));
        bare.addAll(shownAs(attacker, victim, victim));
        Set<Frame> frames = new LinkedHashSet<>();
        bare.forEach(frame -> wrappings.forEach(tags -> frames.add(ImmutableFrame.builder()
                .from(frame).tags(tags).label(frame.label() + ", tags " + tags).build())));
        return frames;
    }

    private List<Frame> bare(Host attacker, Host victim) {
        Ip4Address own = attacker.ipv4().get(0);
        List<Frame> frames = new ArrayList<>();
        for (Ip4Address dst : List.of(LIMITED_BROADCAST, ALL_HOSTS, unused(), own)) {
            frames.add(relabel(ImmutableFrame.builder().from(Frame.ipv4(attacker, own, victim, dst))
                    .dst(MacAddress.BROADCAST).build(), "IPv4 to " + dst));
            frames.add(Frame.arpRequest(attacker, own, dst));
        }
        for (int type : new int[] {Frame.IPV6, Frame.LLDP, Frame.BDDP, UNKNOWN_TYPE}) {
            for (MacAddress dst : List.of(victim.mac(), MacAddress.BROADCAST, MULTICAST, LLDP_MULTICAST)) {
                frames.add(Frame.builder().src(attacker.mac()).dst(dst).etherType(type)
                        .label("type " + Integer.toHexString(type) + " to " + dst).build());
            }
        }
        return frames;
    }

    private static List<Frame> shownAs(Host attacker, Host shown, Host victim) {
        return victim.ipv4().stream().flatMap(dst -> shownAs(attacker, shown, victim, dst).stream())
                .collect(Collectors.toList());
    }

    /** Frames in which each address that could be another host's is, one at a time and all together. */
    private static List<Frame> shownAs(Host attacker, Host shown, Host victim, Ip4Address dst) {
        Ip4Address own = attacker.ipv4().get(0);
        Ip4Address other = shown.ipv4().get(shown.ipv4().size() - 1);
        List<Frame> frames = new ArrayList<>();
        frames.add(Frame.ipv4(attacker, own, victim, dst));
        frames.add(relabel(Frame.ipv4(attacker, other, victim, dst), "source IPv4 of " + shown.name()));
        frames.add(relabel(Frame.ipv4(shown, own, victim, dst), "source MAC of " + shown.name()));
        frames.add(relabel(Frame.ipv4(shown, other, victim, dst), "source of " + shown.name()));
        for (int op = 1; op <= 2; op++) {
            for (MacAddress sha : List.of(attacker.mac(), shown.mac())) {
                for (Ip4Address spa : List.of(own, other)) {
                    for (MacAddress src : List.of(attacker.mac(), shown.mac())) {
                        frames.add(Frame.builder().src(src).dst(op == 1 ? MacAddress.BROADCAST : victim.mac())
                                .etherType(Frame.ARP).arp(Frame.Arp.of(op, sha, spa, victim.mac(), dst))
                                .label("ARP " + op + " of " + shown.name()).build());
                    }
                }
            }
        }
        // gratuitous: "I am the victim", asked of the victim
        frames.add(Frame.builder().src(attacker.mac()).dst(MacAddress.BROADCAST).etherType(Frame.ARP)
                .arp(Frame.Arp.of(1, attacker.mac(), dst, MacAddress.ZERO, dst)).label("gratuitous ARP").build());
        return frames;
    }

    /** An address of no host that a prefix of hosts' addresses may hold. */
    private Ip4Address unused() {
        Set<Ip4Address> used = scenario.fabric().hosts().values().stream().flatMap(host -> host.ipv4().stream())
                .collect(Collectors.toSet());
        int candidate = used.stream().mapToInt(Ip4Address::toInt).max().orElseThrow();
        while (used.contains(Ip4Address.valueOf(candidate))) {
            candidate--;
        }
        return Ip4Address.valueOf(candidate);
    }

    private static Frame relabel(Frame frame, String label) {
        return ImmutableFrame.builder().from(frame).label(label).build();
    }
}
