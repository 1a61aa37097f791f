package org.cloister.lab.openflow.meter;

import static org.onlab.util.Tools.groupedThreads;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.cloister.lab.openflow.DeviceIds;
import org.cloister.lab.openflow.SwitchPolls;
import org.onosproject.cfg.ComponentConfigService;
import org.onosproject.core.CoreService;
import org.onosproject.net.DeviceId;
import org.onosproject.net.meter.MeterFailReason;
import org.onosproject.net.meter.MeterOperation;
import org.onosproject.net.meter.MeterOperations;
import org.onosproject.net.meter.MeterProvider;
import org.onosproject.net.meter.MeterProviderRegistry;
import org.onosproject.net.meter.MeterProviderService;
import org.onosproject.net.provider.AbstractProvider;
import org.onosproject.net.provider.ProviderId;
import org.onosproject.openflow.controller.OpenFlowController;
import org.onosproject.openflow.controller.OpenFlowSwitch;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Installs meters on OpenFlow 1.3 switches. A meter counts as installed when the switch's statistics show it, and as
 * failed when the switch says so or when they do not show it in time.
 */
@Component(immediate = true)
public class OpenFlowMeterProvider extends AbstractProvider implements MeterProvider {

    private static final Logger log = LoggerFactory.getLogger(OpenFlowMeterProvider.class);
    private static final String CORE_APP = "org.onosproject.core";
    private static final int ALL_METERS = 0xffffffff;

    /** Component properties, described in {@code OpenFlowMeterProvider.cfgdef}; the defaults are stock ONOS's. */
    @interface Settings {
        int meterStatsPollInterval() default 10;

        boolean forceStatsAfterMeterRemoval() default true;

        int meterExpiryMillis() default 30_000;
    }

    @Reference
    protected MeterProviderRegistry providerRegistry;

    @Reference
    protected OpenFlowController controller;

    @Reference
    protected CoreService coreService;

    @Reference
    protected ComponentConfigService configService;

    private final PendingMeters pendingMeters = new PendingMeters(System::nanoTime);
    private MeterProviderService providerService;
    private ScheduledExecutorService timer;
    private SwitchPolls polls;
    private MeterSessions sessions;
    private volatile Settings settings;

    /** Creates the provider for devices of scheme {@code of}. */
    public OpenFlowMeterProvider() {
        super(new ProviderId("of", "org.onosproject.provider.meter"));
    }

    @Activate
    void activate(Settings initial) {
        configService.registerProperties(getClass());
        settings = initial;
        timer = Executors.newSingleThreadScheduledExecutor(groupedThreads("cloister/lab", "meter-polls-%d", log));
        timer.scheduleWithFixedDelay(this::expireOperations, 1, 1, TimeUnit.SECONDS);
        polls = new SwitchPolls(timer, initial.meterStatsPollInterval(), OpenFlowMeterProvider::statisticsRequest);
        providerService = providerRegistry.register(this);
        sessions = new MeterSessions(controller, providerService, pendingMeters, polls, coreService.getAppId(CORE_APP));
        controller.addListener(sessions);
        controller.addEventListener(sessions);
        controller.getSwitches().forEach(sw -> sessions.switchAdded(sw.getDpid()));
        log.info("Started: {}", describe(initial));
    }

    @Modified
    void modified(Settings changed) {
        if (changed.meterStatsPollInterval() < 1 || changed.meterExpiryMillis() < 1) {
            log.warn("Settings not taken, since meterStatsPollInterval and meterExpiryMillis must be at least 1: {}",
                     describe(changed));
            return;
        }
        settings = changed;
        polls.period(changed.meterStatsPollInterval());
        log.info("Settings: {}", describe(changed));
    }

    @Deactivate
    void deactivate() {
        controller.removeListener(sessions);
        controller.removeEventListener(sessions);
        configService.unregisterProperties(getClass(), false);
        polls.clear();
        timer.shutdownNow();
        providerRegistry.unregister(this);
        log.info("Stopped");
    }

    private static String describe(Settings settings) {
        return "meterStatsPollInterval=" + settings.meterStatsPollInterval()
                + ", forceStatsAfterMeterRemoval=" + settings.forceStatsAfterMeterRemoval()
                + ", meterExpiryMillis=" + settings.meterExpiryMillis();
    }

    private static OFMessage statisticsRequest(OpenFlowSwitch sw) {
        return sw.factory().buildMeterStatsRequest().setMeterId(ALL_METERS).build();
    }

    @Override
    public void performMeterOperation(DeviceId deviceId, MeterOperations operations) {
        operations.operations().forEach(operation -> performMeterOperation(deviceId, operation));
    }

    @Override
    public void performMeterOperation(DeviceId deviceId, MeterOperation operation) {
        OpenFlowSwitch sw = controller.getSwitch(DeviceIds.dpid(deviceId));
        if (sw == null) {
            log.warn("Meter failed, since {} is not connected: {}", deviceId, operation);
            providerService.meterOperationFailed(operation, MeterFailReason.UNKNOWN_DEVICE);
            return;
        }
        OFMessage message;
        try {
            message = MeterModEncoder.encode(operation, sw.factory());
        } catch (IllegalArgumentException e) {
            log.warn("Refused {}: {}", operation, e.getMessage());
            providerService.meterOperationFailed(operation, MeterFailReason.BAD_BAND);
            return;
        }
        if (operation.type() != MeterOperation.Type.REMOVE) {
            pendingMeters.add(operation, Duration.ofMillis(settings.meterExpiryMillis()));
        }
        sw.sendMsg(message);
        if (operation.type() == MeterOperation.Type.REMOVE && settings.forceStatsAfterMeterRemoval()) {
            sw.sendMsg(statisticsRequest(sw));
        }
    }

    private void expireOperations() {
        try {
            for (MeterOperation operation : pendingMeters.expired()) {
                log.warn("Meter failed, since statistics did not show it in {} ms: {}", settings.meterExpiryMillis(), operation);
                providerService.meterOperationFailed(operation, MeterFailReason.TIMEOUT);
            }
        } catch (RuntimeException e) {
            // thrown on, it would keep all later operations from expiring
            log.warn("Cannot expire meter operations", e);
        }
    }
}
