package org.cloister.isolation.allocation.traffic;

import org.cloister.isolation.allocation.Request;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.Member.Role;
import org.cloister.isolation.fabric.Host;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Where each rank of a slice is attached, in numbers: leaves and nodes are counted in the order of their names, so
 * that nothing that follows depends on the order of a hash.
 */
public final class Attachments {

    private final List<String> leaves;
    private final int[] leafOf;
    private final int[] nodeOf;
    private final int[] nicOf;
    private final BitSet[] on;
    private final List<List<Integer>> ofNode = new ArrayList<>();
    private final BitSet servers = new BitSet();

    private Attachments(List<String> leafNames, List<String> nodeNames, int[] nicOf) {
        this.leaves = List.copyOf(new TreeSet<>(leafNames));
        this.leafOf = indices(leafNames);
        this.nodeOf = indices(nodeNames);
        this.nicOf = nicOf;
        this.on = new BitSet[leaves.size()];
        for (int leaf = 0; leaf < on.length; leaf++) {
            on[leaf] = new BitSet(leafOf.length);
        }
        for (int rank = 0; rank < leafOf.length; rank++) {
            on[leafOf[rank]].set(rank);
            while (ofNode.size() <= nodeOf[rank]) {
                ofNode.add(new ArrayList<>());
            }
            ofNode.get(nodeOf[rank]).add(rank);
        }
    }

    /** Returns the attachments of a request's members. */
    public static Attachments of(Request request) {
        return of(request.members(), request.roles());
    }

    /** Returns the attachments of hosts in rank order, with their roles by rank. */
    public static Attachments of(List<Host> hosts, Map<Integer, Role> roles) {
        List<String> leaves = new ArrayList<>();
        List<String> nodes = new ArrayList<>();
        int[] nics = new int[hosts.size()];
        for (Host host : hosts) {
            nics[leaves.size()] = host.nic();
            leaves.add(host.port().switchName());
            nodes.add(host.node());
        }
        Attachments attachments = new Attachments(leaves, nodes, nics);
        roles.forEach((rank, role) -> attachments.servers.set(rank, role == Role.PARAMETER_SERVER));
        return attachments;
    }

    /** Returns the attachments of an allocation's members. */
    public static Attachments of(Allocation allocation) {
        List<String> leaves = new ArrayList<>();
        List<String> nodes = new ArrayList<>();
        int[] nics = new int[allocation.members().size()];
        for (AllocatedMember member : allocation.members()) {
            nics[leaves.size()] = member.nic();
            leaves.add(member.leaf());
            nodes.add(member.node());
        }
        Attachments attachments = new Attachments(leaves, nodes, nics);
        allocation.members().forEach(member -> attachments.servers.set(member.rank(),
                member.role().filter(Role.PARAMETER_SERVER::equals).isPresent()));
        return attachments;
    }

    private static int[] indices(List<String> names) {
        List<String> sorted = new ArrayList<>(new TreeSet<>(names));
        Map<String, Integer> index = new HashMap<>();
        sorted.forEach(name -> index.put(name, index.size()));
        return names.stream().mapToInt(index::get).toArray();
    }

    /** Returns the number of ranks. */
    public int size() {
        return leafOf.length;
    }

    /** Returns the names of the leaves with members, sorted; a leaf's number is its index here. */
    public List<String> leaves() {
        return leaves;
    }

    /** Returns the number of a rank's leaf. */
    public int leaf(int rank) {
        return leafOf[rank];
    }

    /** Returns a rank's NIC index. */
    int nic(int rank) {
        return nicOf[rank];
    }

    /** Returns the ranks on a leaf; callers must not change the set. */
    public BitSet on(int leaf) {
        return on[leaf];
    }

    /** Returns the ranks that are parameter servers; callers must not change the set. */
    public BitSet servers() {
        return servers;
    }

    /** Returns whether what a rank sends to another crosses the fabric: other leaf, and other node. */
    public boolean crosses(int from, int to) {
        return leafOf[from] != leafOf[to] && nodeOf[from] != nodeOf[to];
    }

    /** Removes from destinations those to which what a rank sends does not cross the fabric. */
    void retainCrossing(int from, BitSet destinations) {
        destinations.andNot(on[leafOf[from]]);
        ofNode.get(nodeOf[from]).forEach(destinations::clear);
    }
}
