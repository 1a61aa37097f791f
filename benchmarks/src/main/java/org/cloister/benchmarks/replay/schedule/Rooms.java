package org.cloister.benchmarks.replay.schedule;

import org.cloister.benchmarks.placement.LaasPlacer;
import org.cloister.benchmarks.placement.VclosPlacer;
import org.cloister.benchmarks.replay.Policy;
import org.cloister.benchmarks.replay.ReplayFabric;
import org.cloister.isolation.allocation.occupancy.Occupancy;
import org.cloister.isolation.allocation.optical.OpticalFabric;
import org.cloister.isolation.allocation.optical.OpticalOccupancy;
import org.cloister.isolation.allocation.optical.OpticalPlacer;
import org.cloister.benchmarks.placement.LockStepPlacer;
import org.cloister.isolation.allocation.placement.Placer;

/** Makes empty fabrics for policies. */
final class Rooms {

    private Rooms() {
    }

    /** Returns an empty fabric that is given out by a policy's rule. */
    static Room of(Policy policy, ReplayFabric fabric) {
        if (policy == Policy.CLOISTER_OCS) {
            ReplayFabric.Optics optics = fabric.optics().orElseThrow();
            return new OpticalRoom(OpticalOccupancy.dark(OpticalFabric.regular(fabric.leaves(), fabric.hostsPerLeaf(),
                    fabric.spines(), optics.switches(), optics.spinePortsPerSwitch())), new OpticalPlacer());
        }
        return new LinkRoom(Occupancy.empty(fabric.leaves(), fabric.hostsPerLeaf(), fabric.uplinks()), placer(policy));
    }

    private static Placer placer(Policy policy) {
        switch (policy) {
            case VCLOS:
                return new VclosPlacer();
            case LAAS:
                return new LaasPlacer();
            case CLOISTER:
                return new LockStepPlacer();
            default:
                return new FewestLeaves();
        }
    }
}
