package org.cloister.lab.discovery.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.cloister.testing.ComponentSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onosproject.cfg.ComponentConfigAdapter;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreServiceAdapter;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.HostId;
import org.onosproject.net.HostLocation;
import org.onosproject.net.config.Config;
import org.onosproject.net.config.NetworkConfigEvent;
import org.onosproject.net.config.NetworkConfigListener;
import org.onosproject.net.config.NetworkConfigRegistryAdapter;
import org.onosproject.net.config.basics.BasicHostConfig;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.host.HostDescription;
import org.onosproject.net.host.HostProvider;
import org.onosproject.net.host.HostProviderRegistry;
import org.onosproject.net.host.HostProviderService;
import org.onosproject.net.packet.PacketPriority;
import org.onosproject.net.packet.PacketServiceAdapter;
import org.onosproject.net.provider.AbstractProviderRegistry;
import org.onosproject.net.provider.AbstractProviderService;

class HostsTest {

    private static final HostId ONE = HostId.hostId("02:00:00:00:01:01/None");
    private static final HostId TWO = HostId.hostId("02:00:00:00:01:02/None");

    private final NetworkConfig config = new NetworkConfig();
    private final Map<HostId, HostDescription> hosts = new HashMap<>();
    private final NetworkConfigHostProvider provider = new NetworkConfigHostProvider();

    @BeforeEach
    void startWithOneHost() {
        config.set(ONE, "{\"ips\":[\"10.0.1.1\",\"10.0.2.1\"],\"locations\":[\"of:0000000000000001/1\"]}");
        provider.coreService = new CoreServiceAdapter();
        provider.networkConfig = config;
        provider.providerRegistry = new Registry();
        provider.activate();
    }

    @Test
    void hostsThatAreConfiguredAreThereFromTheStart() {
        assertThat(hosts).containsOnlyKeys(ONE);
        HostDescription host = hosts.get(ONE);
        assertThat(host.ipAddress()).containsExactlyInAnyOrder(IpAddress.valueOf("10.0.1.1"), IpAddress.valueOf("10.0.2.1"));
        assertThat(host.locations()).extracting(HostLocation::toString).containsExactly("of:0000000000000001/1");
        assertThat(host.configured()).isTrue();
    }

    @Test
    void hostsComeChangeAndGoWithTheirConfiguration() {
        config.set(TWO, "{\"ips\":[\"10.0.1.2\"],\"locations\":[\"of:0000000000000001/2\"]}");
        config.tell(NetworkConfigEvent.Type.CONFIG_ADDED, TWO);
        assertThat(hosts).containsOnlyKeys(ONE, TWO);
        config.set(TWO, "{\"ips\":[\"10.0.9.9\"],\"locations\":[\"of:0000000000000001/3\"]}");
        config.tell(NetworkConfigEvent.Type.CONFIG_UPDATED, TWO);
        assertThat(hosts.get(TWO).ipAddress()).containsExactly(IpAddress.valueOf("10.0.9.9"));
        assertThat(hosts.get(TWO).location().port().toLong()).isEqualTo(3);
        config.tell(NetworkConfigEvent.Type.CONFIG_REMOVED, TWO);
        assertThat(hosts).containsOnlyKeys(ONE);
    }

    @Test
    void aHostWithoutALocationIsNotMade() {
        config.set(TWO, "{\"ips\":[\"10.0.1.2\"]}");
        config.tell(NetworkConfigEvent.Type.CONFIG_ADDED, TWO);
        assertThat(hosts).containsOnlyKeys(ONE);
    }

    @Test
    void arpIsAskedForAsStocksHostProviderDoesUnlessSwitchedOff() throws Exception {
        List<String> requests = new ArrayList<>();
        ArpPunt punt = new ArpPunt();
        punt.configService = new ComponentConfigAdapter();
        punt.coreService = new CoreServiceAdapter() {
            @Override
            public ApplicationId registerApplication(String name) {
                return new DefaultApplicationId(4, name);
            }
        };
        punt.packetService = new PacketServiceAdapter() {
            @Override
            public void requestPackets(TrafficSelector selector, PacketPriority priority, ApplicationId app) {
                requests.add(selector.criteria() + " " + priority.priorityValue() + " " + app.name());
            }

            @Override
            public void cancelPackets(TrafficSelector selector, PacketPriority priority, ApplicationId app) {
                requests.clear();
            }
        };
        punt.activate(ComponentSettings.of(ArpPunt.Settings.class, Map.of()));
        assertThat(requests).containsExactly("[ETH_TYPE:arp] 40000 org.onosproject.provider.host");
        punt.modified(ComponentSettings.of(ArpPunt.Settings.class, Map.of("requestArp", false)));
        assertThat(requests).isEmpty();
        assertThat(ComponentSettings.declared(ArpPunt.class)).isEqualTo(ComponentSettings.inCode(ArpPunt.Settings.class))
                .containsEntry("requestArp", "BOOLEAN|true");
    }

    private static final class NetworkConfig extends NetworkConfigRegistryAdapter {
        private final Map<HostId, BasicHostConfig> configs = new HashMap<>();
        private NetworkConfigListener listener;

        private void set(HostId host, String json) {
            try {
                BasicHostConfig hostConfig = new BasicHostConfig();
                ObjectMapper mapper = new ObjectMapper();
                hostConfig.init(host, "basic", mapper.readTree(json), mapper, changed -> { });
                configs.put(host, hostConfig);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        private void tell(NetworkConfigEvent.Type type, HostId host) {
            NetworkConfigEvent event = new NetworkConfigEvent(type, host, BasicHostConfig.class);
            assertThat(listener.isRelevant(event)).isTrue();
            listener.event(event);
        }

        @Override
        @SuppressWarnings("unchecked")
        public <S, C extends Config<S>> Set<S> getSubjects(Class<S> subjectClass, Class<C> configClass) {
            return (Set<S>) Set.copyOf(configs.keySet());
        }

        @Override
        public <S, C extends Config<S>> C getConfig(S subject, Class<C> configClass) {
            return configClass.cast(configs.get(subject));
        }

        @Override
        public void addListener(NetworkConfigListener added) {
            listener = added;
        }
    }

    private final class Registry extends AbstractProviderRegistry<HostProvider, HostProviderService>
            implements HostProviderRegistry {
        @Override
        protected HostProviderService createProviderService(HostProvider registered) {
            return new Service(registered);
        }
    }

    private final class Service extends AbstractProviderService<HostProvider> implements HostProviderService {
        private Service(HostProvider registered) {
            super(registered);
        }

        @Override
        public void hostDetected(HostId hostId, HostDescription description, boolean replaceIps) {
            assertThat(replaceIps).isTrue();
            hosts.put(hostId, description);
        }

        @Override
        public void hostVanished(HostId hostId) {
            hosts.remove(hostId);
        }

        @Override
        public void removeIpFromHost(HostId hostId, IpAddress address) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void removeLocationFromHost(HostId hostId, HostLocation location) {
            throw new UnsupportedOperationException();
        }
    }
}
