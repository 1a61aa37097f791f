package org.cloister.driver.ocs.netconf;

import org.cloister.driver.ocs.session.OcsException;
import org.cloister.driver.ocs.session.OcsException.Reason;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Opens and shuts ports. */
final class Ports {

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final NetconfChannel channel;

    Ports(NetconfChannel channel) {
        this.channel = channel;
    }

    /**
     * Lets light through a port or keeps it from it; done when the switch shows it.
     *
     * @throws OcsException {@code DEADLINE} if it says yes and never shows it
     */
    void enable(int port, boolean enabled, Function<Deadline, Reading> read, Deadline deadline) {
        String what = (enabled ? "enable" : "disable") + " port " + port;
        try {
            channel.ask(PolatisModel.setState(port, enabled), deadline);
        } catch (RpcRefused e) {
            throw e.toOcsException(what);
        }
        while (read.apply(deadline).isEnabled(port) != enabled) {
            if (deadline.left().compareTo(PAUSE) <= 0) {
                throw new OcsException(Reason.DEADLINE, what + ": accepted, and not shown within " + deadline);
            }
            try {
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new OcsException(Reason.LOST, what + ": interrupted");
            }
        }
    }
}
