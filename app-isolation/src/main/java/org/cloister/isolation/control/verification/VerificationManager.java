package org.cloister.isolation.control.verification;

import org.cloister.isolation.api.ImmutableVerification;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RefusedException;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.Verification;
import org.cloister.isolation.api.Verification.Difference;
import org.cloister.isolation.api.Verification.Kind;
import org.cloister.isolation.api.VerificationService;
import org.cloister.isolation.config.App;
import org.cloister.isolation.config.FabricSource;
import org.cloister.isolation.control.plan.MeterNeed;
import org.cloister.isolation.control.requests.Removals;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Switch;
import org.cloister.isolation.program.Compiler;
import org.cloister.isolation.program.CompilerOptions;
import org.cloister.isolation.program.OpenFlowCompiler;
import org.cloister.isolation.program.Program;
import org.cloister.isolation.store.SliceStore;
import org.cloister.isolation.store.StoredMeter;
import org.cloister.isolation.store.StoredSlice;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreService;
import org.onosproject.net.DeviceId;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRuleService;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.meter.MeterService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks at ONOS by itself, so that it shows what is there whatever the control loop believes, on every node. It uses
 * the control loop's compiler and document, not its view of switches.
 */
@Component(immediate = true, service = VerificationService.class)
public final class VerificationManager implements VerificationService {

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
    private FabricSource source;

    private Clock clock = Clock.systemUTC();
    private ApplicationId app;
    private Compiler compiler;

    /** Creates a component that gets its services from the container. */
    public VerificationManager() {
    }

    /** Creates one outside a container. */
    public VerificationManager(ApplicationId app, FlowRuleService flowRules, MeterService meters, DeviceService devices,
                               SliceStore store, FabricSource source, Clock clock) {
        this.flowRules = flowRules;
        this.meters = meters;
        this.devices = devices;
        this.store = store;
        this.source = source;
        this.clock = clock;
        start(app);
    }

    /** Learns whose rules are ours. */
    @Activate
    public void activate() {
        start(coreService.registerApplication(App.NAME));
    }

    private void start(ApplicationId id) {
        app = id;
        compiler = new OpenFlowCompiler(app, CompilerOptions.defaults());
    }

    @Override
    public Verification verify(SliceId id) {
        StoredSlice slice = store.slice(id).filter(Removals::exists).orElseThrow(() -> Removals.notFound(id)).slice();
        Fabric fabric = source.fabric().orElseThrow(() -> new RefusedException(Problem.of(ProblemType.NOT_READY,
                "there is no valid configuration of the fabric")));
        Expectation wanted = Expectation.of(fabric, slice, compiler);
        Set<MeterNeed> needs = wanted.nothing() ? Set.of() : MeterNeed.of(fabric, slice);
        Map<MeterNeed, Long> named = named(slice.meters());
        Program base = compiler.base(fabric);

        ImmutableVerification.Builder result = Verification.builder().slice(id).state(slice.state())
                .moving(slice.move().isPresent() || !slice.retired().isEmpty()).at(clock.instant());
        List<Difference> differences = new ArrayList<>();
        wanted.unknownSwitches().forEach(name -> differences.add(Difference.of(name, Kind.NOT_CONFIGURED,
                "the slice needs switch " + name + ", which is not in the configuration")));
        for (Switch each : fabric.switches().values()) {
            SwitchVerifier verifier = new SwitchVerifier(each, devices.isAvailable(each.device()), entries(each.device()))
                    .rules(wanted, base.rules().getOrDefault(each.device(), List.of()))
                    .meters(needs, named, meters(each.device(), needs));
            if (verifier.concerned()) {
                result.addSwitches(verifier.check());
                differences.addAll(verifier.differences());
            }
        }
        return result.differences(differences).build();
    }

    /** Whoever they belong to: what somebody else puts under the slice's tag is what matters most. */
    private List<FlowEntry> entries(DeviceId device) {
        List<FlowEntry> entries = new ArrayList<>();
        flowRules.getFlowEntries(device).forEach(entries::add);
        return entries;
    }

    private Collection<Meter> meters(DeviceId device, Collection<MeterNeed> needs) {
        List<Meter> ours = new ArrayList<>();
        if (needs.stream().anyMatch(need -> need.device().equals(device))) {
            meters.getAllMeters().stream().filter(meter -> device.equals(meter.deviceId())
                    && app.equals(meter.appId())).forEach(ours::add);
        }
        return ours;
    }

    private static Map<MeterNeed, Long> named(Collection<StoredMeter> meters) {
        Map<MeterNeed, Long> named = new HashMap<>();
        meters.forEach(meter -> named.put(MeterNeed.of(meter), meter.id()));
        return named;
    }
}
