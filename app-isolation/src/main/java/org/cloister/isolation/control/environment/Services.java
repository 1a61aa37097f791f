package org.cloister.isolation.control.environment;

import org.cloister.isolation.allocation.Preference;
import org.cloister.isolation.config.FabricSource;
import org.cloister.isolation.metrics.ControlMetrics;
import org.cloister.isolation.store.DrainStore;
import org.cloister.isolation.store.SettingsStore;
import org.cloister.isolation.store.SliceStore;
import org.immutables.value.Value;
import org.onosproject.cluster.LeadershipService;
import org.onosproject.cluster.NodeId;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.flow.FlowRuleService;
import org.onosproject.net.meter.MeterService;
import org.onosproject.store.service.StorageService;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/** What control needs of the world: ONOS, time, threads. */
@Value.Immutable
@Value.Style(jdkOnly = true, get = "*", visibility = Value.Style.ImplementationVisibility.PUBLIC)
public interface Services {

    /** The owner of all rules. */
    ApplicationId app();

    /**
     * Whether a number is no application's. Rules that carry it are nobody's and are treated as our own that nothing wants;
     * those of another application are its own business.
     */
    @Value.Default
    default IntPredicate nobodys() {
        return number -> false;
    }

    /** This node. */
    NodeId local();

    /** Writes and tells rules. */
    FlowRuleService flowRules();

    /** Writes and tells meters. */
    MeterService meters();

    /** Tells which devices are available. */
    DeviceService devices();

    /** Chooses the leader. */
    LeadershipService leadership();

    /** Keeps the journal. */
    StorageService storage();

    /** Keeps slices. */
    SliceStore store();

    /** Keeps drains. */
    DrainStore drains();

    /** Keeps what the administrator has said. */
    SettingsStore settings();

    /** Tells the fabric. */
    FabricSource fabric();

    /** Reads tables as soon as somebody waits for it; empty while there is nothing that can. */
    Supplier<Optional<TableReader>> reader();

    /** Reads meters as soon as somebody waits for them. */
    MeterReader meterReader();

    /** When rules are read back where that is not urgent. */
    Supplier<ReadBack> readBack();

    /** What to spend where few spines and few rules are not to be had together. */
    @Value.Default
    default Supplier<Preference> preference() {
        return () -> Preference.FEWER_SPINES;
    }

    /** Has circuits made; empty while there is nobody who does. */
    @Value.Default
    default Supplier<Optional<CircuitRequests>> circuits() {
        return Optional::empty;
    }

    /** Tells why switches refuse rules. */
    SwitchErrors switchErrors();

    /** Is told what to count. */
    @Value.Default
    default ControlMetrics metrics() {
        return ControlMetrics.none();
    }

    /** The time. */
    Clock clock();

    /** How long and how often things are tried. */
    Limits limits();

    /** The one thread that decides and writes. */
    ScheduledExecutorService control();

    /** A thread for calls of the meter service. */
    Executor meterCalls();

    /** A thread for deadlines of requests. */
    ScheduledExecutorService timers();

    /** Threads that complete futures. */
    Executor replies();
}
