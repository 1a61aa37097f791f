package org.cloister.driver.ocs;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.onosproject.net.DeviceId;
import org.onosproject.net.config.InvalidFieldException;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OcsDeviceConfigTest {

    private static final String GNMI = "{'dialect':'ocp-gnmi','address':'192.0.2.11','port':9340,"
            + "'username':'cloister','passwordFile':'/etc/cloister/ocs-1','tls':{'trust':'/etc/cloister/ca.pem'},'thresholds':{'minimumInputPowerDbm':-18.5}}";
    private static final String NETCONF = "{'dialect':'polatis-netconf','address':'ocs-2.example.org',"
            + "'username':'cloister','passwordFile':'/etc/cloister/ocs-2','ssh':{'knownHosts':'/etc/cloister/known_hosts'}}";

    @Test
    void gnmiSwitchIsRead() throws Exception {
        assertThat(config("ocs:ocs-1", GNMI).isValid()).isTrue();
        assertThat(config("ocs:ocs-1", GNMI).target()).isEqualTo(ImmutableOcsTarget.builder()
                .dialect(Dialect.OCP_GNMI).address("192.0.2.11").port(9340).username("cloister")
                .passwordFile(Path.of("/etc/cloister/ocs-1")).trust(Path.of("/etc/cloister/ca.pem")).build());
    }

    @Test
    void netconfSwitchIsRead() throws Exception {
        assertThat(config("ocs:ocs-2", NETCONF).target()).isEqualTo(ImmutableOcsTarget.builder()
                .dialect(Dialect.POLATIS_NETCONF).address("ocs-2.example.org").port(830).username("cloister")
                .passwordFile(Path.of("/etc/cloister/ocs-2")).knownHosts(Path.of("/etc/cloister/known_hosts")).build());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "'ocp-gnmi'                | 'tl1'        | /dialect      | tl1",
        "'ocp-gnmi'                | 5            | /dialect      | 5",
        "'192.0.2.11'              | '192.0.2.11:9339' | /address | 192.0.2.11:9339",
        "'192.0.2.11'              | 'no such host' | /address    | no such host",
        "'address':'192.0.2.11',   |              | /address      | missing",
        "9340                      | 0            | /port         | 0",
        "9340                      | 65536        | /port         | 65536",
        "9340                      | '9340'       | /port         | 9340",
        "9340                      | 9340.5       | /port         | 9340.5",
        "9340                      | null         | /port         | null",
        "'cloister'                | ' '          | /username     | \" \"",
        "'/etc/cloister/ocs-1'     | 'ocs-1'      | /passwordFile | ocs-1",
        "'passwordFile':'/etc/cloister/ocs-1', |  | /passwordFile | missing",
        "'/etc/cloister/ca.pem'    | 'ca.pem'     | /tls/trust    | ca.pem",
        "{'trust':'/etc/cloister/ca.pem'} | true  | /tls          | true",
        "'trust':                  | 'verify':    | /tls          | verify",
        "'username'                | 'user'       | /user         | username",
        "-18.5                     | '-18'        | /thresholds/minimumInputPowerDbm | -18",
        "-18.5                     | 100          | /thresholds/minimumInputPowerDbm | 100",
        "minimumInputPowerDbm      | minimum      | /thresholds   | minimum",
        "{'minimumInputPowerDbm':-18.5} | -18     | /thresholds   | -18",
    })
    void badFieldIsNamed(String part, String instead, String field, String value) throws Exception {
        assertThat(GNMI).contains(part);
        OcsDeviceConfig config = config("ocs:ocs-1", GNMI.replace(part, instead == null ? "" : instead));
        assertThatThrownBy(config::isValid).isInstanceOfSatisfying(InvalidFieldException.class, refused -> {
            assertThat(refused.field()).isEqualTo(field);
            assertThat(refused.reason()).contains(value.replace("\"", ""));
        });
    }

    @Test
    void passwordIsRefusedAndNotRepeated() throws Exception {
        OcsDeviceConfig config = config("ocs:ocs-1", GNMI.replace("'port'", "'password':'hunter2','port'"));
        assertThatThrownBy(config::isValid).isInstanceOfSatisfying(InvalidFieldException.class, refused -> {
            assertThat(refused.field()).isEqualTo("/password");
            assertThat(refused.getMessage()).contains("passwordFile").doesNotContain("hunter2");
        });
    }

    @Test
    void thresholdIsRead() throws Exception {
        assertThat(config("ocs:ocs-1", GNMI).minimumInputPowerDbm()).hasValue(-18.5);
        assertThat(config("ocs:ocs-2", NETCONF).minimumInputPowerDbm()).isEmpty();
    }

    @Test
    void hostKeysAreNoMatterOfGnmi() throws Exception {
        OcsDeviceConfig config = config("ocs:ocs-2", NETCONF.replace("polatis-netconf", "ocp-gnmi"));
        assertThatThrownBy(config::isValid).isInstanceOfSatisfying(InvalidFieldException.class,
                refused -> assertThat(refused.field()).isEqualTo("/ssh"));
    }

    @Test
    void tlsIsNoMatterOfNetconf() throws Exception {
        OcsDeviceConfig config = config("ocs:ocs-1", GNMI.replace("ocp-gnmi", "polatis-netconf"));
        assertThatThrownBy(config::isValid).isInstanceOfSatisfying(InvalidFieldException.class,
                refused -> assertThat(refused.field()).isEqualTo("/tls"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"of:0000000000000011", "netconf:192.0.2.12:830"})
    void otherDevicesAreNoOpticalSwitches(String device) throws Exception {
        assertThatThrownBy(config(device, GNMI)::isValid).isInstanceOf(InvalidFieldException.class)
                .hasMessageContaining(device);
    }

    private static OcsDeviceConfig config(String device, String json) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        OcsDeviceConfig config = new OcsDeviceConfig();
        config.init(DeviceId.deviceId(device), OcsDeviceConfig.KEY, mapper.readTree(json.replace('\'', '"')), mapper,
                changed -> {
                });
        return config;
    }
}
