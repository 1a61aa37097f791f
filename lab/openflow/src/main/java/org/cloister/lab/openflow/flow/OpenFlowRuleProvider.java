package org.cloister.lab.openflow.flow;

import static org.onlab.util.Tools.groupedThreads;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.cloister.lab.openflow.DeviceIds;
import org.cloister.lab.openflow.SwitchListener;
import org.cloister.lab.openflow.SwitchPolls;
import org.onosproject.cfg.ComponentConfigService;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleProvider;
import org.onosproject.net.flow.FlowRuleProviderRegistry;
import org.onosproject.net.flow.FlowRuleProviderService;
import org.onosproject.net.flow.oldbatch.FlowRuleBatchEntry;
import org.onosproject.net.flow.oldbatch.FlowRuleBatchEntry.FlowRuleOperation;
import org.onosproject.net.flow.oldbatch.FlowRuleBatchOperation;
import org.onosproject.net.provider.AbstractProvider;
import org.onosproject.net.provider.ProviderId;
import org.onosproject.net.statistic.DefaultLoad;
import org.onosproject.openflow.controller.Dpid;
import org.onosproject.openflow.controller.OpenFlowController;
import org.onosproject.openflow.controller.OpenFlowSwitch;
import org.onosproject.openflow.controller.RoleState;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.projectfloodlight.openflow.protocol.OFCapabilities;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Installs flow rules on OpenFlow 1.3 switches. A batch goes out in one write: its FlowMods in no particular order,
 * as in stock ONOS, then a barrier. The reply to the barrier completes the batch; the rules that the switch complained
 * about, and those that could not be encoded, are its failures. Reasons are in the log: ONOS's result has no place for them.
 */
@Component(immediate = true)
public class OpenFlowRuleProvider extends AbstractProvider implements FlowRuleProvider {

    private static final Logger log = LoggerFactory.getLogger(OpenFlowRuleProvider.class);

    /** Component properties, described in {@code OpenFlowRuleProvider.cfgdef}; the defaults are stock ONOS's. */
    @interface Settings {
        int flowPollFrequency() default 5;

        boolean pausePollsUnderLoad() default true;

        int batchExpiryMillis() default 10_000;
    }

    @Reference
    protected FlowRuleProviderRegistry providerRegistry;

    @Reference
    protected OpenFlowController controller;

    @Reference
    protected ComponentConfigService configService;

    private final PendingBatches pendingBatches = new PendingBatches(System::nanoTime);
    private final InternalSwitchListener switchListener = new InternalSwitchListener();
    private FlowMessageListener messageListener;
    private FlowRuleProviderService providerService;
    private ScheduledExecutorService timer;
    private FlowPolls flowPolls;
    private SwitchPolls tablePolls;
    private volatile Duration batchExpiry;

    /** Creates the provider for devices of scheme {@code of}. */
    public OpenFlowRuleProvider() {
        super(new ProviderId("of", "org.onosproject.provider.openflow"));
    }

    @Activate
    void activate(Settings settings) {
        configService.registerProperties(getClass());
        timer = Executors.newSingleThreadScheduledExecutor(groupedThreads("cloister/lab", "flow-polls-%d", log));
        flowPolls = new FlowPolls(timer, settings.flowPollFrequency(), settings.pausePollsUnderLoad());
        tablePolls = new SwitchPolls(timer, settings.flowPollFrequency(), sw -> sw.factory().buildTableStatsRequest().build());
        batchExpiry = Duration.ofMillis(settings.batchExpiryMillis());
        timer.scheduleWithFixedDelay(this::expireBatches, 1, 1, TimeUnit.SECONDS);
        providerService = providerRegistry.register(this);
        messageListener = new FlowMessageListener(providerService, pendingBatches, flowPolls);
        controller.addEventListener(messageListener);
        controller.addListener(switchListener);
        controller.getSwitches().forEach(this::startPolls);
        log.info("Started: {}", describe(settings));
    }

    @Modified
    void modified(Settings settings) {
        if (settings.flowPollFrequency() < 1 || settings.batchExpiryMillis() < 1) {
            log.warn("Settings not taken, since flowPollFrequency and batchExpiryMillis must be at least 1: {}", describe(settings));
            return;
        }
        flowPolls.configure(settings.flowPollFrequency(), settings.pausePollsUnderLoad());
        tablePolls.period(settings.flowPollFrequency());
        batchExpiry = Duration.ofMillis(settings.batchExpiryMillis());
        // what turns counters into rates must know how far apart they are
        DefaultLoad.setPollInterval(settings.flowPollFrequency());
        log.info("Settings: {}", describe(settings));
    }

    @Deactivate
    void deactivate() {
        controller.removeListener(switchListener);
        controller.removeEventListener(messageListener);
        configService.unregisterProperties(getClass(), false);
        flowPolls.clear();
        tablePolls.clear();
        timer.shutdownNow();
        providerRegistry.unregister(this);
        log.info("Stopped");
    }

    private static String describe(Settings settings) {
        return "flowPollFrequency=" + settings.flowPollFrequency()
                + ", pausePollsUnderLoad=" + settings.pausePollsUnderLoad()
                + ", batchExpiryMillis=" + settings.batchExpiryMillis();
    }

    @Override
    public void applyFlowRule(FlowRule... flowRules) {
        send(FlowRuleOperation.ADD, flowRules);
    }

    @Override
    public void removeFlowRule(FlowRule... flowRules) {
        send(FlowRuleOperation.REMOVE, flowRules);
    }

    /** Sends rules outside of a batch: nobody is told what became of them but by the next poll. */
    private void send(FlowRuleOperation operation, FlowRule... rules) {
        UnsupportedRuleException refusal = null;
        for (FlowRule rule : rules) {
            Dpid dpid = DeviceIds.dpid(rule.deviceId());
            OpenFlowSwitch sw = controller.getSwitch(dpid);
            if (sw == null) {
                log.debug("{} of {} waits for its switch", operation, rule);
                continue;
            }
            try {
                sw.sendMsg(FlowModEncoder.encode(operation, rule, sw.factory(), 0));
                flowPolls.record(dpid, 1);
            } catch (UnsupportedRuleException e) {
                log.warn("Refused to {} {}: {}", operation, rule, e.getMessage());
                refusal = e;
            }
        }
        if (refusal != null) {
            throw refusal;
        }
    }

    @Override
    public void executeBatch(FlowRuleBatchOperation batch) {
        PendingBatch pending = new PendingBatch(batch);
        Dpid dpid = DeviceIds.dpid(batch.deviceId());
        OpenFlowSwitch sw = controller.getSwitch(dpid);
        if (sw == null) {
            log.warn("Batch {} failed: {} is not connected", batch.id(), batch.deviceId());
            pending.failAll();
            providerService.batchOperationCompleted(batch.id(), pending.completed());
            return;
        }
        List<OFMessage> messages = new ArrayList<>(encode(batch, pending, sw));
        if (messages.isEmpty()) {
            providerService.batchOperationCompleted(batch.id(), pending.completed());
            return;
        }
        messages.add(sw.factory().buildBarrierRequest().setXid(pending.xid()).build());
        pendingBatches.add(pending, batchExpiry);
        sw.sendMsg(messages);
        flowPolls.record(dpid, messages.size());
    }

    /** Returns the batch's FlowMods, unordered on purpose; the rules that have none are marked as failed. */
    private static Set<OFMessage> encode(FlowRuleBatchOperation batch, PendingBatch pending, OpenFlowSwitch sw) {
        Set<OFMessage> mods = new HashSet<>();
        for (FlowRuleBatchEntry entry : batch.getOperations()) {
            try {
                mods.add(FlowModEncoder.encode(entry.operator(), entry.target(), sw.factory(), pending.xid()));
            } catch (UnsupportedRuleException e) {
                log.warn("Batch {}: refused to {} {}: {}", batch.id(), entry.operator(), entry.target(), e.getMessage());
                pending.fail(entry.target());
            }
        }
        return mods;
    }

    private void expireBatches() {
        try {
            for (PendingBatch batch : pendingBatches.expired()) {
                log.warn("Batch {} failed: {} did not reply to its barrier in {}", batch.id(), batch.deviceId(), batchExpiry);
                batch.failAll();
                providerService.batchOperationCompleted(batch.id(), batch.completed());
            }
        } catch (RuntimeException e) {
            // thrown on, it would keep all later batches from expiring
            log.warn("Cannot expire batches", e);
        }
    }

    private void startPolls(OpenFlowSwitch sw) {
        Set<OFCapabilities> capabilities = sw.features().getCapabilities();
        if (capabilities.contains(OFCapabilities.FLOW_STATS)) {
            flowPolls.add(sw);
        }
        if (capabilities.contains(OFCapabilities.TABLE_STATS)) {
            tablePolls.add(sw);
        }
        if (controller.getSwitch(sw.getDpid()) == null) {
            // it went away meanwhile, and its removal came before the polls were there
            switchListener.switchRemoved(sw.getDpid());
        }
    }

    private final class InternalSwitchListener implements SwitchListener {
        @Override
        public void switchAdded(Dpid dpid) {
            OpenFlowSwitch sw = controller.getSwitch(dpid);
            if (sw != null) {
                startPolls(sw);
            }
        }

        @Override
        public void switchRemoved(Dpid dpid) {
            flowPolls.remove(dpid);
            tablePolls.remove(dpid);
        }

        @Override
        public void receivedRoleReply(Dpid dpid, RoleState requested, RoleState response) {
            if (response == RoleState.MASTER) {
                flowPolls.restart(dpid);
            }
        }
    }
}
