package org.cloister.lab.discovery.host;

import java.util.Set;
import java.util.stream.Collectors;
import org.onlab.packet.IpAddress;
import org.onosproject.core.CoreService;
import org.onosproject.net.Host;
import org.onosproject.net.HostId;
import org.onosproject.net.HostLocation;
import org.onosproject.net.config.NetworkConfigEvent;
import org.onosproject.net.config.NetworkConfigListener;
import org.onosproject.net.config.NetworkConfigRegistry;
import org.onosproject.net.config.basics.BasicHostConfig;
import org.onosproject.net.host.DefaultHostDescription;
import org.onosproject.net.host.HostProvider;
import org.onosproject.net.host.HostProviderRegistry;
import org.onosproject.net.host.HostProviderService;
import org.onosproject.net.provider.AbstractProvider;
import org.onosproject.net.provider.ProviderId;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the hosts that stand under {@code hosts} in the network configuration, each with its locations and addresses. */
@Component(immediate = true)
public class NetworkConfigHostProvider extends AbstractProvider implements HostProvider {

    private static final Logger log = LoggerFactory.getLogger(NetworkConfigHostProvider.class);
    private static final String APP_NAME = "org.onosproject.netcfghost";

    @Reference
    protected CoreService coreService;

    @Reference
    protected HostProviderRegistry providerRegistry;

    @Reference
    protected NetworkConfigRegistry networkConfig;

    private final NetworkConfigListener listener = new InternalConfigListener();
    private HostProviderService providerService;

    /** Creates the provider under the name of stock ONOS's. */
    public NetworkConfigHostProvider() {
        super(new ProviderId("host", APP_NAME));
    }

    @Activate
    void activate() {
        coreService.registerApplication(APP_NAME);
        providerService = providerRegistry.register(this);
        networkConfig.addListener(listener);
        networkConfig.getSubjects(HostId.class, BasicHostConfig.class).forEach(this::update);
        log.info("Started");
    }

    @Deactivate
    void deactivate() {
        networkConfig.removeListener(listener);
        providerRegistry.unregister(this);
        log.info("Stopped");
    }

    /** Configuration says where a host is, so there is nothing to ask it. */
    @Override
    public void triggerProbe(Host host) {
    }

    private void update(HostId hostId) {
        BasicHostConfig config = networkConfig.getConfig(hostId, BasicHostConfig.class);
        if (config == null || config.locations() == null || config.locations().isEmpty()) {
            log.warn("Host {} has no locations in the network configuration", hostId);
            return;
        }
        Set<HostLocation> locations = config.locations().stream()
                .map(location -> new HostLocation(location, System.currentTimeMillis()))
                .collect(Collectors.toSet());
        Set<IpAddress> addresses = config.ipAddresses() == null ? Set.of() : config.ipAddresses();
        boolean replaceAddresses = true;
        providerService.hostDetected(
                hostId,
                new DefaultHostDescription(hostId.mac(), hostId.vlanId(), locations, null, addresses,
                                           config.innerVlan(), config.outerTpid(), true),
                replaceAddresses);
    }

    private final class InternalConfigListener implements NetworkConfigListener {
        @Override
        public boolean isRelevant(NetworkConfigEvent event) {
            return event.configClass().equals(BasicHostConfig.class);
        }

        @Override
        public void event(NetworkConfigEvent event) {
            switch (event.type()) {
                case CONFIG_ADDED:
                case CONFIG_UPDATED:
                    update((HostId) event.subject());
                    break;
                case CONFIG_REMOVED:
                    providerService.hostVanished((HostId) event.subject());
                    break;
                default:
            }
        }
    }
}
