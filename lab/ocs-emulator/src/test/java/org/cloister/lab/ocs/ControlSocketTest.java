package org.cloister.lab.ocs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.cloister.lab.ocs.fault.FaultKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class ControlSocketTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** An order for each kind, with what it needs. */
    private static final Map<FaultKind, String> PARAMETERS = new EnumMap<>(Map.ofEntries(
            Map.entry(FaultKind.STUCK_MIRROR, ",\"port\":\"3\",\"mode\":\"old\""),
            Map.entry(FaultKind.MIS_STEER, ",\"port\":\"3\",\"to\":\"5\""),
            Map.entry(FaultKind.LOSS_OF_LIGHT, ",\"port\":\"3\""),
            Map.entry(FaultKind.DEGRADED_POWER, ",\"port\":\"3\",\"db\":6.5"),
            Map.entry(FaultKind.BIT_ERRORS, ",\"port\":\"3\",\"probability\":0.01"),
            Map.entry(FaultKind.SET_THEN_INVALID, ",\"port\":\"3\""),
            Map.entry(FaultKind.SUBSCRIBE_DROP, ",\"refuse\":true"),
            Map.entry(FaultKind.SUBSCRIBE_LATE, ",\"millis\":500"),
            Map.entry(FaultKind.SUBSCRIBE_DUPLICATE, ""),
            Map.entry(FaultKind.DEADLINE_BUT_APPLIED, ",\"millis\":500,\"count\":1"),
            Map.entry(FaultKind.COLD_REBOOT, ",\"millis\":60000"),
            Map.entry(FaultKind.MANAGEMENT_DEAD, ",\"mode\":\"closed\""),
            Map.entry(FaultKind.SECOND_WRITER, ",\"one\":\"3\",\"other\":\"4\""),
            Map.entry(FaultKind.HARDWARE_ONLY_CONNECTION, ",\"one\":\"3\",\"other\":\"4\"")));

    @TempDir
    Path directory;
    private final Emulator ocs = Emulator.builder().ports(8).start();
    private ControlSocket socket;
    private SocketChannel client;
    private BufferedReader answers;

    @BeforeEach
    void open() throws IOException {
        Path path = directory.resolve("control.sock");
        Files.writeString(path, "left behind");
        socket = new ControlSocket(ocs, path);
        client = SocketChannel.open(UnixDomainSocketAddress.of(path));
        answers = new BufferedReader(Channels.newReader(client, StandardCharsets.UTF_8));
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        socket.close();
        ocs.close();
        assertThat(directory.resolve("control.sock")).doesNotExist();
    }

    private JsonNode order(String line) throws IOException {
        client.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
        return JSON.readTree(answers.readLine());
    }

    @ParameterizedTest
    @EnumSource(FaultKind.class)
    void breaksAndMends(FaultKind kind) throws IOException {
        JsonNode before = order("{\"show\":true}");
        String fault = "{\"fault\":\"" + kind.label() + "\"" + PARAMETERS.get(kind) + "}";
        assertThat(order(fault)).isEqualTo(JSON.readTree("{\"ok\":true}"));
        assertThat(order("{\"show\":true}").path("faults")).containsExactly(JSON.readTree(fault));
        assertThat(order("{\"clear\":\"" + kind.label() + "\"}").path("cleared").asInt()).isEqualTo(1);
        assertThat(order("{\"show\":true}")).isEqualTo(before);
    }

    @Test
    void mendsOneOfSeveral() throws IOException {
        order("{\"fault\":\"loss-of-light\",\"port\":\"3\"}");
        order("{\"fault\":\"loss-of-light\",\"port\":\"4\"}");
        order("{\"fault\":\"stuck-mirror\",\"port\":\"5\"}");
        assertThat(order("{\"clear\":\"loss-of-light\",\"port\":\"3\"}").path("cleared").asInt()).isEqualTo(1);
        assertThat(order("{\"clear\":\"all\"}").path("cleared").asInt()).isEqualTo(2);
        assertThat(order("{\"clear\":\"all\"}").path("cleared").asInt()).isZero();
    }

    @Test
    void setsTimes() throws IOException {
        order("{\"times\":{\"switchingMillis\":0.01,\"opticsMillis\":5700}}");
        assertThat(ocs.times()).isEqualTo(Times.ofMillis(0.01, 5_700));
        order("{\"times\":{\"opticsMillis\":0}}");
        assertThat(ocs.times()).isEqualTo(Times.PRESETS.get("photonic"));
        assertThat(order("{\"times\":{\"opticsMillis\":-1}}").path("error").asText()).contains("negative");
    }

    @Test
    void saysWhatIsWrongWithAnOrder() throws IOException {
        assertThat(order("nonsense").path("error").asText()).isEqualTo("not JSON: nonsense");
        assertThat(order("[]").path("error").asText()).isEqualTo("not an object: []");
        assertThat(order("{\"dance\":true}").path("error").asText()).contains("none of fault, clear, times, show");
        assertThat(order("{\"fault\":\"mis-steer\"}").path("error").asText()).isEqualTo("mis-steer: port is missing");
        assertThat(order("{\"clear\":\"gremlins\"}").path("error").asText()).contains("no such kind: gremlins");
    }
}
