package org.cloister.isolation.proof;

import org.cloister.isolation.allocation.ImmutableLedger;
import org.cloister.isolation.allocation.planning.CommonSpineAllocator;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.Allocation.ReservedLink;
import org.cloister.isolation.api.Guarantee;
import org.cloister.isolation.api.ImmutableAllocatedMember;
import org.cloister.isolation.api.ImmutableAllocation;
import org.cloister.isolation.fabric.Link;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The proof notices what an allocator might get wrong. */
class RuleProofTest {

    private final Case problem = Shapes.allToAll(4, 3);
    private final ImmutableAllocation right = ImmutableAllocation.copyOf(new CommonSpineAllocator()
            .allocate(problem.fabric(), problem.ledger(), problem.request()).fold(allocation -> allocation, refusal -> {
                throw new AssertionError(refusal);
            }));

    private List<String> violations(Case asked, Allocation allocation) {
        RuleProof proof = new RuleProof();
        proof.check(asked, allocation);
        return proof.violations();
    }

    @Test
    void nothingIsWrongWithTheAllocatorsAnswer() {
        assertThat(right.guarantee()).isEqualTo(Guarantee.LOCK_STEP);
        assertThat(violations(problem, right)).isEmpty();
    }

    @Test
    void noticesASenderOnAnothersUplink() {
        List<AllocatedMember> members = new ArrayList<>(right.members());
        members.set(4, ImmutableAllocatedMember.copyOf(members.get(4)).withUplink(members.get(5).uplink()));
        assertThat(violations(problem, right.withMembers(members))).anySatisfy(text ->
                assertThat(text).contains("of all-to-all crosses link"));
    }

    @Test
    void noticesABoundThatIsTooLow() {
        assertThat(violations(problem, right.withMaxFlowsPerLink(right.maxFlowsPerLink() - 1))).isNotEmpty();
    }

    @Test
    void noticesAGuaranteeThatIsTooStrongOrTooWeak() {
        assertThat(violations(problem, right.withGuarantee(Guarantee.ANY_TIMING))).isNotEmpty();
        assertThat(violations(problem, right.withGuarantee(Guarantee.ISOLATED))).isNotEmpty();
    }

    @Test
    void noticesALinkThatIsMissingOrNotNeeded() {
        List<ReservedLink> links = new ArrayList<>(right.links());
        ReservedLink last = links.remove(links.size() - 1);
        assertThat(violations(problem, right.withLinks(links))).isNotEmpty();
        Link other = problem.fabric().links().stream().filter(link -> right.links().stream()
                .noneMatch(held -> held.from().equals(link.from()))).findFirst().orElseThrow();
        links.add(last);
        links.add(ReservedLink.of(other.from(), other.to(), last.reservedBitsPerSecond()));
        assertThat(violations(problem, right.withLinks(links))).anySatisfy(text ->
                assertThat(text).contains("which nothing crosses"));
    }

    @Test
    void noticesALinkOfAnother() {
        ReservedLink held = right.links().get(0);
        Case taken = new Case(0, problem.fabric(), ImmutableLedger.builder()
                .putReserved(Link.of(held.from(), held.to()), 1).build(), problem.spec());
        assertThat(violations(taken, right)).anySatisfy(text -> assertThat(text).contains("is another's"));
    }

    @Test
    void noticesATagInUse() {
        Case taken = new Case(0, problem.fabric(), ImmutableLedger.builder().addTags(right.tag()).build(),
                problem.spec());
        assertThat(violations(taken, right)).isNotEmpty();
    }
}
