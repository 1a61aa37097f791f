package org.cloister.benchmarks.replay.files;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes Cloister's configuration of a fabric, a switch or host on each line. Leaf {@code leaf-i} has host ports from 1,
 * then its fabric ports.
 */
final class Configuration {

    private final int leaves;
    private final int spines;
    private final int hosts;
    private int uplinks;
    private int spinePorts;
    private int nicsPerNode = 1;
    private boolean rails;
    private int opticalSwitches;
    private String without = "";

    private Configuration(int leaves, int spines, int hosts) {
        this.leaves = leaves;
        this.spines = spines;
        this.hosts = hosts;
        this.uplinks = Math.max(1, spines);
        this.spinePorts = leaves;
    }

    static Configuration of(int leaves, int spines, int hosts) {
        return new Configuration(leaves, spines, hosts);
    }

    Configuration uplinks(int each) {
        this.uplinks = each;
        this.spinePorts = Math.max(spinePorts, leaves * each / Math.max(1, spines));
        return this;
    }

    Configuration spinePorts(int each) {
        this.spinePorts = each;
        return this;
    }

    Configuration nicsPerNode(int each) {
        this.nicsPerNode = each;
        return this;
    }

    /** The n-th NIC of each node is on the n-th leaf. */
    Configuration rails() {
        this.rails = true;
        return this;
    }

    /** On each optical switch one uplink of each leaf, and equally many ports of each spine. */
    Configuration optical(int switches) {
        this.opticalSwitches = switches;
        return this;
    }

    Configuration without(String host) {
        this.without = host;
        return this;
    }

    String inApps() {
        return "{\"apps\":{\"org.cloister\":\n" + text() + "}}";
    }

    String text() {
        List<String> switches = new ArrayList<>();
        List<String> members = new ArrayList<>();
        for (int leaf = 0; leaf < leaves; leaf++) {
            switches.add(String.format("{\"name\":\"leaf-%d\",\"device\":\"of:%016x\",\"role\":\"leaf\","
                    + "\"hostPorts\":\"1-%d\",\"fabricPorts\":\"%d-%d\"}", leaf, leaf, hosts, hosts + 1,
                    hosts + uplinks));
            for (int host = 0; host < hosts; host++) {
                String name = "gpu-" + leaf + "-" + host;
                if (!name.equals(without)) {
                    members.add(host(leaf, host, name));
                }
            }
        }
        for (int spine = 0; spine < spines; spine++) {
            switches.add(String.format("{\"name\":\"spine-%d\",\"device\":\"of:%016x\",\"role\":\"spine\","
                    + "\"fabricPorts\":\"1-%d\"}", spine, 1000 + spine, spinePorts));
        }
        return "{\"fabric\":{\n\"enforce\":false,\n\"tags\":{\"first\":100,\"last\":200},\n"
                + "\"linkBitsPerSecond\":100000000000,\n\"switches\":[\n\n"
                + String.join(",\n", switches) + "],\n\"hosts\":[\n" + String.join(",\n", members) + "]"
                + (opticalSwitches == 0 ? "" : ",\n\"fibres\":{\n" + fibres() + "}") + "}}";
    }

    private String host(int leaf, int host, String name) {
        String node = rails ? "node-" + host : "node-" + leaf + "-" + host / nicsPerNode;
        return String.format("{\"name\":\"%s\",\"node\":\"%s\",\"nic\":%d,\"port\":\"leaf-%d/%d\","
                + "\"mac\":\"02:00:00:00:%02x:%02x\",\"ipv4\":[\"10.0.%d.%d\"]}", name, node,
                rails ? leaf : host % nicsPerNode, leaf, host + 1, leaf, host, leaf, host + 1);
    }

    private String fibres() {
        List<String> all = new ArrayList<>();
        int each = spinePorts / opticalSwitches;
        for (int ocs = 0; ocs < opticalSwitches; ocs++) {
            List<String> ends = new ArrayList<>();
            for (int leaf = 0; leaf < leaves; leaf++) {
                ends.add("\"l" + leaf + "\":\"leaf-" + leaf + "/" + (hosts + 1 + ocs) + "\"");
            }
            for (int port = 0; port < each; port++) {
                for (int spine = 0; spine < spines; spine++) {
                    ends.add("\"s" + spine + "-" + port + "\":\"spine-" + spine + "/" + (ocs * each + port + 1) + "\"");
                }
            }
            all.add("\"ocs-" + ocs + "\":{" + String.join(",", ends) + "}");
        }
        return String.join(",\n", all);
    }
}
