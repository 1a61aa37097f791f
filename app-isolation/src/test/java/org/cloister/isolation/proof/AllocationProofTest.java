package org.cloister.isolation.proof;

import org.cloister.isolation.Reports;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Guarantee;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The allocator against packets in compiled rules and against exact search, and the report {@code allocation.json}.
 *
 * <p>{@code -Dcloister.seeds=17,4711} repeats single cases of a part, without a report.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AllocationProofTest {

    private static final int LARGE_GRANTED = 20;
    private static final int SAMPLES_OF_RING = 1000;
    private static final double RINGS_FOUND = 0.9;

    private static final Map<String, Object> REPORT = new LinkedHashMap<>();
    private static boolean passed = true;

    @BeforeAll
    static void clear() throws IOException {
        Reports.clear("allocation");
    }

    /** Most cases are small, as sizes are evenly distributed by logarithm; large ones follow until there are enough. */
    @Test
    @Order(1)
    void whatIsPromisedHoldsOverCompiledRules() {
        RuleProof proof = check(seeds(Reports.isFull() ? 4000 : 400), RandomCases::of);
        int enough = Reports.isFull() ? 10 * LARGE_GRANTED : LARGE_GRANTED;
        for (long seed = 1; proof.largeGranted() < enough && !isRepetition(); seed++) {
            proof.check(RandomCases.large(seed));
        }
        REPORT.put("cases", proof.counts().get("cases"));
        REPORT.put("grantedAbove1024Members", proof.largeGranted());
        REPORT.put("casesByAnswer", proof.counts());
        REPORT.put("violations", proof.violations().size());
        passed &= proof.violations().isEmpty();
        assertThat(proof.violations()).isEmpty();
    }

    @Test
    @Order(3)
    void knownShapesComeOutAsTheTheorySays() {
        RuleProof proof = new RuleProof();
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int[] shares : Shapes.UNEVEN) {
            rows.add(Shapes.row(shares, proof.check(Shapes.allToAll(shares))));
        }
        System.out.println(Shapes.table(rows));
        Optional<Allocation> rails = proof.check(Shapes.rails());
        REPORT.put("shapes", rows);
        REPORT.put("railSpines", rails.map(Shapes::spines).orElse(0));
        passed &= proof.violations().isEmpty();
        assertThat(proof.violations()).isEmpty();
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.get("guarantee")).isIn("any-timing", "lock-step");
            assertThat((int) row.get("spines")).isBetween((int) row.get("delta"), (int) row.get("closedForm"));
        });
        assertThat(rails.map(Shapes::spines)).contains(1);
        assertThat(rails.map(Allocation::guarantee)).contains(Guarantee.ANY_TIMING);
    }

    /** Cases have nothing to do with each other; what they show is put together in the order of their seeds. */
    private static RuleProof check(long[] seeds, LongFunction<Case> cases) {
        RuleProof all = new RuleProof();
        Arrays.stream(seeds).parallel().mapToObj(seed -> {
            RuleProof one = new RuleProof();
            one.check(cases.apply(seed));
            return one;
        }).collect(Collectors.toList()).forEach(all::add);
        return all;
    }

    @AfterAll
    static void report() throws IOException {
        if (!isRepetition()) {
            Reports.write("allocation", passed, REPORT);
        }
    }

    private static boolean isRepetition() {
        return System.getProperty("cloister.seeds") != null;
    }

    /** The seeds from 1 to a count, or those that are to be repeated. */
    private static long[] seeds(int count) {
        return isRepetition() ? Arrays.stream(System.getProperty("cloister.seeds").split(","))
                .mapToLong(Long::parseLong).toArray() : LongStream.rangeClosed(1, count).toArray();
    }
}
