package org.cloister.isolation.program;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.fabric.Fabric;

/**
 * Turns what is wanted into rules for one kind of switch. Another kind of switch is another compiler; all callers see
 * this interface only.
 */
public interface Compiler {

    /** Returns the rules that deny by default, for every configured switch, whether or not there are slices. */
    Program base(Fabric fabric);

    /**
     * Returns the rules of one slice. Those of switches that the fabric does not know are left out, and the switches
     * named in {@link Program#unknownSwitches()}.
     *
     * @param fabric names the devices of switches; nothing else of it is used, so that a slice's program does not
     *        change when links or hosts come and go
     * @param allocation what the slice got
     * @param admittance how its host ports admit
     * @throws IllegalArgumentException if the allocation contradicts itself
     */
    Program slice(Fabric fabric, Allocation allocation, Admittance admittance);
}
