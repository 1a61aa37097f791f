package org.cloister.driver.ocs.provider;

import org.cloister.driver.ocs.behaviour.Light;
import org.cloister.driver.ocs.session.Capability;
import org.cloister.driver.ocs.session.PortState;
import org.cloister.driver.ocs.session.PortStatus;
import org.onosproject.net.AnnotationKeys;
import org.onosproject.net.DefaultAnnotations;
import org.onosproject.net.DeviceId;
import org.onosproject.net.Port;
import org.onosproject.net.PortNumber;
import org.onosproject.net.device.DefaultPortDescription;
import org.onosproject.net.device.DefaultPortStatistics;
import org.onosproject.net.device.PortDescription;
import org.onosproject.net.device.PortStatistics;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Ports of an optical switch as ports of ONOS. One is enabled while light could pass: an administrator allows it, it is
 * not broken, and light comes in where that is measured; whether it has a circuit does not matter, for ONOS plans with
 * ports that are enabled. What ONOS has no field for is an annotation.
 */
final class PortDescriptions {

    static final String STATUS = "status";
    static final String PEER = "peer";
    static final String INPUT_POWER = "inputPowerDbm";
    static final String OUTPUT_POWER = "outputPowerDbm";

    private PortDescriptions() {
    }

    static PortNumber number(PortState port) {
        return PortNumber.portNumber(port.number());
    }

    static boolean isEnabled(PortState port, Set<Capability> capabilities) {
        return port.enabled() && port.status() != PortStatus.FAILED
                && (!capabilities.contains(Capability.OPTICAL_POWER) || Light.comesIn(port, capabilities));
    }

    /** Returns a port with the given annotations, and without those that it had before and has no more. */
    static PortDescription of(PortState port, boolean enabled, SortedMap<String, String> annotations,
                              Set<String> before) {
        DefaultAnnotations.Builder builder = DefaultAnnotations.builder();
        // ONOS adds what it is told to what it knows
        before.stream().filter(key -> !annotations.containsKey(key)).forEach(builder::remove);
        annotations.forEach(builder::set);
        return DefaultPortDescription.builder().withPortNumber(number(port)).isEnabled(enabled)
                .type(Port.Type.FIBER).annotations(builder.build()).build();
    }

    /** Returns what is not measured. */
    static SortedMap<String, String> states(PortState port) {
        SortedMap<String, String> annotations = new TreeMap<>();
        annotations.put(AnnotationKeys.PORT_NAME, port.name());
        annotations.put(AnnotationKeys.ADMIN_STATE, port.enabled() ? "enabled" : "disabled");
        annotations.put(STATUS, port.status().toString());
        port.peer().ifPresent(peer -> annotations.put(PEER, peer));
        return annotations;
    }

    /** Returns what is measured. */
    static SortedMap<String, String> powers(PortState port) {
        SortedMap<String, String> annotations = new TreeMap<>();
        put(annotations, INPUT_POWER, port.inputPowerDbm());
        put(annotations, OUTPUT_POWER, port.outputPowerDbm());
        return annotations;
    }

    /** Returns the statistics of a port: light is not counted in packets, so all there is of them is the power. */
    static PortStatistics statistics(DeviceId device, PortState port) {
        DefaultAnnotations.Builder annotations = DefaultAnnotations.builder();
        powers(port).forEach(annotations::set);
        return DefaultPortStatistics.builder().setDeviceId(device).setPort(number(port))
                .setAnnotations(annotations.build()).build();
    }

    private static void put(SortedMap<String, String> annotations, String key, OptionalDouble power) {
        // a tenth of a decibel is what such instruments are good for
        power.ifPresent(dbm -> annotations.put(key, String.format(Locale.ROOT, "%.1f", dbm)));
    }
}
