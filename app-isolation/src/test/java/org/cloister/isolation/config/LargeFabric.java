package org.cloister.isolation.config;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.LinkedHashMap;
import java.util.Map;

/** The configuration of 64 leaves with 16 hosts each and 16 spines; hosts at a leaf's ports 1 to 16. */
final class LargeFabric {

    private static final int LEAVES = 64;
    private static final int SPINES = 16;
    private static final int HOSTS = 16;

    private LargeFabric() {
    }

    static ObjectNode document() {
        ObjectNode document = new ObjectMapper().createObjectNode().put("linkBitsPerSecond", 100_000_000_000L);
        document.putObject("tags").put("first", 100).put("last", 3999);
        ArrayNode switches = document.putArray("switches");
        ArrayNode hosts = document.putArray("hosts");
        for (int spine = 1; spine <= SPINES; spine++) {
            switches.addObject().put("name", "spine-" + spine).put("device", spine(spine)).put("role", "spine")
                    .put("fabricPorts", "1-" + LEAVES);
        }
        for (int leaf = 1; leaf <= LEAVES; leaf++) {
            switches.addObject().put("name", "leaf-" + leaf).put("device", leaf(leaf)).put("role", "leaf")
                    .put("hostPorts", "1-" + HOSTS).put("fabricPorts", HOSTS + 1 + "-" + (HOSTS + SPINES));
            for (int host = 1; host <= HOSTS; host++) {
                hosts.addObject().put("name", "gpu-" + leaf + "-" + host).put("node", "gpu-" + leaf + "-" + host)
                        .put("nic", 0).put("port", "leaf-" + leaf + "/" + host)
                        .put("mac", String.format("02:00:00:00:%02x:%02x", leaf, host))
                        .putArray("ipv4").add("10.0." + leaf + "." + host);
            }
        }
        return document;
    }

    /** Returns both directions of every link, ends as ONOS writes them. */
    static Map<String, String> links() {
        Map<String, String> links = new LinkedHashMap<>();
        for (int leaf = 1; leaf <= LEAVES; leaf++) {
            for (int spine = 1; spine <= SPINES; spine++) {
                String up = leaf(leaf) + "/" + (HOSTS + spine);
                String down = spine(spine) + "/" + leaf;
                links.put(up, down);
                links.put(down, up);
            }
        }
        return links;
    }

    private static String leaf(int number) {
        return String.format("of:%016x", 0x1000 + number);
    }

    private static String spine(int number) {
        return String.format("of:%016x", 0x2000 + number);
    }
}
