package org.cloister.isolation.cli;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.api.FabricView;
import org.cloister.isolation.api.Guarantee;
import org.cloister.isolation.api.ImmutableCondition;
import org.cloister.isolation.api.ImmutableHostView;
import org.cloister.isolation.api.ImmutableLinkView;
import org.cloister.isolation.api.ImmutableRoute;
import org.cloister.isolation.api.ImmutableSwitchView;
import org.cloister.isolation.api.Member;
import org.cloister.isolation.api.Pattern;
import org.cloister.isolation.api.PatternType;
import org.cloister.isolation.api.Route;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.api.SliceState;

import java.time.Instant;

/** A fabric of one leaf and one spine, and a slice in it. */
final class Samples {

    static final Instant THEN = Instant.parse("2024-05-01T12:00:00Z");
    static final FabricPort UPLINK = FabricPort.of("leaf-1/5");
    static final FabricPort DOWNLINK = FabricPort.of("spine-1/1");

    private Samples() {
    }

    static FabricView fabric() {
        return FabricView.builder().version("7f3a").enforce(false)
                .addSwitches(ImmutableSwitchView.builder().name("leaf-1").device("of:0000000000000011")
                        .role(FabricView.SwitchRole.LEAF).available(true).build())
                .addSwitches(ImmutableSwitchView.builder().name("spine-1").device("of:0000000000000021")
                        .role(FabricView.SwitchRole.SPINE).available(false).build())
                .addHosts(ImmutableHostView.builder().name("gpu-1-0").node("gpu-1").nic(0)
                        .port(FabricPort.of("leaf-1/1")).mac("02:00:00:00:01:01").addIpv4("10.0.1.1", "10.9.1.1")
                        .slice(SliceId.of("slurma-1")).build())
                .addLinks(ImmutableLinkView.builder().from(UPLINK).to(DOWNLINK)
                        .capacityBitsPerSecond(100_000_000_000L).reservedBitsPerSecond(2_500_000_000L).build())
                .addLinks(ImmutableLinkView.builder().from(DOWNLINK).to(UPLINK)
                        .capacityBitsPerSecond(100_000_000_000L).reservedBitsPerSecond(0).drained(true).build())
                .addProblems(FabricView.FabricProblem.of("DeviceAbsent", "spine-1", "ONOS does not reach it"))
                .build();
    }

    static Slice slice() {
        return Slice.builder().id(SliceId.of("slurma-1")).owner("slurm").generation(2).observedGeneration(1)
                .state(SliceState.INSTALLING).stateSince(THEN).stateDeadline(THEN.plusSeconds(60))
                .spec(SliceSpec.builder().addMembers(Member.of("gpu-1-0")).addPatterns(Pattern.of(PatternType.RING))
                        .putLabels("cluster", "slurma").build())
                .allocation(Allocation.builder().tag(1207).guarantee(Guarantee.LOCK_STEP).maxFlowsPerLink(1)
                        .optimal(true)
                        .addMembers(Allocation.AllocatedMember.builder().rank(0).host("gpu-1-0").node("gpu-1").nic(0)
                                .addIpv4("10.0.1.1").mac("02:00:00:00:01:01").leaf("leaf-1")
                                .port(FabricPort.of("leaf-1/1")).uplink(UPLINK).build())
                        .addLinks(Allocation.ReservedLink.of(UPLINK, DOWNLINK, 100_000_000_000L)).build())
                .addConditions(ImmutableCondition.builder().type("Degraded").status(true).reason("PortDown")
                        .message("leaf-1/5 is down").since(THEN).build())
                .build();
    }

    static Route route() {
        return ImmutableRoute.builder().fromRank(0).fromHost("gpu-1-0").toLeaf("leaf-2")
                .addHops(UPLINK, FabricPort.of("spine-1/2")).build();
    }
}
