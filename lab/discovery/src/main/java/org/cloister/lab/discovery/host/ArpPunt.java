package org.cloister.lab.discovery.host;

import org.onlab.packet.Ethernet;
import org.onosproject.cfg.ComponentConfigService;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreService;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.packet.PacketPriority;
import org.onosproject.net.packet.PacketService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for all ARP at priority CONTROL, 40,000, as stock ONOS's host provider does, and makes nothing of what comes.
 * It stands for the other applications of a controller, whose rules on the switches an isolated fabric must outrank.
 */
@Component(immediate = true)
public class ArpPunt {

    private static final Logger log = LoggerFactory.getLogger(ArpPunt.class);
    private static final String APP_NAME = "org.onosproject.provider.host";
    private static final TrafficSelector ARP = DefaultTrafficSelector.builder().matchEthType(Ethernet.TYPE_ARP).build();

    /** Component properties, described in {@code ArpPunt.cfgdef}; the default is stock ONOS's. */
    @interface Settings {
        boolean requestArp() default true;
    }

    @Reference
    protected CoreService coreService;

    @Reference
    protected PacketService packetService;

    @Reference
    protected ComponentConfigService configService;

    private ApplicationId appId;

    @Activate
    void activate(Settings settings) {
        configService.registerProperties(getClass());
        appId = coreService.registerApplication(APP_NAME);
        modified(settings);
    }

    @Modified
    void modified(Settings settings) {
        if (settings.requestArp()) {
            packetService.requestPackets(ARP, PacketPriority.CONTROL, appId);
        } else {
            packetService.cancelPackets(ARP, PacketPriority.CONTROL, appId);
        }
        log.info("Settings: requestArp={}", settings.requestArp());
    }

    @Deactivate
    void deactivate() {
        packetService.cancelPackets(ARP, PacketPriority.CONTROL, appId);
        configService.unregisterProperties(getClass(), false);
    }
}
