package org.cloister.ocs.control;

import org.immutables.value.Value;
import org.onosproject.net.ConnectPoint;

/** The packet port at the other end of an optical port's fibre. */
@Value.Immutable
interface FibreSight {

    /** Which. */
    ConnectPoint point();

    /** Its name for people. */
    String name();

    /** What it shows. */
    PacketPort port();
}
