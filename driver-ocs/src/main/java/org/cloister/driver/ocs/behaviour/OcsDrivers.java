package org.cloister.driver.ocs.behaviour;

import org.onosproject.alarm.AlarmConsumer;
import org.onosproject.net.behaviour.InternalConnectivity;
import org.onosproject.net.behaviour.LambdaQuery;
import org.onosproject.net.behaviour.PortAdmin;
import org.onosproject.net.driver.Behaviour;
import org.onosproject.net.driver.DefaultDriver;
import org.onosproject.net.driver.Driver;
import org.onosproject.net.driver.DriverAdminService;
import org.onosproject.net.driver.DriverProvider;
import org.onosproject.net.flow.FlowRuleProgrammable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Registers the drivers of optical switches. They differ by name only, for sessions hide what differs; it is a service
 * for those who make devices, since ONOS looks the driver of a device up once.
 */
@Component(immediate = true, service = OcsDrivers.class)
public class OcsDrivers {

    /** Of switches that speak gNMI. */
    public static final String GNMI = "cloister-ocs-gnmi";
    /** Of switches that speak NETCONF. */
    public static final String NETCONF = "cloister-ocs-netconf";

    private static final Map<Class<? extends Behaviour>, Class<? extends Behaviour>> BEHAVIOURS = Map.of(
            FlowRuleProgrammable.class, RulesView.class,
            InternalConnectivity.class, Connectivity.class,
            PortAdmin.class, Ports.class,
            LambdaQuery.class, Lambdas.class,
            AlarmConsumer.class, Alarms.class);

    @Reference
    protected DriverAdminService driverService;

    /** Not used; ONOS calls the drivers as soon as there is a device. */
    @Reference
    protected CircuitRules rules;

    /** Not used; see {@link #rules}. */
    @Reference
    protected AlarmBook alarms;

    private final DriverProvider provider = () -> Set.of(
            driver(GNMI, "OCP", "ocp-gnmi"), driver(NETCONF, "Polatis", "polatis-netconf"));

    @Activate
    protected void activate() {
        driverService.registerProvider(provider);
    }

    @Deactivate
    protected void deactivate() {
        driverService.unregisterProvider(provider);
    }

    private static Driver driver(String name, String manufacturer, String dialect) {
        return new DefaultDriver(name, List.of(), manufacturer, "optical circuit switch", dialect, BEHAVIOURS, Map.of());
    }
}
