package org.cloister.ocs.control;

import org.cloister.driver.ocs.session.OcsSessions;
import org.cloister.ocs.api.FibreEnds;
import org.cloister.ocs.metrics.CircuitMetrics;
import org.immutables.value.Value;
import org.onosproject.cluster.LeadershipService;
import org.onosproject.cluster.NodeId;
import org.onosproject.mastership.MastershipAdminService;
import org.onosproject.mastership.MastershipService;
import org.onosproject.store.service.StorageService;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/** What control needs of the world. */
@Value.Immutable
interface Services {

    /** This node. */
    NodeId local();

    LeadershipService leadership();

    MastershipService mastership();

    MastershipAdminService mastershipAdmin();

    StorageService storage();

    /** Where changes of the store are told, one at a time. */
    Executor storeEvents();

    OcsSessions sessions();

    PacketLayer packets();

    /** Who knows the fibres, if anybody does. */
    Supplier<Optional<FibreEnds>> fibres();

    CircuitMetrics metrics();

    Clock clock();

    Supplier<Limits> limits();

    /** The control thread: one. */
    ScheduledExecutorService control();
}
