package org.cloister.isolation.config;

import com.fasterxml.jackson.databind.JsonNode;
import org.cloister.isolation.fabric.FabricSettings;
import org.cloister.isolation.fabric.Host;
import org.cloister.isolation.fabric.Switch;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.config.Config;

import java.util.SortedMap;

/**
 * The fabric in ONOS's network configuration: {@code apps / org.cloister / fabric}.
 *
 * <p>Every field but {@code enforce} (default true) and {@code fibres} (default none) is mandatory; a switch may lack
 * {@code hostPorts} or {@code fabricPorts} that it has none of. What the configuration contradicts itself in, ONOS
 * refuses at its REST interface with the field's JSON pointer and the reason; nothing is stored then.
 */
public final class FabricConfig extends Config<ApplicationId> {

    /** The key in the network configuration. */
    public static final String KEY = "fabric";

    private static final int LAST_VLAN = 4094;

    /**
     * {@inheritDoc}
     *
     * @throws org.onosproject.net.config.InvalidFieldException naming the first offending field
     */
    @Override
    public boolean isValid() {
        settings();
        return true;
    }

    /**
     * Returns all of it, checked.
     *
     * @throws org.onosproject.net.config.InvalidFieldException naming the first offending field
     */
    public FabricSettings settings() {
        return read(node);
    }

    /**
     * Returns the settings in a document: the value of {@code apps / org.cloister / fabric}.
     *
     * @throws org.onosproject.net.config.InvalidFieldException naming the first offending field
     */
    public static FabricSettings read(JsonNode document) {
        Field root = Field.root(document).only("enforce", "tags", "linkBitsPerSecond", "switches", "hosts", "fibres");
        Field tags = root.at("tags");
        int firstTag = (int) tags.only("first", "last").at("first").integer(1, LAST_VLAN);
        int lastTag = (int) tags.at("last").integer(1, LAST_VLAN);
        if (firstTag > lastTag) {
            throw tags.at("last").refuse("is less than first, " + firstTag);
        }
        SortedMap<String, Switch> switches = new SwitchReader().read(root.at("switches"));
        SortedMap<String, Host> hosts = new HostReader(switches).read(root.at("hosts"));
        return FabricSettings.builder()
                .enforce(!root.at("enforce").isPresent() || root.at("enforce").flag())
                .firstTag(firstTag).lastTag(lastTag)
                .linkBitsPerSecond(root.at("linkBitsPerSecond").integer(1, Long.MAX_VALUE))
                .switches(switches).hosts(hosts)
                .fibres(new FibreReader(switches).read(root.at("fibres")))
                .build();
    }
}
