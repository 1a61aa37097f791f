package org.cloister.driver.ocs.gnmi;

import org.cloister.gnmi.Path;
import org.cloister.gnmi.PathElem;

/** Names in the OCP OCS model's tree (0.8.0), as far as a controller of circuits needs them. */
final class OcsTree {

    /** What a switch calls the model in its capabilities. */
    static final String MODEL = "ocp-ocs";

    static final String CONNECTIONS = "connections";
    static final String COMPONENTS = "components";

    /** Below {@link #CONNECTIONS}: when the set of connections was last changed. */
    static final String LAST_CHANGE = "last-change-time";

    // below a connection
    static final String INPUT = "config/input-port-name";
    static final String OUTPUT = "config/output-port-name";
    static final String STATUS = "state/status";
    static final String STATUS_REASON = "state/status-reason";

    // below a component
    static final String PORT_ENABLED = "ocp-ocs-port/config/enabled";
    static final String PORT_INDEX = "ocp-ocs-port/state/index";
    static final String PORT_STATUS = "ocp-ocs-port/state/status";
    static final String PORT_INPUT_POWER = "ocp-ocs-port/state/input-optical-power";
    static final String PORT_OUTPUT_POWER = "ocp-ocs-port/state/output-optical-power";
    static final String PORT_PEER = "ocp-ocs-port/state/connection/peer";
    static final String PORT_CONNECTED = "ocp-ocs-port/state/connection/connected";

    private OcsTree() {
    }

    /** Returns a path of elements without keys. */
    static Path path(String... names) {
        Path.Builder path = Path.newBuilder();
        for (String name : names) {
            path.addElem(PathElem.newBuilder().setName(name));
        }
        return path.build();
    }

    /** Returns the path of an entry of {@code /connections}. */
    static Path connection(String name) {
        return path(CONNECTIONS).toBuilder().addElem(keyed("port-connection", name)).build();
    }

    /** Returns the path of what is configured of an entry of {@code /connections}. */
    static Path connectionConfig(String name) {
        return connection(name).toBuilder().addElem(PathElem.newBuilder().setName("config")).build();
    }

    /** Returns the path of whether a port lets light through. */
    static Path portEnabled(String port) {
        return path(COMPONENTS).toBuilder().addElem(keyed("component", port))
                .addElem(PathElem.newBuilder().setName("ocp-ocs-port"))
                .addElem(PathElem.newBuilder().setName("config"))
                .addElem(PathElem.newBuilder().setName("enabled")).build();
    }

    private static PathElem keyed(String list, String name) {
        return PathElem.newBuilder().setName(list).putKey("name", name).build();
    }
}
