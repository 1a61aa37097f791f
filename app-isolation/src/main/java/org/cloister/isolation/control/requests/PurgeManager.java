package org.cloister.isolation.control.requests;

import org.cloister.isolation.api.Drain;
import org.cloister.isolation.api.DrainService;
import org.cloister.isolation.api.ImmutablePurgeReport;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.Purge;
import org.cloister.isolation.api.PurgeReport;
import org.cloister.isolation.api.PurgeReport.SwitchContent;
import org.cloister.isolation.api.PurgeService;
import org.cloister.isolation.api.RefusedException;
import org.cloister.isolation.config.App;
import org.cloister.isolation.config.FabricSource;
import org.cloister.isolation.control.environment.Services;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Switch;
import org.cloister.isolation.store.SettingsStore;
import org.cloister.isolation.store.SliceStore;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreService;
import org.onosproject.net.DeviceId;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRuleService;
import org.onosproject.net.meter.MeterService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Notes that nothing is wanted, for the leader to act on, and counts what is left. */
@Component(immediate = true, service = PurgeService.class)
public final class PurgeManager implements PurgeService {

    private final Logger log = LoggerFactory.getLogger(getClass());

    @Reference
    private CoreService coreService;
    @Reference
    private FlowRuleService flowRules;
    @Reference
    private MeterService meters;
    @Reference
    private DeviceService devices;
    @Reference
    private SliceStore store;
    @Reference
    private SettingsStore settings;
    @Reference
    private FabricSource source;
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile DrainService drains;

    private Clock clock = Clock.systemUTC();
    private ApplicationId app;

    /** Creates a component that gets its services from the container. */
    public PurgeManager() {
    }

    /** Creates one outside a container. */
    public PurgeManager(Services services, DrainService drains) {
        this.flowRules = services.flowRules();
        this.meters = services.meters();
        this.devices = services.devices();
        this.store = services.store();
        this.settings = services.settings();
        this.source = services.fabric();
        this.clock = services.clock();
        this.app = services.app();
        this.drains = drains;
    }

    /** Learns whose rules are ours. */
    @Activate
    public void activate() {
        app = coreService.registerApplication(App.NAME);
    }

    @Override
    public PurgeReport report() {
        Fabric fabric = fabric();
        SortedSet<String> slices = new TreeSet<>();
        store.slices().stream().filter(Removals::exists).forEach(each -> slices.add(each.id().toString()));
        slices.addAll(store.unreadable().keySet());
        ImmutablePurgeReport.Builder report = PurgeReport.builder().purge(settings.purge()).slices(slices)
                .drains(drains().stream().map(Drain::name).collect(Collectors.toList()));
        for (Switch each : fabric.switches().values()) {
            report.addSwitches(SwitchContent.of(each.name(), each.device().toString(),
                    devices.isAvailable(each.device()), rules(each.device()), meters(each.device())));
        }
        return report.build();
    }

    @Override
    public PurgeReport purge(String by) {
        fabric(); // without one nothing could be removed, and what is there would be forgotten
        Purge holds = settings.purge(Purge.of(by, clock.instant()));
        log.warn("Purged by {} at {}: everything of Cloister goes from the configured switches", holds.by(),
                holds.since());
        // what a document that cannot be read stands for goes with all else
        store.unreadable().keySet().forEach(store::discard);
        drains().forEach(drain -> service().ifPresent(each -> each.undrain(drain.name())));
        return report();
    }

    @Override
    public void resume() {
        if (!settings.resume()) {
            throw new RefusedException(Problem.of(ProblemType.NOT_FOUND, "Cloister is not purged"));
        }
        log.warn("The purge was taken back: switches deny by default again, and requests are taken");
    }

    private Fabric fabric() {
        return source.fabric().orElseThrow(() -> new RefusedException(Problem.of(ProblemType.NOT_READY,
                "there is no valid configuration of the fabric, and a switch that is not configured is never touched")));
    }

    private List<Drain> drains() {
        return service().map(DrainService::drains).orElse(List.of());
    }

    private Optional<DrainService> service() {
        return Optional.ofNullable(drains);
    }

    private int rules(DeviceId device) {
        int rules = 0;
        for (FlowEntry entry : flowRules.getFlowEntries(device)) {
            if (entry.appId() == app.id()) {
                rules++;
            }
        }
        return rules;
    }

    private int meters(DeviceId device) {
        return (int) meters.getAllMeters().stream().filter(meter -> device.equals(meter.deviceId())
                && app.equals(meter.appId())).count();
    }
}
