package org.cloister.driver.ocs;

import org.onosproject.net.DeviceId;
import org.onosproject.net.config.ConfigFactory;
import org.onosproject.net.config.NetworkConfigRegistry;
import org.onosproject.net.config.basics.SubjectFactories;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Makes ONOS check and keep the configuration of optical switches while Cloister is active. It is a service for those
 * who read that configuration, so that they start when it can be read.
 */
@Component(immediate = true, service = OcsConfigRegistrar.class)
public final class OcsConfigRegistrar {

    private final ConfigFactory<DeviceId, OcsDeviceConfig> factory =
            new ConfigFactory<>(SubjectFactories.DEVICE_SUBJECT_FACTORY, OcsDeviceConfig.class, OcsDeviceConfig.KEY) {
                @Override
                public OcsDeviceConfig createConfig() {
                    return new OcsDeviceConfig();
                }
            };

    @Reference
    NetworkConfigRegistry registry;

    /** Registers the factory. */
    @Activate
    public void activate() {
        registry.registerConfigFactory(factory);
    }

    /** Takes the factory back; ONOS keeps what was written. */
    @Deactivate
    public void deactivate() {
        registry.unregisterConfigFactory(factory);
    }
}
