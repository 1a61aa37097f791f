package org.cloister.isolation.program;

import org.cloister.isolation.allocation.ImmutableLedger;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.planning.CommonSpineAllocator;
import org.cloister.isolation.allocation.validation.Requests;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.Allocation.Reach;
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
import org.cloister.isolation.program.sim.LeafSpine;
import org.cloister.isolation.program.sim.Scenario;
import org.cloister.isolation.program.sim.Trace;
import org.cloister.isolation.program.sim.VlanReading;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** Three leaves, every two of which have one spine in common that the third has not: what becomes of packets. */
class DetourRulesTest {

    private static final Fabric FABRIC = LeafSpine.of(3, 3, 2);

    private final Allocation allocation = allocated();
    private final Scenario scenario = new Scenario(FABRIC, List.of(allocation));
    private final FabricModel model = scenario.model(scenario.rules(CompilerOptions.defaults()),
            VlanReading.OUTER_TAG);

    private static Allocation allocated() {
        ImmutableLedger.Builder ledger = ImmutableLedger.builder();
        for (Link link : FABRIC.links()) {
            for (int number = 1; number <= 3; number++) {
                List<String> ends = List.of(link.from().switchName(), link.to().switchName());
                if (ends.contains("leaf-" + number) && ends.contains("spine-" + number)) {
                    ledger.putReserved(link, 1L);
                }
            }
        }
        Ledger taken = ledger.build();
        SliceSpec spec = SliceSpec.builder().members(FABRIC.hosts().keySet().stream().map(Member::of)
                .collect(Collectors.toList())).addPatterns(Pattern.of(PatternType.RING)).build();
        return Requests.check(FABRIC, spec).fold(
                request -> new CommonSpineAllocator().allocate(FABRIC, taken, request), problem -> {
                    throw new AssertionError(problem);
                }).fold(found -> found, problem -> {
                    throw new AssertionError(problem);
                });
    }

    @Test
    void everyPairIsDeliveredWhateverItSends() {
        assertThat(allocation.reach()).isEqualTo(Reach.ALL);
        assertThat(allocation.members()).anySatisfy(member -> assertThat(member.leafDetours()).isNotEmpty());
        for (AllocatedMember from : allocation.members()) {
            for (AllocatedMember to : allocation.members()) {
                if (from != to) {
                    Host sender = scenario.host(from);
                    Host receiver = scenario.host(to);
                    for (Frame frame : List.of(
                            Frame.ipv4(sender, sender.ipv4().get(0), receiver, receiver.ipv4().get(0)),
                            Frame.arpRequest(sender, sender.ipv4().get(0), receiver.ipv4().get(0)))) {
                        Trace trace = model.send(from.port(), frame);
                        assertThat(trace.deliveries()).as("%s", frame).extracting(Trace.Delivery::port)
                                .containsExactly(to.port());
                        assertThat(Scenario.links(allocation)).containsAll(trace.crossed());
                    }
                }
            }
        }
    }

    @Test
    void whatComesDownNeverGoesUpAgain() {
        for (Link down : Scenario.links(allocation)) {
            if (down.from().switchName().startsWith("spine")) {
                for (AllocatedMember to : allocation.members()) {
                    for (AllocatedMember from : allocation.members()) {
                        Host sender = scenario.host(from);
                        Host receiver = scenario.host(to);
                        for (Frame frame : List.of(
                                Frame.ipv4(sender, sender.ipv4().get(0), receiver, receiver.ipv4().get(0)),
                                Frame.arpRequest(sender, sender.ipv4().get(0), receiver.ipv4().get(0)))) {
                            Frame tagged = ImmutableFrame.builder().from(frame)
                                    .tags(List.of(Frame.Tag.of(0x8100, allocation.tag()))).build();
                            assertThat(model.send(down.to(), tagged).crossed()).as("%s over %s", tagged, down)
                                    .isEmpty();
                        }
                    }
                }
            }
        }
    }
}
