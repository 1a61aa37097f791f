package org.cloister.isolation.store;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.ReservedLink;
import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.api.Guarantee;
import org.cloister.isolation.api.ImmutableAllocatedMember;
import org.cloister.isolation.api.ImmutableAllocation;
import org.cloister.isolation.api.ImmutableCondition;
import org.cloister.isolation.api.Member;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.program.AdmitLevel;
import org.junit.jupiter.api.Test;

import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;

/** The text is what later versions have to read: a change of it needs another version number. */
class SliceTextTest {

    private static final Instant NOW = Instant.parse("2024-01-01T00:00:00Z");

    private static final String VERSION_1 = "{\"version\":1,\"id\":\"job-1\",\"owner\":\"slurm\","
            + "\"created\":\"2024-01-01T00:00:00Z\",\"generation\":1,\"observedGeneration\":1,"
            + "\"spec\":{\"labels\":{},\"leaseSeconds\":null,\"members\":[{\"host\":\"gpu-001-0\"}],\"nodes\":[],"
            + "\"placement\":null,\"patterns\":[],\"bandwidth\":{\"mode\":\"exclusive\"},\"circuits\":\"forbid\"},"
            + "\"allocation\":{\"tag\":100,\"guarantee\":\"any-timing\",\"maxFlowsPerLink\":1,\"optimal\":true,"
            + "\"suggestedRanks\":null,\"members\":[{\"rank\":0,\"host\":\"gpu-001-0\",\"node\":\"gpu-001\",\"nic\":0,"
            + "\"ipv4\":[\"10.0.1.1\"],\"mac\":\"02:00:00:00:01:01\",\"leaf\":\"leaf-1\",\"port\":\"leaf-1/1\","
            + "\"uplink\":\"leaf-1/5\",\"arpUplink\":\"leaf-1/5\"}],\"links\":[{\"from\":\"leaf-1/5\","
            + "\"to\":\"spine-1/1\",\"reservedBitsPerSecond\":100000000000}],\"circuits\":[]},"
            + "\"devices\":[\"of:0000000000000011\"],\"state\":\"ACTIVE\","
            + "\"since\":\"2024-01-01T00:00:00Z\",\"deadline\":null,\"conditions\":[{\"type\":\"Degraded\","
            + "\"status\":false,\"reason\":\"\",\"message\":\"\",\"since\":\"2024-01-01T00:00:00Z\"}],"
            + "\"phaseMillis\":{\"allocating\":1},\"lease\":null,\"renewedFor\":null,\"refusal\":null}";

    private static final String VERSION_2 = VERSION_1.replace("{\"version\":1", "{\"version\":2").replace(
            "\"state\":\"ACTIVE\"", "\"admitLevel\":\"FIRST\",\"meters\":[],\"proposal\":null,\"move\":null,"
                    + "\"retired\":[],\"state\":\"ACTIVE\"").replace("\"arpUplink\":\"leaf-1/5\"",
            "\"arpUplink\":\"leaf-1/5\",\"detours\":[],\"role\":null,\"limitBitsPerSecond\":null,\"burstBits\":null");

    private static final String VERSION_3 = VERSION_2.replace("{\"version\":2", "{\"version\":3")
            .replace("\"circuits\":\"forbid\"", "\"circuits\":\"forbid\",\"repack\":\"forbid\"")
            .replace("\"optimal\":true", "\"optimal\":true,\"reach\":\"all\"")
            .replace("\"detours\":[]", "\"leafDetours\":[],\"detours\":[]");

    private static final String VERSION_4 = VERSION_3.replace("{\"version\":3", "{\"version\":4")
            .replace("\"conditions\":[", "\"vain\":0,\"conditions\":[");

    private static StoredSlice active() {
        return StoredSlice.builder().id(SliceId.of("job-1")).owner("slurm").created(NOW).observedGeneration(1)
                .spec(SliceSpec.builder().addMembers(Member.of("gpu-001-0")).build())
                .allocation(Allocation.builder().tag(100).guarantee(Guarantee.ANY_TIMING).maxFlowsPerLink(1)
                        .optimal(true)
                        .addMembers(ImmutableAllocatedMember.builder().rank(0).host("gpu-001-0").node("gpu-001").nic(0)
                                .addIpv4("10.0.1.1").mac("02:00:00:00:01:01").leaf("leaf-1")
                                .port(FabricPort.of("leaf-1/1")).uplink(FabricPort.of("leaf-1/5"))
                                .arpUplink(FabricPort.of("leaf-1/5")).build())
                        .addLinks(ReservedLink.of(FabricPort.of("leaf-1/5"), FabricPort.of("spine-1/1"),
                                100_000_000_000L)).build())
                .addDevices("of:0000000000000011")
                .state(SliceState.ACTIVE).since(NOW)
                .addConditions(ImmutableCondition.builder().type("Degraded").status(false).since(NOW).build())
                .putPhaseMillis("allocating", 1).build();
    }

    @Test
    void writesVersion4() {
        assertThat(SliceText.write(active())).isEqualTo(VERSION_4);
    }

    @Test
    void readsVersion4() throws Exception {
        assertThat(SliceText.read(VERSION_4)).isEqualTo(active());
    }

    @Test
    void readsVersion3() throws Exception {
        assertThat(SliceText.read(VERSION_3)).isEqualTo(active());
    }

    @Test
    void keepsWaysOfTheirOwn() throws Exception {
        Allocation plain = active().allocation().orElseThrow();
        Allocation detoured = ImmutableAllocation.copyOf(plain).withReach(Allocation.Reach.PATTERNS)
                .withMembers(ImmutableAllocatedMember.copyOf(plain.members().get(0))
                        .withLeafDetours(Allocation.LeafDetour.of("leaf-2", FabricPort.of("leaf-1/6"))));
        StoredSlice slice = StoredSlice.builder(active()).allocation(detoured).build();
        assertThat(SliceText.write(slice)).contains("\"reach\":\"patterns\"",
                "\"leafDetours\":[{\"toLeaf\":\"leaf-2\",\"uplink\":\"leaf-1/6\"}]");
        assertThat(SliceText.read(SliceText.write(slice))).isEqualTo(slice);
    }

    @Test
    void readsVersion2() throws Exception {
        assertThat(SliceText.read(VERSION_2)).isEqualTo(active());
    }

    @Test
    void keepsWhatASliceIsBecoming() throws Exception {
        StoredSlice slice = active();
        StoredSlice moving = StoredSlice.builder(slice).admitLevel(AdmitLevel.SECOND)
                .addMeters(StoredMeter.builder().device("of:0000000000000011").host("gpu-001-0")
                        .bitsPerSecond(10_000_000).burstBits(1_000_000).id(7).build())
                .proposal(Proposal.builder().spec(slice.spec()).created(NOW).deadline(NOW.plusSeconds(10)).build())
                .move(Move.builder().reason(Move.Reason.CHANGE).phase(Move.Phase.SWITCHING)
                        .allocation(slice.allocation().orElseThrow()).addDevices("of:0000000000000011")
                        .previousSpec(slice.spec()).since(NOW).deadline(NOW.plusSeconds(60)).vain(1).build())
                .addRetired(Retired.builder().allocation(slice.allocation().orElseThrow())
                        .admitLevel(AdmitLevel.FIRST).addDevices("of:0000000000000011").since(NOW)
                        .quiet(NOW.plusSeconds(1)).released(true).build())
                .build();
        assertThat(SliceText.read(SliceText.write(moving))).isEqualTo(moving);
    }

    @Test
    void readsVersion1() throws Exception {
        assertThat(SliceText.read(VERSION_1)).isEqualTo(active());
    }

    @Test
    void keepsTimesToTheNanosecond() throws Exception {
        // requests for one name are told apart by them
        StoredSlice asked = StoredSlice.builder(active()).created(NOW.plusNanos(123_456_789)).build();
        assertThat(SliceText.read(SliceText.write(asked)).created()).isEqualTo(asked.created());
    }

    @Test
    void keepsARefusal() throws Exception {
        StoredSlice refused = StoredSlice.builder(active())
                .refusal(Problem.builder().type(ProblemType.INSUFFICIENT_UPLINKS).detail("leaf-2 has 1 of 2 uplinks")
                        .addErrors(Problem.FieldError.of("/members/3/host", "gpu-9-0", "it is there"))
                        .shortage(Problem.Shortage.of("leaf-2", "uplinks", 2, 1)).build()).build();
        assertThat(SliceText.read(SliceText.write(refused))).isEqualTo(refused);
    }
}
