package org.cloister.driver.ocs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.cloister.driver.ocs.session.OcsSessions;
import org.onosproject.net.DeviceId;
import org.onosproject.net.config.Config;
import org.onosproject.net.config.NetworkConfigEvent;
import org.onosproject.net.config.NetworkConfigListener;
import org.onosproject.net.config.NetworkConfigRegistryAdapter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The network configuration of optical switches, in memory; takes whatever it is given, as what was stored before. */
public final class FakeNetworkConfig extends NetworkConfigRegistryAdapter {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Map<DeviceId, OcsDeviceConfig> configs = new ConcurrentHashMap<>();
    private final List<NetworkConfigListener> listeners = new CopyOnWriteArrayList<>();

    /** Writes the configuration of a switch; JSON with single quotes. */
    public void write(String name, String json) {
        JsonNode node;
        try {
            node = MAPPER.readTree(json.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        DeviceId device = OcsSessions.device(name);
        OcsDeviceConfig config = new OcsDeviceConfig();
        config.init(device, OcsDeviceConfig.KEY, node, MAPPER, changed -> { });
        boolean update = configs.put(device, config) != null;
        tell(update ? NetworkConfigEvent.Type.CONFIG_UPDATED : NetworkConfigEvent.Type.CONFIG_ADDED, device);
    }

    /** Removes the configuration of a switch. */
    public void remove(String name) {
        configs.remove(OcsSessions.device(name));
        tell(NetworkConfigEvent.Type.CONFIG_REMOVED, OcsSessions.device(name));
    }

    private void tell(NetworkConfigEvent.Type type, DeviceId device) {
        listeners.forEach(listener -> listener.event(new NetworkConfigEvent(type, device, OcsDeviceConfig.class)));
    }

    @Override
    @SuppressWarnings("unchecked")
    public <S, C extends Config<S>> Set<S> getSubjects(Class<S> subject, Class<C> config) {
        return (Set<S>) Set.copyOf(configs.keySet());
    }

    @Override
    public <S, C extends Config<S>> C getConfig(S subject, Class<C> config) {
        return config.cast(configs.get(subject));
    }

    @Override
    public void addListener(NetworkConfigListener listener) {
        listeners.add(listener);
    }

    @Override
    public void removeListener(NetworkConfigListener listener) {
        listeners.remove(listener);
    }
}
