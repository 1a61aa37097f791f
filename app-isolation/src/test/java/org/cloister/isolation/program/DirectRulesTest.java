package org.cloister.isolation.program;

import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.OpticalTestFabric;
import org.cloister.isolation.allocation.circuits.CircuitAllocator;
import org.cloister.isolation.allocation.planning.CommonSpineAllocator;
import org.cloister.isolation.allocation.validation.Requests;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.CircuitPolicy;
import org.cloister.isolation.api.Member;
import org.cloister.isolation.api.Pattern;
import org.cloister.isolation.api.PatternType;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Host;
import org.cloister.isolation.fabric.Link;
import org.cloister.isolation.program.sim.FabricModel;
import org.cloister.isolation.program.sim.Frame;
import org.cloister.isolation.program.sim.ImmutableFrame;
import org.cloister.isolation.program.sim.Scenario;
import org.cloister.isolation.program.sim.Trace;
import org.cloister.isolation.program.sim.VlanReading;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Two leaves joined by two circuits and no spine; of three hosts on each, two are a slice's: what becomes of packets. */
class DirectRulesTest {

    private static final Fabric FABRIC = new OpticalTestFabric(2, 3, 0, 2)
            .joined(0, "l-0", "l-1").joined(1, "l-0", "l-1").build();

    private final Allocation allocation = allocated();
    private final Scenario scenario = new Scenario(FABRIC, List.of(allocation));
    private final FabricModel model = scenario.model(scenario.rules(CompilerOptions.defaults()),
            VlanReading.OUTER_TAG);

    private static Allocation allocated() {
        SliceSpec spec = SliceSpec.builder().members(Stream.of("h-0-0", "h-0-1", "h-1-0", "h-1-1").map(Member::of)
                .collect(Collectors.toList())).addPatterns(Pattern.of(PatternType.ALL_TO_ALL))
                .circuits(CircuitPolicy.ALLOW).build();
        return Requests.check(FABRIC, spec).fold(
                request -> new CircuitAllocator(new CommonSpineAllocator()).allocate(FABRIC, Ledger.empty(), request),
                problem -> {
                    throw new AssertionError(problem);
                }).fold(found -> found, problem -> {
                    throw new AssertionError(problem);
                });
    }

    private static List<Frame> frames(Host from, Host to) {
        return List.of(Frame.ipv4(from, from.ipv4().get(0), to, to.ipv4().get(0)),
                Frame.arpRequest(from, from.ipv4().get(0), to.ipv4().get(0)));
    }

    @Test
    void everyPairIsDeliveredOverOneCircuitEitherWay() {
        Set<Link> links = Scenario.links(allocation);
        assertThat(links).hasSize(4).isEqualTo(FABRIC.links());
        List<Link> crossed = new ArrayList<>();
        for (AllocatedMember from : allocation.members()) {
            for (AllocatedMember to : allocation.members()) {
                if (from != to) {
                    for (Frame frame : frames(scenario.host(from), scenario.host(to))) {
                        Trace trace = model.send(from.port(), frame);
                        assertThat(trace.deliveries()).as("%s", frame).extracting(Trace.Delivery::port)
                                .containsExactly(to.port());
                        assertThat(trace.crossed()).as("%s", frame).hasSize(from.leaf().equals(to.leaf()) ? 0 : 1);
                        crossed.addAll(trace.crossed());
                    }
                }
            }
        }
        assertThat(crossed).as("each circuit, each way").containsAll(links);
    }

    @Test
    void nobodyElseGetsInAndNothingGetsOut() {
        for (String outside : List.of("h-0-2", "h-1-2")) {
            Host other = FABRIC.hosts().get(outside);
            for (AllocatedMember member : allocation.members()) {
                Host inside = scenario.host(member);
                for (Frame frame : frames(other, inside)) {
                    Frame tagged = ImmutableFrame.builder().from(frame)
                            .tags(List.of(Frame.Tag.of(0x8100, allocation.tag()))).build();
                    for (Frame each : List.of(frame, tagged)) {
                        Trace trace = model.send(other.port(), each);
                        assertThat(trace.deliveries()).as("%s", each).isEmpty();
                        assertThat(trace.crossed()).as("%s", each).isEmpty();
                    }
                }
                for (Frame frame : frames(inside, other)) {
                    assertThat(model.send(member.port(), frame).deliveries()).as("%s", frame).isEmpty();
                }
            }
        }
    }

    /** What came over one circuit would go back over the other, and round for ever. */
    @Test
    void whatArrivesAtALeafDoesNotLeaveItAgain() {
        for (Link link : Scenario.links(allocation)) {
            for (AllocatedMember from : allocation.members()) {
                for (AllocatedMember to : allocation.members()) {
                    for (Frame frame : frames(scenario.host(from), scenario.host(to))) {
                        Frame tagged = ImmutableFrame.builder().from(frame)
                                .tags(List.of(Frame.Tag.of(0x8100, allocation.tag()))).build();
                        assertThat(model.send(link.to(), tagged).crossed()).as("%s over %s", tagged, link).isEmpty();
                    }
                }
            }
        }
    }
}
