package org.cloister.isolation.control;

import org.cloister.isolation.config.FabricSource;
import org.cloister.isolation.fabric.Fabric;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A fabric that the test configures. */
final class FakeFabric implements FabricSource {

    private final List<Runnable> listeners = new ArrayList<>();
    private Optional<Fabric> fabric;

    FakeFabric(Fabric fabric) {
        this.fabric = Optional.of(fabric);
    }

    @Override
    public Optional<Fabric> fabric() {
        return fabric;
    }

    @Override
    public void addListener(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public void removeListener(Runnable listener) {
        listeners.remove(listener);
    }

    void configure(Optional<Fabric> now) {
        fabric = now;
        List.copyOf(listeners).forEach(Runnable::run);
    }
}
