package org.cloister.ocs.control;

import org.onosproject.net.ConnectPoint;

/** No packet switch anywhere. */
final class NoPackets implements PacketLayer {

    @Override
    public PacketPort port(ConnectPoint point) {
        throw new UnsupportedOperationException("port");
    }

    @Override
    public void start(Runnable listener) {
    }

    @Override
    public void stop() {
    }
}
