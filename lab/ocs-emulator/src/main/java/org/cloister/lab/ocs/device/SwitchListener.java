package org.cloister.lab.ocs.device;

import java.util.Set;

/** Is told what may look different, on the switch's thread. */
@FunctionalInterface
public interface SwitchListener {

    /** Connections and ports by name, and perhaps what concerns the whole switch, are to be looked at again. */
    void changed(Set<String> connections, Set<String> ports);
}
