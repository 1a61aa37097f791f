package org.cloister.isolation.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.onosproject.cfg.ComponentConfigAdapter;
import org.onosproject.cfg.ConfigProperty;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreServiceAdapter;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.mastership.MastershipServiceAdapter;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DefaultLink;
import org.onosproject.net.DefaultPort;
import org.onosproject.net.DeviceId;
import org.onosproject.net.Link;
import org.onosproject.net.MastershipRole;
import org.onosproject.net.Port;
import org.onosproject.net.PortNumber;
import org.onosproject.net.config.Config;
import org.onosproject.net.config.ConfigFactory;
import org.onosproject.net.config.NetworkConfigEvent;
import org.onosproject.net.config.NetworkConfigListener;
import org.onosproject.net.config.NetworkConfigRegistryAdapter;
import org.onosproject.net.device.DeviceEvent;
import org.onosproject.net.device.DeviceListener;
import org.onosproject.net.device.DeviceServiceAdapter;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRuleServiceAdapter;
import org.onosproject.net.link.LinkEvent;
import org.onosproject.net.link.LinkListener;
import org.onosproject.net.link.LinkServiceAdapter;
import org.onosproject.net.provider.ProviderId;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** What the fabric is read from, in memory; events come on the caller's thread, as an event thread would bring them. */
final class FakeOnos {

    private static final ProviderId PROVIDER = new ProviderId("of", "test");

    final Core core = new Core();
    final NetworkConfig networkConfig = new NetworkConfig();
    final Devices devices = new Devices();
    final Links links = new Links();
    final Mastership mastership = new Mastership();
    final FlowRules flowRules = new FlowRules();
    final Properties properties = new Properties();

    static final class Core extends CoreServiceAdapter {
        private final Map<String, ApplicationId> ids = new ConcurrentHashMap<>();

        @Override
        public ApplicationId registerApplication(String name) {
            return ids.computeIfAbsent(name, key -> new DefaultApplicationId(ids.size() + 1, key));
        }

        @Override
        public ApplicationId getAppId(Short number) {
            return ids.values().stream().filter(id -> id.id() == number).findAny().orElse(null);
        }
    }

    static final class NetworkConfig extends NetworkConfigRegistryAdapter {
        private final List<NetworkConfigListener> listeners = new CopyOnWriteArrayList<>();
        private volatile ConfigFactory<?, ?> factory;
        private volatile JsonNode document;
        final AtomicInteger reads = new AtomicInteger();

        void set(JsonNode value, NetworkConfigEvent.Type type) {
            document = value;
            NetworkConfigEvent event = new NetworkConfigEvent(type, "subject", FabricConfig.class);
            listeners.stream().filter(each -> each.isRelevant(event)).forEach(each -> each.event(event));
        }

        boolean hasFactory() {
            return factory != null;
        }

        boolean hasListeners() {
            return !listeners.isEmpty();
        }

        @Override
        @SuppressWarnings("rawtypes")
        public void registerConfigFactory(ConfigFactory configFactory) {
            if (!listeners.isEmpty()) {
                throw new IllegalStateException("the factory comes before the listener");
            }
            factory = configFactory;
        }

        @Override
        @SuppressWarnings("rawtypes")
        public void unregisterConfigFactory(ConfigFactory configFactory) {
            factory = null;
        }

        @Override
        public void addListener(NetworkConfigListener listener) {
            listeners.add(listener);
        }

        @Override
        public void removeListener(NetworkConfigListener listener) {
            listeners.remove(listener);
        }

        @Override
        @SuppressWarnings("unchecked")
        public <S, C extends Config<S>> C getConfig(S subject, Class<C> configClass) {
            reads.incrementAndGet();
            if (factory == null || document == null) {
                return null;
            }
            C config = (C) factory.createConfig();
            config.init(subject, factory.configKey(), document, new ObjectMapper(), null);
            return config;
        }
    }

    static final class Devices extends DeviceServiceAdapter {
        final List<DeviceListener> listeners = new CopyOnWriteArrayList<>();
        final Set<DeviceId> available = ConcurrentHashMap.newKeySet();
        final Map<ConnectPoint, Boolean> ports = new ConcurrentHashMap<>();
        final AtomicInteger reads = new AtomicInteger();

        void event(DeviceEvent.Type type) {
            DeviceEvent event = new DeviceEvent(type, null);
            listeners.stream().filter(each -> each.isRelevant(event)).forEach(each -> each.event(event));
        }

        @Override
        public boolean isAvailable(DeviceId device) {
            return available.contains(device);
        }

        @Override
        public List<Port> getPorts(DeviceId device) {
            reads.incrementAndGet();
            return ports.entrySet().stream().filter(port -> port.getKey().deviceId().equals(device))
                    .map(port -> new DefaultPort(null, port.getKey().port(), port.getValue()))
                    .collect(Collectors.toList());
        }

        @Override
        public void addListener(DeviceListener listener) {
            listeners.add(listener);
        }

        @Override
        public void removeListener(DeviceListener listener) {
            listeners.remove(listener);
        }
    }

    static final class Links extends LinkServiceAdapter {
        final List<LinkListener> listeners = new CopyOnWriteArrayList<>();
        final Set<Link> links = ConcurrentHashMap.newKeySet();

        void add(String from, String to, Link.Type type) {
            Link link = DefaultLink.builder().providerId(PROVIDER).type(type)
                    .src(ConnectPoint.deviceConnectPoint(from)).dst(ConnectPoint.deviceConnectPoint(to)).build();
            links.add(link);
            listeners.forEach(each -> each.event(new LinkEvent(LinkEvent.Type.LINK_ADDED, link)));
        }

        @Override
        public Iterable<Link> getLinks() {
            return new ArrayList<>(links);
        }

        @Override
        public void addListener(LinkListener listener) {
            listeners.add(listener);
        }

        @Override
        public void removeListener(LinkListener listener) {
            listeners.remove(listener);
        }
    }

    static final class Mastership extends MastershipServiceAdapter {
        final Set<DeviceId> ofOthers = ConcurrentHashMap.newKeySet();

        @Override
        public MastershipRole getLocalRole(DeviceId device) {
            return ofOthers.contains(device) ? MastershipRole.STANDBY : MastershipRole.MASTER;
        }
    }

    static final class FlowRules extends FlowRuleServiceAdapter {
        final Map<DeviceId, List<FlowEntry>> entries = new ConcurrentHashMap<>();
        volatile RuntimeException trouble;

        @Override
        public Iterable<FlowEntry> getFlowEntries(DeviceId device) {
            if (trouble != null) {
                throw trouble;
            }
            return entries.getOrDefault(device, List.of());
        }
    }

    static final class Properties extends ComponentConfigAdapter {
        final Map<String, Boolean> values = new ConcurrentHashMap<>();

        @Override
        public Set<ConfigProperty> getProperties(String component) {
            return component.equals("org.onosproject.net.flow.impl.FlowRuleManager") ? values.entrySet().stream()
                    .map(value -> ConfigProperty.setProperty(ConfigProperty.defineProperty(value.getKey(),
                            ConfigProperty.Type.BOOLEAN, "false", ""), value.getValue().toString()))
                    .collect(Collectors.toSet()) : Set.of();
        }
    }

    static ConnectPoint port(String device, long number) {
        return new ConnectPoint(DeviceId.deviceId(device), PortNumber.portNumber(number));
    }
}
