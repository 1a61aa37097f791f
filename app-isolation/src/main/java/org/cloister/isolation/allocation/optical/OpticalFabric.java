package org.cloister.isolation.allocation.optical;

import java.util.Arrays;

/**
 * Leaves and spines around optical switches, in numbers: every port of an optical switch that ends at a leaf's uplink
 * or at a spine. A leaf may have several uplinks at one optical switch and none at another. Ports count from 0, those
 * of leaves before those of spines, so that the lower port of a circuit is a leaf's.
 */
public final class OpticalFabric {

    private static final int[] NONE = {};

    private final int[] hosts;
    private final int spines;
    private final int switches;
    private final int[] leafOf;
    private final int[] spineOf;
    private final int[] switchOf;
    private final int[][] ofLeaf;
    private final int[][] ofSpine;
    private final int[][] allOfLeaf;
    private final int[][] allOfSpine;

    /**
     * Creates a fabric.
     *
     * @param hosts by leaf, how many hosts it has
     * @param switches how many optical switches there are
     * @param leafPorts by leaf and optical switch, how many fibres join them
     * @param spinePorts by spine and optical switch, how many fibres join them
     */
    public OpticalFabric(int[] hosts, int switches, int[][] leafPorts, int[][] spinePorts) {
        this.hosts = hosts.clone();
        this.spines = spinePorts.length;
        this.switches = switches;
        int ports = Arrays.stream(leafPorts).flatMapToInt(Arrays::stream).sum()
                + Arrays.stream(spinePorts).flatMapToInt(Arrays::stream).sum();
        this.leafOf = new int[ports];
        this.spineOf = new int[ports];
        this.switchOf = new int[ports];
        this.allOfLeaf = new int[hosts.length][];
        this.allOfSpine = new int[spines][];
        Arrays.fill(leafOf, -1);
        Arrays.fill(spineOf, -1);
        this.ofLeaf = number(0, leafPorts, leafOf, allOfLeaf);
        this.ofSpine = number(Arrays.stream(allOfLeaf).mapToInt(each -> each.length).sum(), spinePorts, spineOf,
                allOfSpine);
    }

    /**
     * Returns a fabric with as many uplinks at each leaf as optical switches, one to each (OCS-vClos, Han et al.).
     *
     * @param portsPerSwitch how many ports of each spine end at each optical switch
     */
    public static OpticalFabric regular(int leaves, int hostsPerLeaf, int spines, int switches, int portsPerSwitch) {
        int[] hosts = new int[leaves];
        Arrays.fill(hosts, hostsPerLeaf);
        int[][] leafPorts = new int[leaves][switches];
        int[][] spinePorts = new int[spines][switches];
        Arrays.stream(leafPorts).forEach(row -> Arrays.fill(row, 1));
        Arrays.stream(spinePorts).forEach(row -> Arrays.fill(row, portsPerSwitch));
        return new OpticalFabric(hosts, switches, leafPorts, spinePorts);
    }

    private int[][] number(int first, int[][] counts, int[] owner, int[][] all) {
        int[][] ports = new int[counts.length * switches][];
        int next = first;
        for (int device = 0; device < counts.length; device++) {
            int start = next;
            for (int at = 0; at < switches; at++) {
                int count = counts[device][at];
                int[] group = count == 0 ? NONE : new int[count];
                for (int place = 0; place < count; place++) {
                    owner[next] = device;
                    switchOf[next] = at;
                    group[place] = next++;
                }
                ports[device * switches + at] = group;
            }
            int from = start;
            all[device] = new int[next - start];
            Arrays.setAll(all[device], place -> from + place);
        }
        return ports;
    }

    /** Returns the number of leaves. */
    public int leaves() {
        return hosts.length;
    }

    /** Returns the number of spines. */
    public int spines() {
        return spines;
    }

    /** Returns the number of optical switches. */
    public int switches() {
        return switches;
    }

    /** Returns the number of ports. */
    public int ports() {
        return switchOf.length;
    }

    /** Returns how many hosts a leaf has. */
    public int hosts(int leaf) {
        return hosts[leaf];
    }

    /** Returns the leaf at the other end of a port's fibre; -1 if it is a spine. */
    public int leaf(int port) {
        return leafOf[port];
    }

    /** Returns the spine at the other end of a port's fibre; -1 if it is a leaf. */
    public int spine(int port) {
        return spineOf[port];
    }

    /** Returns the optical switch that a port belongs to. */
    public int opticalSwitch(int port) {
        return switchOf[port];
    }

    /** Returns the ports that a leaf has at an optical switch; callers must not change them. */
    public int[] leafPorts(int leaf, int opticalSwitch) {
        return ofLeaf[leaf * switches + opticalSwitch];
    }

    /** Returns the ports that a spine has at an optical switch; callers must not change them. */
    public int[] spinePorts(int spine, int opticalSwitch) {
        return ofSpine[spine * switches + opticalSwitch];
    }

    /** Returns all ports of a leaf, by optical switch; callers must not change them. */
    public int[] leafPorts(int leaf) {
        return allOfLeaf[leaf];
    }

    /** Returns all ports of a spine, by optical switch; callers must not change them. */
    public int[] spinePorts(int spine) {
        return allOfSpine[spine];
    }

    @Override
    public String toString() {
        return leaves() + " leaves, " + spines + " spines, " + switches + " optical switches, " + ports() + " ports";
    }
}
