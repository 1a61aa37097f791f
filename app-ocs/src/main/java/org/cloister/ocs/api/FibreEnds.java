package org.cloister.ocs.api;

import org.onosproject.net.ConnectPoint;

import java.util.Optional;

/** Tells which packet port is at the other end of an optical switch's fibre. Whoever knows the fabric provides it. */
public interface FibreEnds {

    /** Returns the packet port; empty where none is configured. */
    Optional<ConnectPoint> end(String opticalSwitch, String port);

    /** Returns its name for people, for instance {@code leaf-1/5}; empty where none is configured. */
    Optional<String> name(String opticalSwitch, String port);
}
