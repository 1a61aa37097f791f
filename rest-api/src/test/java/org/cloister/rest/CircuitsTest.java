package org.cloister.rest;

import com.fasterxml.jackson.databind.JsonNode;
import org.cloister.isolation.api.SliceState;
import org.cloister.ocs.api.OpticalCircuit;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cloister.rest.BadRequestsTest.assertProblem;

/** What is seen of circuits, by whom. */
class CircuitsTest extends RestTest {

    @Test
    void circuitsAreListedInOrderWithWhatTheyJoin() throws Exception {
        JsonNode items = json(get("slurm", "circuits")).get("items");
        assertThat(items).hasSize(2);
        assertThat(items.get(0).toString()).isEqualTo("{\"switch\":\"ocs-1\",\"ports\":[\"1\",\"5\"],"
                + "\"ends\":[\"leaf-1/5\",\"spine-1/1\"],\"state\":\"CONNECTED\",\"reason\":null,"
                + "\"name\":\"cloister:1:5\",\"foreign\":false,\"inUse\":false,\"owners\":[],\"demand\":null}");
        assertThat(items.at("/1/foreign").booleanValue()).isTrue();
        assertThat(items.at("/1/ends")).isEmpty();
        assertThat(json(get("slurm", "circuits/ocs-1/1/5"))).isEqualTo(items.get(0));
        assertThat(json(get("slurm", "circuits/ocs-1/5/1"))).isEqualTo(items.get(0));
    }

    @Test
    void slicesOfOthersHaveNoName() throws Exception {
        slices.add("train", "slurm", SliceState.ACTIVE, Map.of());
        slices.add("tune", "kueue", SliceState.ACTIVE, Map.of());
        circuits.demand("slice:train", Set.of(OpticalCircuit.of("ocs-1", "1", "5")));
        circuits.demand("slice:tune", Set.of(OpticalCircuit.of("ocs-1", "1", "5")));

        assertThat(owners("slurm")).isEqualTo("[\"slice:train\"]");
        assertThat(owners("kueue")).isEqualTo("[\"slice:tune\"]");
        for (String all : new String[] {"reader", "boss", "onos"}) {
            assertThat(owners(all)).as(all).isEqualTo("[\"slice:train\",\"slice:tune\"]");
        }
        circuits.release("slice:train");
        assertThat(owners("slurm")).isEqualTo("[]");
        assertThat(json(get("slurm", "circuits/ocs-1/1/5")).get("inUse").booleanValue()).isTrue();
        assertThat(json(get("slurm", "circuits?owner=slice:tune")).get("items")).isEmpty();
        assertThat(json(get("kueue", "circuits?owner=slice:tune")).get("items")).hasSize(1);
    }

    @Test
    void whatIsHiddenChangesNoTag() throws Exception {
        slices.add("tune", "kueue", SliceState.ACTIVE, Map.of());
        slices.add("tone", "kueue", SliceState.ACTIVE, Map.of());
        circuits.demand("slice:tune", Set.of(OpticalCircuit.of("ocs-1", "1", "5")));
        String slurm = tag("slurm");
        String kueue = tag("kueue");
        circuits.release("slice:tune");
        circuits.demand("slice:tone", Set.of(OpticalCircuit.of("ocs-1", "1", "5")));
        assertThat(tag("slurm")).isEqualTo(slurm);
        assertThat(tag("kueue")).isNotEqualTo(kueue);
        assertThat(send(as("slurm", "circuits").header("If-None-Match", slurm)).statusCode()).isEqualTo(304);
    }

    @Test
    void howFarACircuitByHandIsIsForThoseWhoSeeAll() throws Exception {
        circuits.hold();
        put("boss", "circuits/ocs-1/2/6", "");
        circuits.fail("admin:ocs-1:2:6", "ocs-1 port 6 stays dark");
        JsonNode seen = json(get("reader", "circuits/ocs-1/2/6"));
        assertThat(seen.get("state").textValue()).isEqualTo("PLANNED");
        assertThat(seen.at("/demand/phase").textValue()).isEqualTo("FAILED");
        assertThat(seen.at("/demand/reason").textValue()).isEqualTo("ocs-1 port 6 stays dark");
        assertThat(json(get("slurm", "circuits/ocs-1/2/6")).get("demand").isNull()).isTrue();
    }

    @Test
    void filtersAndPagesFindEachOnce() throws Exception {
        circuits.withCircuit(OpticalCircuit.of("ocs-2", "1", "2")).withCircuit(OpticalCircuit.of("ocs-2", "3", "4"));
        assertThat(ports("circuits?switch=ocs-2")).containsExactly("1 2", "3 4");
        assertThat(ports("circuits?switch=ocs-9")).isEmpty();
        assertThat(ports("circuits?state=PLANNED")).isEmpty();
        assertThat(ports("circuits?state=CONNECTED&limit=1")).containsExactly("1 5");

        List<String> found = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonNode page = json(get("reader", "circuits?limit=2" + cursor));
            page.get("items").forEach(item -> found.add(item.get("switch").textValue() + item.get("ports")));
            cursor = page.get("nextCursor").isNull() ? null : "&cursor=" + page.get("nextCursor").textValue();
        }
        assertThat(found).containsExactly("ocs-1[\"1\",\"5\"]", "ocs-1[\"7\",\"8\"]", "ocs-2[\"1\",\"2\"]",
                "ocs-2[\"3\",\"4\"]");
    }

    @Test
    void portsMayHaveSlashes() throws Exception {
        circuits.withCircuit(OpticalCircuit.of("ocs-2", "1/1/c2", "n:3 a"));
        JsonNode seen = json(get("reader", "circuits/ocs-2/n:3%20a/1%2F1%2Fc2"));
        assertThat(seen.get("ports").toString()).isEqualTo("[\"1/1/c2\",\"n:3 a\"]");
        assertProblem(get("reader", "circuits/ocs-2/n:3%20a/1/1/c2"), 404, "not-found");
    }

    private String owners(String user) throws Exception {
        return json(get(user, "circuits/ocs-1/1/5")).get("owners").toString();
    }

    private String tag(String user) throws Exception {
        HttpResponse<String> response = get(user, "circuits");
        return response.headers().firstValue("ETag").orElseThrow();
    }

    private List<String> ports(String path) throws Exception {
        List<String> ports = new ArrayList<>();
        json(get("reader", path)).get("items").forEach(item -> ports.add(item.at("/ports/0").textValue() + " "
                + item.at("/ports/1").textValue()));
        return ports;
    }
}
