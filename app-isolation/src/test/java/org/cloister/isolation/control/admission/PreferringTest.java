package org.cloister.isolation.control.admission;

import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.Preference;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.ImmutableSliceSpec;
import org.cloister.isolation.api.Pattern;
import org.cloister.isolation.api.PatternType;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.control.Bench;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.program.sim.LeafSpine;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;

/** The property that says what to spend. */
class PreferringTest {

    @Test
    void itIsLookedAtWithEveryDecision() {
        Fabric fabric = LeafSpine.of(4, 24, 16);
        AtomicReference<Preference> preference = new AtomicReference<>(Preference.FEWER_SPINES);
        Admission admission = new RequestAdmission(new Preferring(preference::get));
        SliceSpec spec = uneven();
        Allocation spines = decide(admission, fabric, spec);
        preference.set(Preference.FEWER_RULES);
        Allocation rules = decide(admission, fabric, spec);
        assertThat(spines(rules)).isGreaterThan(spines(spines));
        assertThat(exceptions(rules)).isLessThan(exceptions(spines));
    }

    @Test
    void whatIsNoValueIsTheDefault() {
        assertThat(Preferring.of("fewer-rules")).isEqualTo(Preference.FEWER_RULES);
        assertThat(Preferring.of(" Fewer-Rules ")).isEqualTo(Preference.FEWER_RULES);
        for (Object value : new Object[] {null, "", "rules", Preferring.SPINES_TEXT}) {
            assertThat(Preferring.of(value)).isEqualTo(Preference.FEWER_SPINES);
        }
        assertThat(Preferring.text(Preference.FEWER_SPINES)).isEqualTo(Preferring.SPINES_TEXT);
    }

    /** [16,16,16,5] needs 18 spines by source alone and 16 with exceptions (allocation theory, 4). */
    private static SliceSpec uneven() {
        List<String> hosts = new ArrayList<>();
        for (int leaf = 1; leaf <= 4; leaf++) {
            for (int host = 1; host <= (leaf == 4 ? 5 : 16); host++) {
                hosts.add("gpu-" + leaf + "-" + host);
            }
        }
        return ImmutableSliceSpec.copyOf(Bench.spec(hosts.toArray(new String[0])))
                .withPatterns(Pattern.of(PatternType.ALL_TO_ALL));
    }

    private static Allocation decide(Admission admission, Fabric fabric, SliceSpec spec) {
        return admission.decide(fabric, Ledger.empty(), spec, List.of()).fold(allocation -> allocation, problem -> {
            throw new AssertionError(problem);
        });
    }

    private static long spines(Allocation allocation) {
        return allocation.links().stream().map(link -> link.to().switchName())
                .filter(name -> name.startsWith("spine")).distinct().count();
    }

    private static int exceptions(Allocation allocation) {
        return allocation.members().stream().mapToInt(PreferringTest::exceptions).sum();
    }

    private static int exceptions(AllocatedMember member) {
        return member.detours().size() + member.leafDetours().size();
    }
}
