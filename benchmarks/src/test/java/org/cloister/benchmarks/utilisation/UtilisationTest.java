package org.cloister.benchmarks.utilisation;

import org.cloister.benchmarks.placement.HostsOnlyPlacer;
import org.cloister.benchmarks.placement.LaasPlacer;
import org.cloister.isolation.Reports;
import org.cloister.isolation.allocation.occupancy.Occupancy;
import org.cloister.isolation.allocation.placement.CloisterPlacer;
import org.cloister.isolation.allocation.placement.Placer;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** LaaS's tenants on 324 leaves of 36 hosts and 36 spines, by the mean of their sizes and the rule that places them. */
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
        boolean passed = means.values().stream().allMatch(each -> each.get("cloister") >= each.get("laas"));
        Reports.write(REPORT, passed, Map.of("rows", rows));
        assertThat(passed).as(rows.stream().map(Object::toString).collect(Collectors.joining("\n"))).isTrue();
        Map<String, Double> middle = means.get(64);
        assertThat(middle.get("cloister")).as("half of the gap to the hosts-only bound at 64")
                .isGreaterThan((middle.get("laas") + middle.get("hosts-only")) / 2);
    }
}
