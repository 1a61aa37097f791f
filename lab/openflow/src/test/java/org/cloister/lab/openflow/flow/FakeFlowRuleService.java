package org.cloister.lab.openflow.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.CompletedBatchOperation;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRuleProvider;
import org.onosproject.net.flow.FlowRuleProviderRegistry;
import org.onosproject.net.flow.FlowRuleProviderService;
import org.onosproject.net.flow.TableStatisticsEntry;
import org.onosproject.net.provider.AbstractProviderRegistry;
import org.onosproject.net.provider.AbstractProviderService;

/** The core's side of flow rules: keeps what it is told. */
final class FakeFlowRuleService extends AbstractProviderRegistry<FlowRuleProvider, FlowRuleProviderService>
        implements FlowRuleProviderRegistry {

    final Map<Long, CompletedBatchOperation> completed = new ConcurrentHashMap<>();
    final List<List<FlowEntry>> polls = new ArrayList<>();
    final List<FlowEntry> removed = new ArrayList<>();

    @Override
    protected FlowRuleProviderService createProviderService(FlowRuleProvider provider) {
        return new Service(provider);
    }

    private final class Service extends AbstractProviderService<FlowRuleProvider> implements FlowRuleProviderService {

        private Service(FlowRuleProvider provider) {
            super(provider);
        }

        @Override
        public void flowRemoved(FlowEntry entry) {
            removed.add(entry);
        }

        @Override
        public void pushFlowMetrics(DeviceId deviceId, Iterable<FlowEntry> entries) {
            List<FlowEntry> poll = new ArrayList<>();
            entries.forEach(poll::add);
            polls.add(poll);
        }

        @Override
        public void pushFlowMetricsWithoutFlowMissing(DeviceId deviceId, Iterable<FlowEntry> entries) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void pushTableStatistics(DeviceId deviceId, List<TableStatisticsEntry> tables) {
        }

        @Override
        public void batchOperationCompleted(long batchId, CompletedBatchOperation operation) {
            completed.put(batchId, operation);
        }
    }
}
