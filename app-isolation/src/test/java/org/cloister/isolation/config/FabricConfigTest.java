package org.cloister.isolation.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.api.FabricView.SwitchRole;
import org.cloister.isolation.fabric.FabricSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.MacAddress;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.config.InvalidFieldException;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FabricConfigTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The example of the documentation, with a second host. */
    private final ObjectNode document = example();

    @Test
    void readsEveryField() {
        FabricSettings settings = settings();

        assertThat(settings.enforce()).isFalse();
        assertThat(settings.firstTag()).isEqualTo(100);
        assertThat(settings.lastTag()).isEqualTo(3999);
        assertThat(settings.linkBitsPerSecond()).isEqualTo(100_000_000_000L);
        assertThat(settings.switches().keySet()).containsExactly("leaf-1", "spine-1");
        assertThat(settings.switches().get("leaf-1")).satisfies(leaf -> {
            assertThat(leaf.device()).isEqualTo(DeviceId.deviceId("of:0000000000000011"));
            assertThat(leaf.role()).isEqualTo(SwitchRole.LEAF);
            assertThat(leaf.hostPorts()).containsExactly(1L, 2L, 3L, 4L, 9L);
            assertThat(leaf.fabricPorts()).containsExactly(5L, 6L);
        });
        assertThat(settings.switches().get("spine-1").role()).isEqualTo(SwitchRole.SPINE);
        assertThat(settings.hosts().get("gpu-001-1")).satisfies(host -> {
            assertThat(host.node()).isEqualTo("gpu-001");
            assertThat(host.nic()).isEqualTo(1);
            assertThat(host.port()).isEqualTo(FabricPort.of("leaf-1", 2));
            assertThat(host.mac()).isEqualTo(MacAddress.valueOf("02:00:00:00:01:02"));
            assertThat(host.ipv4()).containsExactly(Ip4Address.valueOf("10.0.1.2"), Ip4Address.valueOf("10.1.1.2"));
        });
        assertThat(settings.fibres().get("ocs-1")).containsEntry("5", FabricPort.of("spine-1", 1)).hasSize(2);
    }

    @Test
    void enforcesUnlessToldOtherwiseAndNeedsNoFibres() {
        document.remove("enforce");
        document.remove("fibres");

        assertThat(settings().enforce()).isTrue();
        assertThat(settings().fibres()).isEmpty();
    }

    /** Field by field: what is put there, and a word of the complaint. */
    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "/enforce                 | `\"yes\"`             | true or false",
        "/tags                    | 5                     | an object",
        "/tags/first              | 0                     | from 1 to 4094",
        "/tags/first              | `\"100\"`             | an integer",
        "/tags/first              | 1.5                   | an integer",
        "/tags/last               | 4095                  | from 1 to 4094",
        "/tags/last               | 99                    | less than first, 100",
        "/tags/middle             | 7                     | not a field here",
        "/linkBitsPerSecond       | 0                     | an integer from 1",
        "/linkBitsPerSecond       | -1                    | an integer from 1",
        "/linkBitsPerSecond       | 99999999999999999999  | an integer from 1",
        "/password                | `\"secret\"`          | not a field here",
        "/switches                | {}                    | an array",
        "/switches/0              | `\"leaf-1\"`          | an object",
        "/switches/0/name         | `\"leaf/1\"`          | a name",
        "/switches/0/name         | `\"\"`                | a name",
        "/switches/1/name         | `\"leaf-1\"`          | another switch",
        "/switches/0/device       | `\"of:11\"`           | an OpenFlow device id",
        "/switches/0/device       | `\"of:000000000000001A\"` | lower case",
        "/switches/0/device       | `\"netconf:10.0.0.1\"`    | an OpenFlow device id",
        "/switches/1/device       | `\"of:0000000000000011\"` | device of leaf-1",
        "/switches/0/role         | `\"core\"`            | leaf and spine",
        "/switches/0/role         | `\"LEAF\"`            | leaf and spine",
        "/switches/0/hostPorts    | `\"1-\"`              | a list of ports",
        "/switches/0/hostPorts    | `\"4-1\"`             | a list of ports",
        "/switches/0/hostPorts    | `\"1-4,3\"`           | a list of ports",
        "/switches/0/hostPorts    | `\"1, 2\"`            | a list of ports",
        "/switches/0/hostPorts    | `\"0-3\"`             | a list of ports",
        "/switches/0/hostPorts    | `\"1-4000000000\"`    | a list of ports",
        "/switches/0/hostPorts    | `\"1,4294967295\"`    | a list of ports",
        "/switches/0/hostPorts    | `\"\"`                | a list of ports",
        "/switches/0/hostPorts    | [1]                   | a text",
        "/switches/0/fabricPorts  | `\"4-6\"`             | port 4",
        "/switches/1/hostPorts    | `\"9\"`               | is a spine",
        "/switches/0/ports        | `\"9\"`               | not a field here",
        "/hosts                   | null                  | an array",
        "/hosts/1/name            | `\"gpu-001-0\"`       | another host",
        "/hosts/1/name            | `\"gpu 1\"`           | a name",
        "/hosts/1/name            | 5                     | a text",
        "/hosts/1/node            | `\"\"`                | a name",
        "/hosts/1/nic             | 0                     | NIC index of gpu-001-0",
        "/hosts/1/nic             | -1                    | an integer from 0",
        "/hosts/1/port            | `\"leaf-1/1\"`        | port of gpu-001-0",
        "/hosts/1/port            | `\"leaf-1/5\"`        | not a host port of leaf-1",
        "/hosts/1/port            | `\"leaf-1/17\"`       | not a host port of leaf-1",
        "/hosts/1/port            | `\"spine-1/1\"`       | not a host port of spine-1",
        "/hosts/1/port            | `\"leaf-9/1\"`        | names no switch",
        "/hosts/1/port            | `\"leaf-1\"`          | of the form switch/number",
        "/hosts/1/mac             | `\"02:00:00:00:01:01\"` | MAC address of gpu-001-0",
        "/hosts/1/mac             | `\"03:00:00:00:01:01\"` | MAC address of one host",
        "/hosts/1/mac             | `\"ff:ff:ff:ff:ff:ff\"` | MAC address of one host",
        "/hosts/1/mac             | `\"00:00:00:00:00:00\"` | MAC address of one host",
        "/hosts/1/mac             | `\"02:00:00:00:01\"`  | MAC address of one host",
        "/hosts/1/ipv4            | []                    | at least one",
        "/hosts/1/ipv4            | `\"10.0.1.2\"`        | an array",
        "/hosts/1/ipv4/0          | `\"10.0.1.1\"`        | IPv4 address of gpu-001-0",
        "/hosts/1/ipv4/1          | `\"10.0.1.2\"`        | IPv4 address of gpu-001-1",
        "/hosts/1/ipv4/0          | `\"10.0.1.256\"`      | IPv4 address of one host",
        "/hosts/1/ipv4/0          | `\"10.0.1.0/24\"`     | IPv4 address of one host",
        "/hosts/1/ipv4/0          | `\"fe80::1\"`         | IPv4 address of one host",
        "/hosts/1/ipv4/0          | `\"224.0.0.1\"`       | IPv4 address of one host",
        "/hosts/1/ipv4/0          | `\"255.255.255.255\"` | IPv4 address of one host",
        "/hosts/1/ipv4/0          | `\"127.0.0.1\"`       | IPv4 address of one host",
        "/hosts/1/ipv4/0          | `\"0.0.0.0\"`         | IPv4 address of one host",
        "/hosts/1/vlan            | 5                     | not a field here",
        "/fibres                  | []                    | an object",
        "/fibres/ocs-1/5          | `\"leaf-1/5\"`        | fibre of ocs-1 port 1",
        "/fibres/ocs-1/5          | `\"leaf-1/1\"`        | not a fabric port of leaf-1",
        "/fibres/ocs-1/5          | `\"leaf-9/5\"`        | names no switch",
        "/fibres/ocs-1/5          | `\"leaf-1\"`          | of the form switch/number",
    })
    void refusesAtTheField(String pointer, String value, String complaint) throws IOException {
        put(pointer, MAPPER.readTree(value));

        assertThatThrownBy(this::settings).isInstanceOfSatisfying(InvalidFieldException.class, refusal -> {
            assertThat(refusal.field()).isEqualTo(pointer);
            assertThat(refusal.reason()).contains(complaint).doesNotContain("Exception");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/tags", "/tags/first", "/tags/last", "/linkBitsPerSecond", "/switches", "/hosts",
        "/switches/0/name", "/switches/0/device", "/switches/0/role", "/hosts/0/name", "/hosts/0/node",
        "/hosts/0/nic", "/hosts/0/port", "/hosts/0/mac", "/hosts/0/ipv4"})
    void missesTheField(String pointer) {
        int slash = pointer.lastIndexOf('/');
        ((ObjectNode) document.at(pointer.substring(0, slash))).remove(pointer.substring(slash + 1));

        assertThatThrownBy(this::settings).isInstanceOfSatisfying(InvalidFieldException.class, refusal -> {
            assertThat(refusal.field()).isEqualTo(pointer);
            assertThat(refusal.reason()).startsWith("is missing");
        });
    }

    @Test
    void aComplaintDoesNotRepeatADocument() {
        document.set("hosts", MAPPER.createObjectNode().put("long", "x".repeat(10_000)));

        assertThatThrownBy(this::settings).isInstanceOfSatisfying(InvalidFieldException.class,
                refusal -> assertThat(refusal.getMessage().length()).isLessThan(200));
    }

    private FabricSettings settings() {
        FabricConfig config = new FabricConfig();
        config.init(new DefaultApplicationId(7, App.NAME), FabricConfig.KEY, document, MAPPER, null);
        assertThat(config.isValid()).isTrue();
        return config.settings();
    }

    private void put(String pointer, JsonNode value) {
        int slash = pointer.lastIndexOf('/');
        JsonNode parent = document.at(pointer.substring(0, slash));
        String name = pointer.substring(slash + 1);
        if (parent.isArray()) {
            ((ArrayNode) parent).set(Integer.parseInt(name), value);
        } else {
            ((ObjectNode) parent).set(name, value);
        }
    }

    static ObjectNode example() {
        try (InputStream file = FabricConfigTest.class.getResourceAsStream("fabric.json")) {
            return (ObjectNode) MAPPER.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
