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
    private boolean broken;

    FakeFabric(Fabric fabric) {
        this.fabric = Optional.of(fabric);
    }

    @Override
    public Optional<Fabric> fabric() {
        if (broken) {
            throw new IllegalStateException("broken");
        }
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

    /** Whether asking for it fails, as nothing should. */
    void breaks(boolean now) {
        broken = now;
    }

    void configure(Optional<Fabric> now) {
        fabric = now;
        List.copyOf(listeners).forEach(Runnable::run);
    }
}
