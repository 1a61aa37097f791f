package org.cloister.benchmarks.replay.files;

import org.cloister.benchmarks.replay.ReplayFabric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class FabricFileTest {

    private static final String SMALL = "{\n\"leaves\": 4,\n\"hostsPerLeaf\": 8,\n\"spines\": 2,\n"
            + "\"linkBitsPerSecond\": 100000000000\n}\n";

    @TempDir
    private Path directory;

    @Test
    void inNumbersWithDefaults() throws Exception {
        assertThat(read(SMALL).fabric()).isEqualTo(ReplayFabric.builder().name("fabric").leaves(4).hostsPerLeaf(8)
                .spines(2).linkBitsPerSecond(100_000_000_000L).build());
    }

    @Test
    void inNumbersWithEverything() throws Exception {
        ReplayFabric fabric = read("\uFEFF{\"name\":\"lit\",\"leaves\":4,\"hostsPerLeaf\":8,\"spines\":2,\r\n"
                + "\"linkBitsPerSecond\":1,\"hostsPerNode\":4,\"nodeBitsPerSecond\":5,\r\n"
                + "\"ocs\":{\"switches\":8,\"spinePortsPerSwitch\":2,\"moveSeconds\":0.2}}").fabric();

        assertThat(fabric).isEqualTo(ReplayFabric.builder().name("lit").leaves(4).hostsPerLeaf(8).spines(2)
                .linkBitsPerSecond(1).hostsPerNode(4).nodeBitsPerSecond(5)
                .optics(ReplayFabric.Optics.builder().switches(8).spinePortsPerSwitch(2).moveSeconds(0.2).build())
                .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"laas-11664", "ocs-8192", "small-64", "small-ocs-64"})
    void thoseToBeginWith(String name) throws Exception {
        assertThat(FabricFile.read(Path.of("fabrics/" + name + ".json")).fabric().name()).isEqualTo(name);
    }

    @Test
    void moreLinksThanCanBeCounted() throws Exception {
        assertThat(refusal("{\"leaves\": 16384, \"hostsPerLeaf\": 8,\n\"spines\": 16384, \"linkBitsPerSecond\": 1}"))
                .hasMessageEndingWith(":2: /spines: 16384 makes 268435456 links with 16384 leaves; at most 4194304 are"
                        + " possible");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        // what line 3 of the file becomes  | line | the field       | what is wrong
        "\"hostsPerLeaf\": -8,              | 3 | /hostsPerLeaf      | -8 is not an integer from 1 to 4096",
        "\"hostsPerLeaf\": 8.5,             | 3 | /hostsPerLeaf      | 8.5 is not an integer from 1 to 4096",
        "\"hostsPerLeaf\": \"8\",           | 3 | /hostsPerLeaf      | \"8\" is not an integer from 1 to 4096",
        "\"hostsPerLeaf\": 1e30,            | 3 | /hostsPerLeaf      | 1.0E30 is not an integer from 1 to 4096",
        "\"hostsPerLeaf\": null,            | 3 | /hostsPerLeaf      | null is not an integer from 1 to 4096",
        "\"hosts\": 8,                      | 3 | /hosts | 8 is not a field here; allowed are name, leaves,"
                + " hostsPerLeaf, spines, linkBitsPerSecond, hostsPerNode, nodeBitsPerSecond, ocs",
        "''                     | 1 | /hostsPerLeaf | is missing; it must be an integer from 1 to 4096",
        "\"hostsPerLeaf\": 8, \"hostsPerNode\": 3, | 3 | /hostsPerNode | 3 does not divide hostsPerLeaf, 8",
        "\"hostsPerLeaf\": 8, \"name\": \"a b\",   | 3 | /name | \"a b\" is not a name of the form"
                + " [A-Za-z0-9][A-Za-z0-9._-]{0,62}",
        "\"hostsPerLeaf\": 8, \"ocs\": 5,          | 3 | /ocs | 5 is not an object",
        "\"hostsPerLeaf\": 8, \"ocs\": {},         | 3 | /ocs/switches | is missing; it must be an integer from 1 to"
                + " 16384",
        "\"hostsPerLeaf\": 8, \"ocs\": {\"switches\": 1, \"spinePortsPerSwitch\": 1, \"moveSeconds\": -1}, | 3 |"
                + " /ocs/moveSeconds | -1 is not a number from 0.0 to 3600.0"})
    void aBadNumber(String replacement, int line, String field, String message) throws Exception {
        BadFileException e = refusal(SMALL.replace("\"hostsPerLeaf\": 8,", replacement));

        assertThat(e.line()).isEqualTo(line);
        assertThat(e.field()).isEqualTo(field);
        assertThat(e).hasMessage(directory.resolve("fabric.json") + ":" + line + ": " + field + ": " + message);
    }

    @Test
    void noJson() throws Exception {
        assertThat(refusal(SMALL.substring(0, 40))).hasMessageContaining("fabric.json:4: is not JSON: ");
        assertThat(refusal("{\n\"leaves\": 4\n\"spines\": 2}")).hasMessageContaining("fabric.json:3: is not JSON: ");
        assertThat(refusal(SMALL + "{}")).hasMessageContaining("fabric.json:7: is not JSON: ");
        assertThat(refusal("{\n\"leaves\": 4,\n\"leaves\": 5}")).hasMessageContaining(":3: is not JSON: Duplicate");
        assertThat(refusal("")).hasMessageEndingWith("fabric.json:1: is empty");
        assertThat(refusal("[1]")).hasMessageEndingWith("fabric.json:1: /: [1] is not an object");
        assertThat(refusal("{\n\"apps\":{}}")).hasMessageContaining(
                "fabric.json:2: /apps/org.cloister/fabric: is missing");
    }

    @Test
    void configuredForCloister() throws Exception {
        FabricFile file = read(Configuration.of(4, 2, 8).inApps());

        assertThat(file.fabric()).isEqualTo(ReplayFabric.builder().name("fabric").leaves(4).hostsPerLeaf(8).spines(2)
                .linkBitsPerSecond(100_000_000_000L).build());
        assertThat(file.notes()).isEmpty();
        assertThat(read(Configuration.of(4, 2, 8).text()).fabric()).isEqualTo(file.fabric());
    }

    @Test
    void nicsOfANodeOnOneLeafReachEachOtherWithoutTheFabric() throws Exception {
        assertThat(read(Configuration.of(4, 2, 8).nicsPerNode(4).text()).fabric().hostsPerNode()).isEqualTo(4);

        FabricFile rails = read(Configuration.of(4, 2, 8).rails().text());
        assertThat(rails.fabric().hostsPerNode()).isEqualTo(1);
        assertThat(rails.notes()).hasSize(1).first().asString().contains("NICs on several leaves");
    }

    @Test
    void parallelLinksCountAsSpines() throws Exception {
        FabricFile file = read(Configuration.of(4, 2, 8).uplinks(6).text());

        assertThat(file.fabric().spines()).isEqualTo(6);
        assertThat(file.notes()).containsExactly("each spine with 3 links to each leaf counts as 3 spines");
    }

    @Test
    void configuredWithFibres() throws Exception {
        FabricFile file = read(Configuration.of(4, 2, 8).uplinks(8).spinePorts(16).optical(8).text());

        assertThat(file.fabric().spines()).isEqualTo(2);
        assertThat(file.fabric().optics()).contains(ReplayFabric.Optics.builder().switches(8)
                .spinePortsPerSwitch(2).moveSeconds(0.2).build());
        assertThat(file.notes()).containsExactly(
                "a move of circuits is taken to last 0.2 s; --circuit-delay says otherwise");
    }

    @Test
    void leavesThatAreNotAlikeAreNamed() throws Exception {
        assertThat(refusal(Configuration.of(4, 2, 8).without("gpu-3-2").text())).hasMessageEndingWith(":10: "
                + "/fabric/switches/3: leaf-3 has 7 hosts, leaf-0 has 8; a replay needs equally many on each leaf,"
                + " at least one");
        assertThat(refusal(Configuration.of(4, 2, 8).uplinks(5).text())).hasMessageEndingWith(":7: "
                + "/fabric/switches/0: leaf-0 has 5 fabric ports, which cannot be shared out evenly among 2 spines");
        assertThat(refusal(Configuration.of(4, 2, 8).spinePorts(3).text())).hasMessageEndingWith(":11: "
                + "/fabric/switches/4: spine-0 has 3 fabric ports, fewer than 1 for each of 4 leaves");
        assertThat(refusal(Configuration.of(4, 0, 8).text())).hasMessageContaining(
                ": /fabric/switches: a replay needs a leaf and a spine at least; here are 4 leaves and 0 spines");
    }

    @Test
    void fibresThatAreNotAlikeAreNamed() throws Exception {
        String text = Configuration.of(4, 2, 8).uplinks(8).spinePorts(16).optical(8).text();

        assertThat(refusal(text.replaceFirst(",\"s1-1\":\"spine-1/2\"", ""))).hasMessageEndingWith(
                "/fabric/fibres/ocs-0: has 1 fibres from spine-1, other spines 2; a replay needs equally many from"
                        + " each spine");
        assertThat(refusal(text.replaceFirst("\"l2\":\"leaf-2/9\",", ""))).hasMessageEndingWith(
                "/fabric/fibres/ocs-0: has 0 fibres from leaf-2; a replay needs one from each leaf");
        assertThat(refusal(Configuration.of(4, 2, 8).uplinks(9).spinePorts(16).optical(8).text()))
                .hasMessageContaining("/fabric/fibres: leaf-0 has 9 fabric ports; a replay needs one for each of 8");
    }

    @Test
    void whatCloisterWouldRefuseIsRefusedInItsWords() throws Exception {
        String text = Configuration.of(4, 2, 8).text();

        assertThat(refusal(text.replace("\"role\":\"spine\"", "\"role\":\"trunk\""))).hasMessageEndingWith(":11: "
                + "/fabric/switches/4/role: \"trunk\" is not a role; roles are leaf and spine");
        assertThat(refusal(text.replace("\"port\":\"leaf-1/3\"", "\"port\":\"leaf-1/2\""))).hasMessageContaining(
                ": /fabric/hosts/10/port: \"leaf-1/2\" is the port of gpu-1-1 already");
        assertThat(refusal(text.replace("\"enforce\":false,", "\"enforced\":false,"))).hasMessageContaining(
                ":2: /fabric/enforced: false is not a field here");
    }

    private BadFileException refusal(String text) throws IOException {
        Path file = write(text);
        BadFileException e = catchThrowableOfType(() -> FabricFile.read(file), BadFileException.class);
        assertThat(e).as("what is refused of %s", text).isNotNull();
        return e;
    }

    private FabricFile read(String text) throws Exception {
        return FabricFile.read(write(text));
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("fabric.json"), text);
    }
}
