package org.cloister.isolation.control.environment;

import org.onosproject.net.DeviceId;

import java.util.OptionalLong;

/**
 * Asks switches for the statistics of their meters at once, instead of at ONOS's next poll, and knows what they said
 * of their meters when they connected. The answer takes the way of a poll's answer into ONOS's store, which also puts
 * meters back that the switch has lost; nothing is returned here.
 */
public interface MeterReader {

    /** Asks a switch; returns false if this node cannot ask it. */
    boolean read(DeviceId device);

    /** Returns how often a switch has told the statistics of all of its meters since it connected. */
    long answers(DeviceId device);

    /** Returns how many meters a switch can have; empty if it did not say. */
    OptionalLong capacity(DeviceId device);

    /** Reads nothing and knows nothing. */
    static MeterReader none() {
        return new MeterReader() {
            @Override
            public boolean read(DeviceId device) {
                return false;
            }

            @Override
            public long answers(DeviceId device) {
                return 0;
            }

            @Override
            public OptionalLong capacity(DeviceId device) {
                return OptionalLong.empty();
            }
        };
    }
}
