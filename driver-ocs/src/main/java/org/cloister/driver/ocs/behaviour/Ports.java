package org.cloister.driver.ocs.behaviour;

import org.cloister.driver.ocs.session.OcsSession;
import org.cloister.driver.ocs.session.PortState;
import org.onosproject.net.PortNumber;
import org.onosproject.net.behaviour.PortAdmin;
import org.onosproject.net.driver.AbstractHandlerBehaviour;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Lets light through ports, or keeps it from them. */
public final class Ports extends AbstractHandlerBehaviour implements PortAdmin {

    private static final Logger LOG = LoggerFactory.getLogger(Ports.class);
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    @Override
    public CompletableFuture<Boolean> enable(PortNumber number) {
        return change(number, true);
    }

    @Override
    public CompletableFuture<Boolean> disable(PortNumber number) {
        return change(number, false);
    }

    /** {@inheritDoc} False where there is no such port. */
    @Override
    public CompletableFuture<Boolean> isEnabled(PortNumber number) {
        return CompletableFuture.completedFuture(
                Switches.of(handler()).port(number).map(PortState::enabled).orElse(false));
    }

    private CompletableFuture<Boolean> change(PortNumber number, boolean enable) {
        Switches opticalSwitch = Switches.of(handler());
        Optional<PortState> port = opticalSwitch.port(number);
        Optional<OcsSession> session = opticalSwitch.session();
        if (port.isEmpty() || session.isEmpty()) {
            LOG.warn("Port {} of optical switch {} is not changed: {}", number, opticalSwitch.name(),
                    session.isEmpty() ? "the switch is not connected" : "there is no such port");
            return CompletableFuture.completedFuture(false);
        }
        return session.get().enable(port.get().name(), enable, DEADLINE).handle((done, failure) -> {
            if (failure != null) {
                LOG.warn("Port {} of optical switch {} is not changed: {}", number, opticalSwitch.name(),
                        failure.getMessage());
            }
            return failure == null;
        });
    }
}
