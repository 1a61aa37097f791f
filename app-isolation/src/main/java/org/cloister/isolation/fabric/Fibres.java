package org.cloister.isolation.fabric;

import org.cloister.isolation.api.FabricPort;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Which fabric port ends at which port of which optical switch. */
public final class Fibres {

    private final Map<String, ? extends Map<String, FabricPort>> ends;
    private final Map<FabricPort, Fibre> byEnd = new HashMap<>();

    private Fibres(Map<String, ? extends Map<String, FabricPort>> ends) {
        this.ends = ends;
        ends.forEach((opticalSwitch, ports) -> ports.forEach((port, end) ->
                byEnd.put(end, new Fibre(opticalSwitch, port))));
    }

    /** Returns the index of fibres by optical switch and port of it. */
    public static Fibres of(Map<String, ? extends Map<String, FabricPort>> ends) {
        return new Fibres(ends);
    }

    /** Returns the fibre at a fabric port; empty if it has none. */
    public Optional<Fibre> at(FabricPort end) {
        return Optional.ofNullable(byEnd.get(end));
    }

    /** Returns the fabric port at the other end of a fibre; empty if the optical switch's port has none. */
    public Optional<FabricPort> end(String opticalSwitch, String port) {
        Map<String, FabricPort> ports = ends.get(opticalSwitch);
        return Optional.ofNullable(ports == null ? null : ports.get(port));
    }

    /** Returns the circuit that a link crosses; empty if it crosses no optical switch, or ends at two. */
    public Optional<Circuit> under(Link link) {
        Fibre from = byEnd.get(link.from());
        Fibre to = byEnd.get(link.to());
        return from == null || to == null || !from.opticalSwitch().equals(to.opticalSwitch()) ? Optional.empty()
                : Optional.of(Circuit.of(from.opticalSwitch(), from.port(), to.port()));
    }

    /** Returns whether a link may exist: it ends at one optical switch, or at none. */
    boolean allow(FabricPort from, FabricPort to) {
        Fibre one = byEnd.get(from);
        Fibre other = byEnd.get(to);
        return one == null ? other == null : other != null && one.opticalSwitch().equals(other.opticalSwitch());
    }

    /** A port of an optical switch with a fibre to a fabric port. */
    public static final class Fibre {

        private final String opticalSwitch;
        private final String port;

        private Fibre(String opticalSwitch, String port) {
            this.opticalSwitch = Objects.requireNonNull(opticalSwitch, "opticalSwitch is null");
            this.port = Objects.requireNonNull(port, "port is null");
        }

        /** Returns the optical switch's name. */
        public String opticalSwitch() {
            return opticalSwitch;
        }

        /** Returns the optical switch's port. */
        public String port() {
            return port;
        }

        @Override
        public String toString() {
            return opticalSwitch + "/" + port;
        }
    }
}
