package org.cloister.ocs.control;

import org.onosproject.net.ConnectPoint;

/** What the packet switches at the ends of fibres notice of light. */
interface PacketLayer {

    /** Returns what a port shows now. */
    PacketPort port(ConnectPoint point);

    /** Begins to look; the listener is told of changes from any thread. */
    void start(Runnable listener);

    /** Looks no more. */
    void stop();
}
