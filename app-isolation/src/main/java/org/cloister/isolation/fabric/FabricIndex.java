package org.cloister.isolation.fabric;

import org.cloister.isolation.api.FabricView.SwitchRole;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A fabric in numbers: leaves and spines count from 0 in the order of their names, so that nothing that is worked out
 * with them depends on the order of a hash. Directed links have numbers, too, so that what is held of them fits into
 * an array. Made once for a snapshot; costs its links.
 */
public final class FabricIndex {

    private final List<String> leaves;
    private final List<String> spines;
    private final Map<String, Integer> leafNumbers;
    private final Map<String, Integer> spineNumbers;
    private final List<List<Host>> hosts = new ArrayList<>();
    private final Map<String, Integer> leafOfHost = new HashMap<>();
    /** By leaf, then spine. */
    private final List<List<Link>> up;
    private final List<List<Link>> down;
    /** The number of the first of them. */
    private final int[] firstUp;
    private final int[] firstDown;
    private final int[] linksOfSpine;
    private final int links;

    private FabricIndex(Fabric fabric) {
        this.leaves = names(fabric, SwitchRole.LEAF);
        this.spines = names(fabric, SwitchRole.SPINE);
        this.leafNumbers = numbers(leaves);
        this.spineNumbers = numbers(spines);
        leaves.forEach(leaf -> hosts.add(new ArrayList<>()));
        fabric.hosts().values().forEach(this::add);
        int pairs = leaves.size() * spines.size();
        this.up = new ArrayList<>(Collections.nCopies(pairs, List.of()));
        this.down = new ArrayList<>(Collections.nCopies(pairs, List.of()));
        fabric.links().forEach(this::add);
        this.firstUp = new int[pairs];
        this.firstDown = new int[pairs];
        this.linksOfSpine = new int[spines.size()];
        int number = 0;
        for (int pair = 0; pair < pairs; pair++) {
            int there = up.get(pair).size() + down.get(pair).size();
            firstUp[pair] = number;
            firstDown[pair] = number + up.get(pair).size();
            linksOfSpine[pair % linksOfSpine.length] += there;
            number += there;
        }
        this.links = number;
    }

    private void add(Host host) {
        int leaf = leafNumbers.get(host.port().switchName());
        hosts.get(leaf).add(host);
        leafOfHost.put(host.name(), leaf);
    }

    /** Parallel links come in their order. */
    private void add(Link link) {
        int pair = upPair(link);
        List<List<Link>> direction = pair >= 0 ? up : down;
        int place = pair >= 0 ? pair : downPair(link);
        if (place >= 0) {
            List<Link> there = new ArrayList<>(direction.get(place));
            there.add(link);
            direction.set(place, List.copyOf(there));
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

    /** Returns the number of usable links between leaves and spines, each direction by itself. */
    public int links() {
        return links;
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

    /** Returns a link's number, less than {@link #links()}; -1 if it is no usable link between a leaf and a spine. */
    public int number(Link link) {
        int pair = upPair(link);
        List<List<Link>> direction = pair >= 0 ? up : down;
        int place = pair >= 0 ? pair : downPair(link);
        int index = place < 0 ? -1 : direction.get(place).indexOf(link);
        return index < 0 ? -1 : (pair >= 0 ? firstUp : firstDown)[place] + index;
    }

    /** Returns the hosts on a leaf, by name. */
    public List<Host> hosts(int leaf) {
        return hosts.get(leaf);
    }

    /** Returns the number of the leaf that a host is on; -1 if no host has the name. */
    public int leafOfHost(String name) {
        return leafOfHost.getOrDefault(name, -1);
    }

    /** Returns the usable links from a leaf to a spine, sorted; several if they are parallel. */
    public List<Link> up(int leaf, int spine) {
        return up.get(leaf * spines.size() + spine);
    }

    /** Returns the usable links from a spine to a leaf, sorted; several if they are parallel. */
    public List<Link> down(int leaf, int spine) {
        return down.get(leaf * spines.size() + spine);
    }

    /** Returns the number of the first link of {@link #up(int, int)}; the others follow. */
    public int firstUp(int leaf, int spine) {
        return firstUp[leaf * spines.size() + spine];
    }

    /** Returns the number of the first link of {@link #down(int, int)}; the others follow. */
    public int firstDown(int leaf, int spine) {
        return firstDown[leaf * spines.size() + spine];
    }

    /** Returns how many usable links, of either direction, leaves have with a spine. */
    public int links(int spine) {
        return linksOfSpine[spine];
    }

    private int upPair(Link link) {
        return pair(link.from().switchName(), link.to().switchName());
    }

    private int downPair(Link link) {
        return pair(link.to().switchName(), link.from().switchName());
    }

    private int pair(String leafName, String spineName) {
        int leaf = leafNumber(leafName);
        int spine = leaf < 0 ? -1 : spineNumber(spineName);
        return spine < 0 ? -1 : leaf * spines.size() + spine;
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
