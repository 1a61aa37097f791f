package org.cloister.driver.ocs.netconf;

import java.io.IOException;
import java.net.ProtocolException;

/** Carries the bytes of one NETCONF session. */
interface Link {

    /** Sends bytes; blocks while the other side does not take them. */
    void send(byte[] bytes) throws IOException;

    /** Ends it; what waits in {@link #send} gives up. */
    void close();

    /** Is given what arrives. */
    interface Receiver {

        /** Takes bytes; a failure ends the link. */
        void received(byte[] bytes, int offset, int length) throws ProtocolException;

        /** Is told once that nothing more will arrive. */
        void ended(String why);
    }
}
