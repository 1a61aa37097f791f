package org.cloister.isolation.optics;

import org.cloister.isolation.allocation.OpticalTestFabric;
import org.cloister.isolation.config.FabricSource;
import org.cloister.isolation.fabric.Fabric;
import org.junit.jupiter.api.Test;
import org.onosproject.net.ConnectPoint;

import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** Which packet ports are at the ends of fibres. */
class ConfiguredFibresTest {

    private final Fabric fabric = new OpticalTestFabric(2, 1, 1, 2).build();

    @Test
    void endsAreThoseOfTheConfiguration() {
        ConfiguredFibres fibres = new ConfiguredFibres(source(Optional.of(fabric)));

        assertThat(fibres.name("ocs-1", "l-0")).contains("leaf-0/101");
        assertThat(fibres.end("ocs-1", "l-0"))
                .contains(ConnectPoint.deviceConnectPoint("of:0000000000001000/101"));
        assertThat(fibres.end("ocs-1", "77")).isEmpty();
        assertThat(fibres.name("ocs-9", "1")).isEmpty();
    }

    @Test
    void withoutAConfigurationThereAreNone() {
        ConfiguredFibres fibres = new ConfiguredFibres(source(Optional.empty()));

        assertThat(fibres.end("ocs-1", "l-0")).isEmpty();
        assertThat(fibres.name("ocs-1", "l-0")).isEmpty();
    }

    private static FabricSource source(Optional<Fabric> now) {
        return new FabricSource() {
            @Override
            public Optional<Fabric> fabric() {
                return now;
            }

            @Override
            public void addListener(Runnable listener) {
                throw new AssertionError("nobody asks for that");
            }

            @Override
            public void removeListener(Runnable listener) {
                throw new AssertionError("nobody asks for that");
            }
        };
    }
}
