package org.cloister.ocs.control;

import org.onosproject.cluster.NodeId;
import org.onosproject.mastership.MastershipAdminService;
import org.onosproject.net.DeviceId;
import org.onosproject.net.MastershipRole;

import java.util.concurrent.CompletableFuture;

/** Mastership that is given to nobody. */
final class NoMastership implements MastershipAdminService {

    @Override
    public CompletableFuture<Void> setRole(NodeId instance, DeviceId device, MastershipRole role) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void balanceRoles() {
    }
}
