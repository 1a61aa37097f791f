package org.cloister.rest;

import org.cloister.isolation.api.FabricView.FabricProblem;
import org.cloister.isolation.api.SliceState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class VisibleFabricTest extends RestTest {

    @BeforeEach
    void addHosts() {
        slices.add("train", "slurm", SliceState.ACTIVE, Map.of());
        slices.add("tune", "kueue", SliceState.ACTIVE, Map.of());
        slices.addHost("gpu-1", "train");
        slices.addHost("gpu-2", "tune");
        slices.addHost("gpu-3", null);
        slices.problems.add(FabricProblem.of("PortDown", "leaf-1/1", "port leaf-1/1 is down"));
    }

    @Test
    void slicesOfOthersHaveNoName() throws Exception {
        assertThat(hosts("slurm")).isEqualTo("gpu-1 train true, gpu-2 - true, gpu-3 - false, ");
        assertThat(hosts("kueue")).isEqualTo("gpu-1 - true, gpu-2 tune true, gpu-3 - false, ");
        for (String all : new String[] {"reader", "boss", "onos"}) {
            assertThat(hosts(all)).as(all).isEqualTo("gpu-1 train true, gpu-2 tune true, gpu-3 - false, ");
        }
    }

    @Test
    void problemsWithASliceAreForThoseWhoSeeAll() throws Exception {
        slices.problems.add(FabricProblem.of("SliceUnreadable", "secret", "secret is of a later version"));

        assertThat(get("slurm", "fabric").body()).contains("PortDown").doesNotContain("secret");
        assertThat(get("reader", "fabric").body()).contains("PortDown", "secret");
    }

    @Test
    void whoSeesSomethingElseHasAnotherVersion() throws Exception {
        assertThat(tag("reader")).isEqualTo("\"v1\"").isEqualTo(tag("boss"));
        assertThat(tag("slurm")).isNotEqualTo(tag("kueue")).isNotEqualTo(tag("reader")).isEqualTo(tag("slurm"));
        assertThat(json(get("slurm", "fabric")).get("version").toString()).isEqualTo(tag("slurm"));
        assertThat(send(as("slurm", "fabric").header("If-None-Match", tag("slurm"))).statusCode()).isEqualTo(304);
        assertThat(send(as("kueue", "fabric").header("If-None-Match", tag("slurm"))).statusCode()).isEqualTo(200);

        String before = tag("slurm");
        slices.addHost("gpu-4", "tune");
        assertThat(tag("slurm")).as("a host taken by another").isNotEqualTo(before);
    }

    @Test
    void versionTellsNothingOfHiddenNames() throws Exception {
        String before = tag("slurm");
        slices.fabricVersion = "of another hidden name";
        try {
            assertThat(tag("slurm")).isEqualTo(before);
        } finally {
            slices.fabricVersion = "v1";
        }
    }

    private String tag(String user) throws Exception {
        HttpResponse<String> response = get(user, "fabric");
        return response.headers().firstValue("ETag").orElseThrow();
    }

    private String hosts(String user) throws Exception {
        StringBuilder text = new StringBuilder();
        json(get(user, "fabric")).get("hosts").forEach(host -> text.append(host.get("name").textValue()).append(' ')
                .append(host.hasNonNull("slice") ? host.get("slice").textValue() : "-").append(' ')
                .append(host.get("inUse").booleanValue()).append(", "));
        return text.toString();
    }
}
