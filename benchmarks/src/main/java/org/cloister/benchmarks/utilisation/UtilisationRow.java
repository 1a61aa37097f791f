package org.cloister.benchmarks.utilisation;

import org.cloister.benchmarks.replay.Estimate;
import org.cloister.isolation.allocation.occupancy.Occupancy;
import org.cloister.isolation.allocation.placement.Placer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** What tenants of one mean size make of a fabric under one rule, over several seeds. */
public final class UtilisationRow {

    private final double meanSize;
    private final String policy;
    private final int seeds;
    private final Estimate utilisation;
    private final Estimate headOfLineLoss;
    private final Estimate flows;

    private UtilisationRow(double meanSize, String policy, List<Sample> samples) {
        this.meanSize = meanSize;
        this.policy = policy;
        this.seeds = samples.size();
        this.utilisation = Estimate.of(samples.stream().mapToDouble(each -> each.run.utilisation()).toArray());
        this.headOfLineLoss = Estimate.of(samples.stream().mapToDouble(each -> each.run.headOfLineLoss()).toArray());
        this.flows = Estimate.of(samples.stream().mapToDouble(each -> each.flows).toArray());
    }

    /**
     * Measures; seeds run side by side on the machine's processors, which changes no figure.
     *
     * @param fabric makes an empty fabric
     * @param tenants how many
     * @param seeds how many, from 1 on
     */
    public static UtilisationRow of(String policy, Placer placer, Supplier<Occupancy> fabric, int tenants,
            double meanSize, int seeds) {
        return new UtilisationRow(meanSize, policy, LongStream.rangeClosed(1, seeds).parallel()
                .mapToObj(seed -> sample(placer, fabric.get(), Tenants.of(tenants, meanSize, seed)))
                .collect(Collectors.toList()));
    }

    private static Sample sample(Placer placer, Occupancy fabric, Tenants tenants) {
        LongAdder slices = new LongAdder();
        LongAdder flows = new LongAdder();
        TenantRun run = TenantRun.of(placer, tenants, fabric, footprint -> {
            if (footprint.links() > 0) {
                slices.increment();
                flows.add(PinnedFlows.most(footprint));
            }
        });
        return new Sample(run, slices.sum() == 0 ? 0 : flows.doubleValue() / slices.sum());
    }

    /** Returns the share of the host time that was used, from the first tenant that waits to the last placement. */
    public Estimate utilisation() {
        return utilisation;
    }

    /** Returns the share that was idle while the next tenant waited although so many hosts were free. */
    public Estimate headOfLineLoss() {
        return headOfLineLoss;
    }

    /** Returns the mean, over slices of several leaves, of {@link PinnedFlows}; 0 without links. */
    public Estimate maxFlowsPerLink() {
        return flows;
    }

    /** Returns the row as the report has it. */
    public Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("meanSize", meanSize);
        figures.put("policy", policy);
        figures.put("utilisation", utilisation.mean());
        figures.put("utilisationHalfWidth", utilisation.halfWidth());
        figures.put("headOfLineLoss", headOfLineLoss.mean());
        figures.put("maxFlowsPerLinkMean", flows.mean());
        figures.put("maxFlowsPerLinkHalfWidth", flows.halfWidth());
        figures.put("seeds", seeds);
        return figures;
    }

    @Override
    public String toString() {
        return figures().toString();
    }

    private static final class Sample {

        private final TenantRun run;
        private final double flows;

        private Sample(TenantRun run, double flows) {
            this.run = run;
            this.flows = flows;
        }
    }
}
