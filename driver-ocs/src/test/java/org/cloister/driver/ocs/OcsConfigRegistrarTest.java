package org.cloister.driver.ocs;

import org.junit.jupiter.api.Test;
import org.onosproject.net.config.ConfigFactory;
import org.onosproject.net.config.NetworkConfigRegistryAdapter;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class OcsConfigRegistrarTest {

    @Test
    void factoryIsThereWhileTheComponentIs() throws Exception {
        List<ConfigFactory<?, ?>> factories = new ArrayList<>();
        OcsConfigRegistrar registrar = new OcsConfigRegistrar();
        registrar.registry = new NetworkConfigRegistryAdapter() {
            @Override
            public void registerConfigFactory(ConfigFactory factory) {
                factories.add(factory);
            }

            @Override
            public void unregisterConfigFactory(ConfigFactory factory) {
                factories.remove(factory);
            }
        };

        registrar.activate();
        assertThat(factories).singleElement().satisfies(factory -> {
            assertThat(factory.subjectFactory().subjectClassKey()).isEqualTo("devices");
            assertThat(factory.configKey()).isEqualTo("ocs");
            assertThat(factory.createConfig()).isInstanceOf(OcsDeviceConfig.class);
        });
        registrar.deactivate();
        assertThat(factories).isEmpty();
    }
}
