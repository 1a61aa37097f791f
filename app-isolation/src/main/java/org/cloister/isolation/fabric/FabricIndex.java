package org.cloister.isolation.fabric;

import org.cloister.isolation.api.FabricView.SwitchRole;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.stream.Collectors;

/**
 * A fabric in numbers: leaves and spines count from 0 in the order of their names, so that nothing that is worked out
 * with them depends on the order of a hash. Made once for a snapshot; costs its links.
 */
public final class FabricIndex {

    private final List<String> leaves;
    private final List<String> spines;
    private final Map<String, Integer> leafNumbers;
    private final Map<String, Integer> spineNumbers;
    private final List<List<Host>> hosts;
    private final List<List<List<Link>>> up;
    private final List<List<List<Link>>> down;
    private final int[] linksOfSpine;

    private FabricIndex(Fabric fabric) {
        this.leaves = names(fabric, SwitchRole.LEAF);
        this.spines = names(fabric, SwitchRole.SPINE);
        this.leafNumbers = numbers(leaves);
        this.spineNumbers = numbers(spines);
        this.hosts = hosts(fabric);
        Map<String, SortedMap<String, SortedSet<Link>>> links = fabric.linksBySwitches();
        this.up = new ArrayList<>();
        this.down = new ArrayList<>();
        for (String leaf : leaves) {
            up.add(spines.stream().map(spine -> between(links, leaf, spine)).collect(Collectors.toList()));
            down.add(spines.stream().map(spine -> between(links, spine, leaf)).collect(Collectors.toList()));
        }
        this.linksOfSpine = new int[spines.size()];
        for (int leaf = 0; leaf < leaves.size(); leaf++) {
            for (int spine = 0; spine < linksOfSpine.length; spine++) {
                linksOfSpine[spine] += up(leaf, spine).size() + down(leaf, spine).size();
            }
        }
    }

    static FabricIndex of(Fabric fabric) {
        return new FabricIndex(fabric);
    }

    /** Returns the number of leaves. */
    public int leaves() {
        return leaves.size();
    }

    /** Returns the number of spines. */
    public int spines() {
        return spines.size();
    }

    /** Returns a leaf's name. */
    public String leaf(int leaf) {
        return leaves.get(leaf);
    }

    /** Returns a spine's name. */
    public String spine(int spine) {
        return spines.get(spine);
    }

    /** Returns a leaf's number; -1 if no leaf has the name. */
    public int leafNumber(String name) {
        return leafNumbers.getOrDefault(name, -1);
    }

    /** Returns a spine's number; -1 if no spine has the name. */
    public int spineNumber(String name) {
        return spineNumbers.getOrDefault(name, -1);
    }

    /** Returns the hosts on a leaf, by name. */
    public List<Host> hosts(int leaf) {
        return hosts.get(leaf);
    }

    /** Returns the usable links from a leaf to a spine, sorted; several if they are parallel. */
    public List<Link> up(int leaf, int spine) {
        return up.get(leaf).get(spine);
    }

    /** Returns the usable links from a spine to a leaf, sorted; several if they are parallel. */
    public List<Link> down(int leaf, int spine) {
        return down.get(leaf).get(spine);
    }

    /** Returns how many usable links, of either direction, leaves have with a spine. */
    public int links(int spine) {
        return linksOfSpine[spine];
    }

    private List<List<Host>> hosts(Fabric fabric) {
        List<List<Host>> byLeaf = new ArrayList<>();
        leaves.forEach(leaf -> byLeaf.add(new ArrayList<>()));
        fabric.hosts().values().forEach(host -> byLeaf.get(leafNumbers.get(host.port().switchName())).add(host));
        return byLeaf;
    }

    private static List<Link> between(Map<String, SortedMap<String, SortedSet<Link>>> links, String from, String to) {
        return List.copyOf(links.getOrDefault(from, Collections.emptySortedMap())
                .getOrDefault(to, Collections.emptySortedSet()));
    }

    private static List<String> names(Fabric fabric, SwitchRole role) {
        return fabric.switches().values().stream().filter(device -> device.role() == role).map(Switch::name)
                .collect(Collectors.toUnmodifiableList());
    }

    private static Map<String, Integer> numbers(List<String> names) {
        Map<String, Integer> numbers = new HashMap<>();
        names.forEach(name -> numbers.put(name, numbers.size()));
        return numbers;
    }
}
