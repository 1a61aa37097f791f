package org.cloister.driver.ocs;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.net.InetAddresses;
import com.google.common.net.InternetDomainName;
import org.onosproject.net.DeviceId;
import org.onosproject.net.config.Config;
import org.onosproject.net.config.InvalidFieldException;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/**
 * An optical switch in the network configuration, for instance {@code {"dialect":"ocp-gnmi","address":"192.0.2.11",
 * "port":9339,"username":"cloister","passwordFile":"/etc/cloister/ocs-1","tls":{"trust":"/etc/cloister/ca.pem"},
 * "thresholds":{"minimumInputPowerDbm":-20}}}.
 */
public final class OcsDeviceConfig extends Config<DeviceId> {

    /** The key below the device's. */
    public static final String KEY = "ocs";

    private static final List<String> FIELDS =
            List.of("dialect", "address", "port", "username", "passwordFile", "tls", "ssh", "thresholds");

    /**
     * {@inheritDoc}
     *
     * @throws InvalidFieldException naming the offending field by its JSON pointer
     */
    @Override
    public boolean isValid() {
        target();
        minimumInputPowerDbm();
        return true;
    }

    /** Returns below which power of incoming light, dBm, a circuit is in trouble; or throws as {@link #isValid()} does. */
    public OptionalDouble minimumInputPowerDbm() {
        if (!node.has("thresholds")) {
            return OptionalDouble.empty();
        }
        JsonNode thresholds = node.get("thresholds");
        JsonNode power = thresholds.path("minimumInputPowerDbm");
        if (!thresholds.isObject() || thresholds.size() != 1 || power.isMissingNode()) {
            throw refused("/thresholds", thresholds, "an object with the one field minimumInputPowerDbm");
        }
        if (!power.isNumber() || power.doubleValue() < -60 || power.doubleValue() > 30) {
            throw refused("/thresholds/minimumInputPowerDbm", power, "a number of dBm from -60 to 30");
        }
        return OptionalDouble.of(power.doubleValue());
    }

    /** Returns what it says, or throws as {@link #isValid()} does. */
    public OcsTarget target() {
        if (!KEY.equals(subject.uri().getScheme())) {
            throw new InvalidFieldException("", "device " + subject + " is no optical switch; its id must begin with "
                    + KEY + ":");
        }
        refuseOthers();
        Dialect dialect = Dialect.of(text("/dialect", "one of ocp-gnmi, polatis-netconf",
                name -> Dialect.of(name).isPresent())).orElseThrow();
        ImmutableOcsTarget.Builder target = ImmutableOcsTarget.builder().dialect(dialect)
                .address(text("/address", "a host name or an IP address",
                        name -> InetAddresses.isInetAddress(name) || InternetDomainName.isValid(name)))
                .username(text("/username", "a user's name", name -> !name.isBlank()))
                .passwordFile(file("/passwordFile"))
                .trust(file(dialect, Dialect.OCP_GNMI, "tls", "trust"))
                .knownHosts(file(dialect, Dialect.POLATIS_NETCONF, "ssh", "knownHosts"));
        if (node.has("port")) {
            target.port(port());
        }
        return target.build();
    }

    private void refuseOthers() {
        if (node.has("password")) {
            // the value is not repeated: a complaint ends up in a log
            throw new InvalidFieldException("/password", "everybody who may read the network configuration would read "
                    + "it; name a file in passwordFile instead");
        }
        node.fieldNames().forEachRemaining(name -> {
            if (!FIELDS.contains(name)) {
                throw new InvalidFieldException("/" + name, "there is no such field; known are "
                        + String.join(", ", FIELDS));
            }
        });
    }

    private int port() {
        JsonNode port = node.get("port");
        if (!port.isInt() || port.intValue() < 1 || port.intValue() > 65_535) {
            throw refused("/port", port, "a whole number from 1 to 65535");
        }
        return port.intValue();
    }

    /** Returns the file that an object of one field names, if there is that object. */
    private Optional<Path> file(Dialect dialect, Dialect ofDialect, String object, String field) {
        if (!node.has(object)) {
            return Optional.empty();
        }
        JsonNode value = node.get(object);
        if (dialect != ofDialect) {
            throw new InvalidFieldException("/" + object, dialect + " knows no " + object + "; it is of " + ofDialect);
        }
        if (!value.isObject() || value.size() != 1 || !value.has(field)) {
            throw refused("/" + object, value, "an object with the one field " + field);
        }
        return Optional.of(file("/" + object + "/" + field));
    }

    private Path file(String pointer) {
        return Path.of(text(pointer, "the absolute name of a file", name -> name.startsWith("/") && name.length() > 1));
    }

    private String text(String pointer, String expected, Predicate<String> valid) {
        JsonNode value = node.at(pointer);
        if (!value.isTextual() || !valid.test(value.textValue())) {
            throw refused(pointer, value, expected);
        }
        return value.textValue();
    }

    private static InvalidFieldException refused(String pointer, JsonNode value, String expected) {
        return new InvalidFieldException(pointer, (value.isMissingNode() ? "missing" : value.toString()) + ": must be "
                + expected);
    }
}
