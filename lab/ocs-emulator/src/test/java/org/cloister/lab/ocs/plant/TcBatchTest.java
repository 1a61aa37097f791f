package org.cloister.lab.ocs.plant;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

class TcBatchTest {

    private final TcBatch batch = new TcBatch(port -> "ocs-1-p" + port);

    @Test
    void redirectsWhatComesIn() {
        assertThat(batch.join(new TreeMap<>(Map.of(1, 2, 2, 1)))).containsExactly(
                "filter replace dev ocs-1-p1 ingress pref 10 handle 800::800 protocol all u32 match u32 0 0"
                        + " action mirred egress redirect dev ocs-1-p2",
                "filter replace dev ocs-1-p2 ingress pref 10 handle 800::800 protocol all u32 match u32 0 0"
                        + " action mirred egress redirect dev ocs-1-p1");
        assertThat(batch.cut(List.of(1))).containsExactly("filter del dev ocs-1-p1 ingress pref 10");
    }

    @Test
    void losesAShareOfWhatComesInBeforeItIsRedirected() {
        assertThat(batch.lose(new TreeMap<>(Map.of(3, 0.5)))).containsExactly("filter replace dev ocs-1-p3 ingress pref 1"
                + " handle 1 protocol all bpf bytecode \"4,32 0 0 4294963256,53 1 0 2147483648,6 0 0 4294967295,6 0 0 0\""
                + " flowid 1:1");
        assertThat(batch.lose(new TreeMap<>(Map.of(3, 1.0))).get(0)).contains("53 1 0 4294967295,");
        assertThat(batch.loseNone(List.of(3))).containsExactly("filter del dev ocs-1-p3 ingress pref 1");
    }

    @Test
    void carrierFollowsTheInterface() {
        assertThat(batch.carrier(List.of(1, 2), false)).containsExactly("link set dev ocs-1-p1 down", "link set dev ocs-1-p2 down");
        assertThat(batch.carrier(List.of(1), true)).containsExactly("link set dev ocs-1-p1 up");
    }
}
