package org.cloister.benchmarks.utilisation;

import org.cloister.benchmarks.placement.HostsOnlyPlacer;
import org.cloister.benchmarks.placement.LaasPlacer;
import org.cloister.isolation.allocation.occupancy.Occupancy;
import org.cloister.isolation.allocation.placement.CloisterPlacer;
import org.cloister.isolation.allocation.placement.Placer;
import org.cloister.testing.Reports;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * LaaS's tenants on 324 leaves of 36 hosts and 36 spines, by the mean of their sizes and the rule that places them. The
 * rules promise different things: what LaaS's takes can be arranged for any permutation, which nobody does while a job
 * runs; Cloister pins its routes, and then some flows of a slice may meet on a link, which the rows count.
 */
class UtilisationTest {

    private static final String REPORT = "utilisation";
    private static final int TENANTS = 10_000;
    private static final int SEEDS = Reports.isFull() ? 20 : 5;

    @Test
    void isNotLessThanUnderTheRuleOfLaas() throws IOException {
        Reports.clear(REPORT);
        Map<String, Placer> placers = new LinkedHashMap<>();
        placers.put("hosts-only", new HostsOnlyPlacer());
        placers.put("laas", new LaasPlacer());
        placers.put("cloister", new CloisterPlacer());
        List<Map<String, Object>> rows = new ArrayList<>();
        Map<Integer, Map<String, Double>> means = new LinkedHashMap<>();
        for (int meanSize : new int[] {8, 64, 256}) {
            Map<String, Double> byPolicy = new LinkedHashMap<>();
            placers.forEach((policy, placer) -> {
                UtilisationRow row = UtilisationRow.of(policy, placer, () -> Occupancy.empty(324, 36, 36), TENANTS,
                        meanSize, SEEDS);
                rows.add(row.figures());
                byPolicy.put(policy, row.utilisation().mean());
            });
            means.put(meanSize, byPolicy);
        }
        Map<String, Double> middle = means.get(64);
        double half = (middle.get("laas") + middle.get("hosts-only")) / 2;
        boolean notLess = means.values().stream().allMatch(each -> each.get("cloister") >= each.get("laas"));
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("promises", Map.of("hosts-only", "none: the bound", "laas", "rearrangeable, routes not pinned",
                "cloister", "isolated, routes pinned, maxFlowsPerLinkMean of a slice's own flows on a link"));
        report.put("halfOfTheGapAt64", half);
        report.put("rows", rows);
        Reports.write(REPORT, notLess && middle.get("cloister") > half, report);
        assertThat(notLess).as(rows.stream().map(Object::toString).collect(Collectors.joining("\n"))).isTrue();
        assertThat(middle.get("cloister")).as("half of the gap to the hosts-only bound at 64").isGreaterThan(half);
    }
}
