package org.cloister.lab.openflow.device;

import static org.onlab.util.Tools.groupedThreads;

import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.cloister.lab.openflow.DeviceIds;
import org.cloister.lab.openflow.Ports;
import org.cloister.lab.openflow.SwitchPolls;
import org.onlab.util.PredictableExecutor;
import org.onosproject.cfg.ComponentConfigService;
import org.onosproject.net.DeviceId;
import org.onosproject.net.MastershipRole;
import org.onosproject.net.PortNumber;
import org.onosproject.net.device.DeviceProvider;
import org.onosproject.net.device.DeviceProviderRegistry;
import org.onosproject.net.device.DeviceProviderService;
import org.onosproject.net.provider.AbstractProvider;
import org.onosproject.net.provider.ProviderId;
import org.onosproject.openflow.controller.OpenFlowController;
import org.onosproject.openflow.controller.OpenFlowSwitch;
import org.onosproject.openflow.controller.RoleState;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.projectfloodlight.openflow.protocol.OFPortConfig;
import org.projectfloodlight.openflow.protocol.OFPortDesc;
import org.projectfloodlight.openflow.protocol.OFPortMod;
import org.projectfloodlight.openflow.types.OFPort;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes ONOS devices of the switches that connect over OpenFlow 1.3. */
@Component(immediate = true)
public class OpenFlowDeviceProvider extends AbstractProvider implements DeviceProvider {

    private static final Logger log = LoggerFactory.getLogger(OpenFlowDeviceProvider.class);
    /** An election can hold a thread for seconds, so few switches share one; a thread starts with its first switch. */
    private static final int EVENT_THREADS = 16;

    /** Component properties, described in {@code OpenFlowDeviceProvider.cfgdef}; the defaults are stock ONOS's. */
    @interface Settings {
        int portStatsPollFrequency() default 5;
    }

    @Reference
    protected DeviceProviderRegistry providerRegistry;

    @Reference
    protected OpenFlowController controller;

    @Reference
    protected ComponentConfigService configService;

    private ScheduledExecutorService timer;
    private PredictableExecutor events;
    private SwitchPolls polls;
    private SwitchSessions sessions;

    /** Creates the provider for devices of scheme {@code of}. */
    public OpenFlowDeviceProvider() {
        super(new ProviderId("of", "org.onosproject.provider.openflow"));
    }

    @Activate
    void activate(Settings settings) {
        start(settings, new PredictableExecutor(EVENT_THREADS, groupedThreads("cloister/lab", "switch-events-%d", log)));
    }

    /** Starts, telling the core of switches on the executor, which becomes this provider's to shut down. */
    void start(Settings settings, PredictableExecutor switchEvents) {
        events = switchEvents;
        configService.registerProperties(getClass());
        timer = Executors.newSingleThreadScheduledExecutor(groupedThreads("cloister/lab", "port-polls-%d", log));
        polls = new SwitchPolls(timer, settings.portStatsPollFrequency(),
                                sw -> sw.factory().buildPortStatsRequest().setPortNo(OFPort.ANY).build());
        DeviceProviderService providerService = providerRegistry.register(this);
        sessions = new SwitchSessions(controller, providerService, polls, events);
        controller.addListener(sessions);
        controller.addEventListener(sessions);
        controller.getSwitches().forEach(sw -> sessions.switchAdded(sw.getDpid()));
        log.info("Started: portStatsPollFrequency={}", settings.portStatsPollFrequency());
    }

    @Modified
    void modified(Settings settings) {
        if (settings.portStatsPollFrequency() < 1) {
            log.warn("Settings not taken, since portStatsPollFrequency must be at least 1: {}",
                     settings.portStatsPollFrequency());
            return;
        }
        polls.period(settings.portStatsPollFrequency());
        log.info("Settings: portStatsPollFrequency={}", settings.portStatsPollFrequency());
    }

    @Deactivate
    void deactivate() {
        controller.removeListener(sessions);
        controller.removeEventListener(sessions);
        configService.unregisterProperties(getClass(), false);
        events.shutdownNow();
        polls.clear();
        timer.shutdownNow();
        providerRegistry.unregister(this);
        log.info("Stopped");
    }

    @Override
    public void triggerProbe(DeviceId deviceId) {
        OpenFlowSwitch sw = connected(deviceId);
        if (sw == null) {
            log.warn("Cannot probe {}: not connected", deviceId);
            sessions.switchRemoved(DeviceIds.dpid(deviceId));
            return;
        }
        sw.sendMsg(sw.factory().buildPortDescStatsRequest().build());
    }

    @Override
    public void roleChanged(DeviceId deviceId, MastershipRole newRole) {
        RoleState role = Roles.toOpenFlow(newRole);
        log.debug("{} becomes {}", deviceId, role);
        controller.setRole(DeviceIds.dpid(deviceId), role);
    }

    @Override
    public boolean isReachable(DeviceId deviceId) {
        return connected(deviceId) != null;
    }

    @Override
    public void changePortState(DeviceId deviceId, PortNumber portNumber, boolean enable) {
        OpenFlowSwitch sw = connected(deviceId);
        if (sw == null) {
            log.warn("Cannot change port {} of {}: not connected", portNumber, deviceId);
            return;
        }
        OFPort number = Ports.toOpenFlow(portNumber);
        OFPortDesc port = sw.getPorts().stream().filter(p -> p.getPortNo().equals(number)).findFirst().orElse(null);
        if (port == null) {
            log.warn("Cannot change port {} of {}: no such port", portNumber, deviceId);
            return;
        }
        OFPortMod mod = sw.factory().buildPortMod()
                .setPortNo(number)
                .setHwAddr(port.getHwAddr())
                .setConfig(enable ? Set.of() : Set.of(OFPortConfig.PORT_DOWN))
                .setMask(Set.of(OFPortConfig.PORT_DOWN))
                .setAdvertise(0)
                .build();
        sw.sendMsg(mod);
    }

    @Override
    public void triggerDisconnect(DeviceId deviceId) {
        OpenFlowSwitch sw = controller.getSwitch(DeviceIds.dpid(deviceId));
        if (sw != null) {
            sw.disconnectSwitch();
            sessions.switchRemoved(sw.getDpid());
        }
    }

    private OpenFlowSwitch connected(DeviceId deviceId) {
        OpenFlowSwitch sw = controller.getSwitch(DeviceIds.dpid(deviceId));
        return sw != null && sw.isConnected() ? sw : null;
    }
}
