package org.cloister.isolation.program;

import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.planning.CommonSpineAllocator;
import org.cloister.isolation.allocation.validation.Requests;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.ReservedLink;
import org.cloister.isolation.api.Member;
import org.cloister.isolation.api.Pattern;
import org.cloister.isolation.api.PatternType;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.program.sim.LeafSpine;
import org.cloister.testing.Reports;
import org.junit.jupiter.api.Test;
import org.onosproject.core.DefaultApplicationId;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How many rules a slice costs, ARP counted: with prefixes at most linear in its members, without them at most
 * members times spines.
 */
class ProgramSizeTest {

    private static final int MEMBERS_PER_LEAF = 16;
    private static final int MOST_MEMBERS = 1024;
    private static final int SPINES = 16;

    /** Admit 2, deliver 2, ascend 2, at spines 1 for ARP and 1 for IPv4, 2 of the links; 1 to spare. */
    private static final int RULES_PER_MEMBER = 11;

    @Test
    void rulesGrowWithMembersAndNeverWithPairs() throws IOException {
        Reports.clear("program");
        List<Map<String, Object>> rows = new ArrayList<>();
        boolean passed = false;
        try {
            for (int members = 8; members <= MOST_MEMBERS; members *= 2) {
                Fabric fabric = LeafSpine.of(MOST_MEMBERS / MEMBERS_PER_LEAF, SPINES, MEMBERS_PER_LEAF);
                Allocation allocation = allToAll(fabric, members);
                rows.add(row(fabric, allocation, true));
                rows.add(row(fabric, allocation, false));
            }
            rows.forEach(System.out::println);
            rows.forEach(ProgramSizeTest::check);
            passed = true;
        } finally {
            System.out.println(Reports.write("program", passed, Map.of("rows", rows)));
        }
    }

    private static void check(Map<String, Object> row) {
        int members = (int) row.get("members");
        int spines = (int) row.get("spines");
        int bound = (boolean) row.get("prefixes") ? RULES_PER_MEMBER * members
                : RULES_PER_MEMBER * members + members * spines;
        assertThat((int) row.get("rules")).as("%s", row).isPositive().isLessThanOrEqualTo(bound);
        // ARP and IPv4 of every member at a spine, or all of a leaf's own rules
        assertThat((int) row.get("maxRulesPerSwitch")).as("%s", row)
                .isLessThanOrEqualTo(2 * members + (int) row.get("leaves") + 6 * MEMBERS_PER_LEAF + SPINES + 1);
    }

    private static Map<String, Object> row(Fabric fabric, Allocation allocation, boolean prefixes) {
        Program program = new OpenFlowCompiler(new DefaultApplicationId(42, "org.cloister"),
                CompilerOptions.builder().prefixes(prefixes).build()).slice(fabric, allocation, Admittance.at(AdmitLevel.FIRST));
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("members", allocation.members().size());
        row.put("leaves", (int) allocation.members().stream().map(Allocation.AllocatedMember::leaf).distinct().count());
        row.put("spines", (int) allocation.links().stream().map(ReservedLink::to)
                .filter(port -> port.switchName().startsWith("spine"))
                .map(port -> port.switchName()).distinct().count());
        row.put("prefixes", prefixes);
        row.put("rules", program.size());
        row.put("maxRulesPerSwitch", program.rules().values().stream().mapToInt(List::size).max().orElse(0));
        return row;
    }

    /** Ranks fill leaf after leaf. */
    private static Allocation allToAll(Fabric fabric, int members) {
        List<Member> hosts = fabric.hosts().values().stream()
                .sorted(Comparator.comparing(host -> host.mac().toLong())).limit(members)
                .map(host -> Member.of(host.name())).collect(Collectors.toList());
        SliceSpec spec = SliceSpec.builder().members(hosts).addPatterns(Pattern.of(PatternType.ALL_TO_ALL)).build();
        return Requests.check(fabric, spec).fold(
                request -> new CommonSpineAllocator().allocate(fabric, Ledger.empty(), request),
                problem -> {
                    throw new AssertionError(problem);
                })
                .fold(allocation -> allocation, problem -> {
                    throw new AssertionError(problem);
                });
    }
}
