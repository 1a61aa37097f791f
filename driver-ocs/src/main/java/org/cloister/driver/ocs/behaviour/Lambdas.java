package org.cloister.driver.ocs.behaviour;

import org.onosproject.net.ChannelSpacing;
import org.onosproject.net.OchSignal;
import org.onosproject.net.PortNumber;
import org.onosproject.net.behaviour.LambdaQuery;
import org.onosproject.net.driver.AbstractHandlerBehaviour;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Mirrors move light of whatever wavelength. ONOS wants slots of a grid, so it gets all of the C band: 96 of 50 GHz,
 * 191.35 to 196.10 THz (ITU-T G.694.1).
 */
public final class Lambdas extends AbstractHandlerBehaviour implements LambdaQuery {

    private static final int FIRST = -35;
    private static final int LAST = 60;

    @Override
    public Set<OchSignal> queryLambdas(PortNumber port) {
        if (Switches.of(handler()).port(port).isEmpty()) {
            return Set.of();
        }
        return IntStream.rangeClosed(FIRST, LAST)
                .mapToObj(multiplier -> OchSignal.newDwdmSlot(ChannelSpacing.CHL_50GHZ, multiplier))
                .collect(Collectors.toSet());
    }
}
