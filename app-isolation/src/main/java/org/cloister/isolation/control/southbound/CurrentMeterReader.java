package org.cloister.isolation.control.southbound;

import org.cloister.isolation.control.environment.MeterReader;
import org.onosproject.net.DeviceId;

import java.util.OptionalLong;
import java.util.function.Supplier;

/** The reader that is there at the moment: readers come and go with ONOS's OpenFlow controller. */
public final class CurrentMeterReader implements MeterReader {

    private final Supplier<MeterReader> current;

    /**
     * Creates a reader.
     *
     * @param current returns null while there is none
     */
    public CurrentMeterReader(Supplier<MeterReader> current) {
        this.current = current;
    }

    private MeterReader reader() {
        MeterReader found = current.get();
        return found == null ? MeterReader.none() : found;
    }

    @Override
    public boolean read(DeviceId device) {
        return reader().read(device);
    }

    @Override
    public long answers(DeviceId device) {
        return reader().answers(device);
    }

    @Override
    public OptionalLong capacity(DeviceId device) {
        return reader().capacity(device);
    }
}
