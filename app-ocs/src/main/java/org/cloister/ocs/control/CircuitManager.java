package org.cloister.ocs.control;

import org.cloister.driver.ocs.session.CircuitHolds;
import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.driver.ocs.session.OcsSessions;
import org.cloister.ocs.api.CircuitPlan;
import org.cloister.ocs.api.CircuitService;
import org.cloister.ocs.api.DemandStatus;
import org.cloister.ocs.api.FibreEnds;
import org.cloister.ocs.api.OpticalCircuit;
import org.cloister.ocs.api.OpticalView;
import org.cloister.ocs.metrics.CircuitMetrics;
import org.cloister.runtime.Quiescence;
import org.onosproject.cfg.ComponentConfigService;
import org.onosproject.cluster.ClusterService;
import org.onosproject.cluster.LeadershipService;
import org.onosproject.mastership.MastershipAdminService;
import org.onosproject.mastership.MastershipService;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.link.LinkService;
import org.onosproject.store.service.StorageService;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import static org.onlab.util.Tools.groupedThreads;

/**
 * The service that slices and administrators reach circuits by, in ONOS's container: brings services, threads and
 * properties together and passes calls on.
 *
 * <p>Stopping it leaves circuits and demands where they are.
 */
@Component(
        immediate = true,
        service = {CircuitService.class, CircuitHolds.class},
        property = {
            Tuning.DRAINING + ":Integer=" + Tuning.DRAINING_DEFAULT,
            Tuning.SWITCHING + ":Integer=" + Tuning.SWITCHING_DEFAULT,
            Tuning.VERIFYING + ":Integer=" + Tuning.VERIFYING_DEFAULT,
            Tuning.AWAITING + ":Integer=" + Tuning.AWAITING_DEFAULT,
            Tuning.INPUT + "=" + Tuning.INPUT_DEFAULT,
            Tuning.LOSS + "=" + Tuning.LOSS_DEFAULT})
public final class CircuitManager implements CircuitService, CircuitHolds {

    private static final Duration STOPPING = Duration.ofSeconds(5);

    private final Logger log = LoggerFactory.getLogger(getClass());

    @Reference
    private ComponentConfigService componentConfigService;
    @Reference
    private ClusterService clusterService;
    @Reference
    private LeadershipService leadershipService;
    @Reference
    private MastershipService mastershipService;
    @Reference
    private MastershipAdminService mastershipAdminService;
    @Reference
    private DeviceService deviceService;
    @Reference
    private LinkService linkService;
    @Reference
    private StorageService storageService;
    @Reference
    private OcsSessions sessions;
    @Reference
    private CircuitMetrics metrics;

    private volatile Optional<FibreEnds> fibres = Optional.empty();
    private volatile Limits limits = Limits.defaults();
    private volatile CircuitControl circuits;
    private ScheduledExecutorService control;
    private ExecutorService storeEvents;

    /** Starts the control loop, which waits to be the leader. */
    @Activate
    public void activate(ComponentContext context) {
        componentConfigService.registerProperties(getClass());
        readProperties(context);
        control = Executors.newSingleThreadScheduledExecutor(groupedThreads("cloister/circuits", "control", log));
        storeEvents = Executors.newSingleThreadExecutor(groupedThreads("cloister/circuits", "store", log));
        Clock clock = Clock.systemUTC();
        circuits = new CircuitControl(ImmutableServices.builder().local(clusterService.getLocalNode().id())
                .leadership(leadershipService).mastership(mastershipService).mastershipAdmin(mastershipAdminService)
                .storage(storageService).storeEvents(storeEvents).sessions(sessions)
                .packets(new OnosPacketLayer(deviceService, linkService, clock)).fibres(() -> fibres)
                .metrics(metrics).clock(clock).limits(() -> limits).control(control).build());
        circuits.start();
        log.info("Started");
    }

    /** Takes over the component's properties. */
    @Modified
    public void modified(ComponentContext context) {
        readProperties(context);
        circuits.wake();
    }

    private void readProperties(ComponentContext context) {
        limits = Tuning.limits(context == null ? null : context.getProperties());
        log.info("Circuits drain within {}, switch within {}, are verified within {}; light of {} dBm and more, less "
                + "than {} dB lost", limits.draining(), limits.switching(), limits.verifying(),
                limits.minimumInputDbm(), limits.maximumLossDb());
    }

    /** Stops; circuits and demands stay. */
    @Deactivate
    public void deactivate() {
        circuits.stop();
        if (!Quiescence.await(control, STOPPING)) {
            log.warn("The last pass takes more than {} s and is not waited for", STOPPING.toSeconds());
        }
        componentConfigService.unregisterProperties(getClass(), false);
        control.shutdownNow();
        storeEvents.shutdownNow();
        log.info("Stopped");
    }

    /** Takes one that knows the fibres. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    public void bindFibres(FibreEnds known) {
        fibres = Optional.of(known);
        wake();
    }

    /** Does without one that knows the fibres. */
    public void unbindFibres(FibreEnds known) {
        if (fibres.filter(each -> each == known).isPresent()) {
            fibres = Optional.empty();
            wake();
        }
    }

    private void wake() {
        CircuitControl now = circuits;
        if (now != null) {
            now.wake();
        }
    }

    @Override
    public void demand(String owner, Set<OpticalCircuit> wanted) {
        circuits.demand(owner, wanted);
    }

    @Override
    public void release(String owner) {
        circuits.release(owner);
    }

    @Override
    public void disconnect(String owner) {
        circuits.disconnect(owner);
    }

    @Override
    public void disconnect(String owner, Set<OpticalCircuit> wanted) {
        circuits.disconnect(owner, wanted);
    }

    @Override
    public CircuitPlan plan(String owner, Set<OpticalCircuit> wanted) {
        return circuits.plan(owner, wanted);
    }

    @Override
    public Map<String, DemandStatus> demands() {
        return circuits.demands();
    }

    @Override
    public OpticalView view() {
        return circuits.view();
    }

    @Override
    public boolean unquarantine(String opticalSwitch, String port) {
        return circuits.unquarantine(opticalSwitch, port);
    }

    @Override
    public Optional<String> holder(String opticalSwitch, CircuitPorts ports) {
        return circuits.holder(opticalSwitch, ports);
    }

    @Override
    public Map<String, String> quarantined(String opticalSwitch) {
        return circuits.quarantined(opticalSwitch);
    }

    @Override
    public void addListener(Runnable listener) {
        circuits.addListener(listener);
    }

    @Override
    public void removeListener(Runnable listener) {
        circuits.removeListener(listener);
    }
}
