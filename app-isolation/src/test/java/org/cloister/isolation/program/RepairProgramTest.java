package org.cloister.isolation.program;

import org.cloister.isolation.allocation.ImmutableRequest;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.Request;
import org.cloister.isolation.allocation.planning.CommonSpineAllocator;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.ImmutableAllocation;
import org.cloister.isolation.api.ImmutablePattern;
import org.cloister.isolation.config.App;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.ImmutableFabric;
import org.cloister.isolation.fabric.Link;
import org.cloister.isolation.program.sim.LeafSpine;
import org.junit.jupiter.api.Test;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.flow.FlowRule;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** How much of a slice's program changes when a link fails, its tag aside. */
class RepairProgramTest {

    private static final int TAG = 100;

    private final Fabric whole = LeafSpine.of(6, 12, 8);
    private final OpenFlowCompiler compiler =
            new OpenFlowCompiler(new DefaultApplicationId(42, App.NAME), CompilerOptions.defaults());
    private final Request request = ImmutableRequest.builder().addAllMembers(whole.hosts().values())
            .addPatterns(ImmutablePattern.builder().type("all-to-all")
                    .addGroups(IntStream.range(0, whole.hosts().size()).boxed().collect(Collectors.toList())).build())
            .build();

    private Allocation allocated(Fabric fabric, Request asked) {
        return new CommonSpineAllocator().allocate(fabric, Ledger.empty(), asked)
                .fold(allocation -> ImmutableAllocation.copyOf(allocation).withTag(TAG), problem -> {
                    throw new AssertionError(problem);
                });
    }

    private Set<String> rules(Fabric fabric, Allocation allocation) {
        Set<String> rules = new TreeSet<>();
        compiler.slice(fabric, allocation, Admittance.at(AdmitLevel.FIRST)).rules().values().forEach(found ->
                found.forEach(rule -> rules.add(text(rule))));
        return rules;
    }

    private static String text(FlowRule rule) {
        return rule.deviceId() + " " + rule.table() + " " + rule.priority() + " " + rule.selector() + " "
                + rule.treatment();
    }

    @Test
    void aLinkDownToALeafChangesRulesOnItsWaysAlone() {
        Allocation before = allocated(whole, request);
        Link failed = before.links().stream().filter(link -> link.to().switchName().equals("leaf-2"))
                .map(link -> Link.of(link.from(), link.to())).findFirst().orElseThrow();
        List<Link> left = new ArrayList<>(whole.links());
        left.remove(failed);
        Fabric less = ImmutableFabric.copyOf(whole).withLinks(left);
        Allocation after = allocated(less, ImmutableRequest.copyOf(request).withPrevious(before));
        Allocation anew = allocated(less, request);
        Set<String> then = rules(whole, before);
        int changed = different(then, rules(whole, after));
        int afresh = different(then, rules(whole, anew));
        assertThat(changed).as("of %d rules; anew it would be %d", then.size(), afresh)
                .isLessThan(then.size() / 3).isLessThan(afresh / 2);
        assertThat(after.guarantee()).isEqualTo(before.guarantee());
    }

    private static int different(Set<String> then, Set<String> now) {
        Set<String> gone = new TreeSet<>(then);
        gone.removeAll(now);
        Set<String> come = new TreeSet<>(now);
        come.removeAll(then);
        return gone.size() + come.size();
    }
}
