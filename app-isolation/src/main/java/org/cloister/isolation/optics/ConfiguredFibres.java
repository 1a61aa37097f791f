package org.cloister.isolation.optics;

import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.config.FabricSource;
import org.cloister.ocs.api.FibreEnds;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.PortNumber;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import java.util.Optional;

/** Tells the circuit service which packet ports the fabric's configuration has at the ends of fibres. */
@Component(service = FibreEnds.class)
public final class ConfiguredFibres implements FibreEnds {

    @Reference
    private FabricSource source;

    /** Creates a component that gets its source from the container. */
    public ConfiguredFibres() {
    }

    ConfiguredFibres(FabricSource source) {
        this.source = source;
    }

    @Override
    public Optional<ConnectPoint> end(String opticalSwitch, String port) {
        return source.fabric().flatMap(fabric -> fabric.fibreIndex().end(opticalSwitch, port)
                .map(end -> new ConnectPoint(fabric.switches().get(end.switchName()).device(),
                        PortNumber.portNumber(end.number()))));
    }

    @Override
    public Optional<String> name(String opticalSwitch, String port) {
        return source.fabric().flatMap(fabric -> fabric.fibreIndex().end(opticalSwitch, port))
                .map(FabricPort::toString);
    }
}
