package org.cloister.isolation.program;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import org.cloister.isolation.allocation.ImmutableRequest;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.Request;
import org.cloister.isolation.allocation.Reservations;
import org.cloister.isolation.allocation.planning.CommonSpineAllocator;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.Guarantee;
import org.cloister.isolation.api.Problem.Shortage;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.fabric.Host;
import org.cloister.isolation.fabric.Link;
import org.cloister.isolation.program.sim.FabricModel;
import org.cloister.isolation.program.sim.Frame;
import org.cloister.isolation.program.sim.Scenario;
import org.cloister.isolation.program.sim.SharedSlices;
import org.cloister.isolation.program.sim.SharedSlices.Refused;
import org.cloister.isolation.program.sim.Trace;
import org.cloister.isolation.program.sim.VlanReading;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What members of shared slices can do to a link, found by sending: each member sends IPv4 and ARP to each other one
 * through the compiled rules, and whoever is seen on a link is taken to send there at its limit, to whatever receiver.
 * The allocator's own idea of who sends where is not asked.
 */
class SharedRatesPropertyTest {

    @Property(tries = 150, seed = "5")
    void noLinkIsPromisedToMoreThanItCarries(@ForAll long seed) {
        SharedSlices plan = SharedSlices.of(seed);
        Map<Link, Long> promised = new HashMap<>();
        Map<Link, Integer> users = new HashMap<>();
        Set<Link> exclusive = new HashSet<>();
        plan.slices().values().forEach(allocations -> {
            Map<Link, Long> worst = worstCase(plan, allocations);
            worst.forEach((link, rate) -> promised.merge(link, rate, Long::sum));
            Reservations.of(allocations).keySet().forEach(link -> users.merge(link, 1, Integer::sum));
            if (allocations.get(0).guarantee() != Guarantee.RATE) {
                allocations.forEach(allocation -> exclusive.addAll(Scenario.links(allocation)));
            } else {
                assertThat(Reservations.of(allocations)).as("%s", plan).isEqualTo(worst);
            }
            Statistics.collect(allocations.get(0).guarantee() == Guarantee.RATE, allocations.size());
        });
        promised.forEach((link, rate) ->
                assertThat(rate).as("%s in %s", link, plan).isLessThanOrEqualTo(plan.fabric().linkBitsPerSecond()));
        assertThat(exclusive).as("%s", plan).allSatisfy(link -> assertThat(users).containsEntry(link, 1));
        Statistics.coverage(seen -> {
            seen.check(true, 1).percentage(percent -> percent > 10);
            seen.check(true, 2).percentage(percent -> percent > 5);
            seen.check(false, 1).percentage(percent -> percent > 5);
        });
    }

    @Property(tries = 150, seed = "6")
    void whatIsSaidToBeFreeIsFree(@ForAll long seed) {
        SharedSlices plan = SharedSlices.of(seed);
        for (Refused refused : plan.refusals()) {
            if (refused.problem().type() != ProblemType.INSUFFICIENT_BANDWIDTH) {
                continue;
            }
            Shortage shortage = refused.problem().shortage().orElseThrow();
            assertThat(shortage.kind()).isEqualTo("bandwidth");
            assertThat(shortage.needed()).isEqualTo(refused.request().limitBitsPerSecond().orElseThrow());
            assertThat(shortage.free()).isBetween(0L, shortage.needed() - 1);
            assertThat(refused.problem().detail()).contains(shortage.at()).contains(shortage.free() + " of the");
            if (shortage.free() > 0) {
                assertThat(fits(plan, refused, shortage.free())).as("%s in %s", refused.problem(), plan).isTrue();
            }
            assertThat(fits(plan, refused, shortage.free() + 1000)).as("%s in %s", refused.problem(), plan).isFalse();
            Statistics.collect(shortage.free() > 0);
        }
        Statistics.coverage(seen -> {
            seen.check(true).count(count -> count > 20);
            seen.check(false).count(count -> count > 20);
        });
    }

    private static boolean fits(SharedSlices plan, Refused refused, long rate) {
        Request request = ImmutableRequest.copyOf(refused.request()).withLimitBitsPerSecond(OptionalLong.of(rate));
        Ledger ledger = refused.ledger();
        return new CommonSpineAllocator().allocate(plan.fabric(), ledger, request)
                .fold(allocation -> true, problem -> false);
    }

    /** By link, what all hosts that are seen there under one of a slice's allocations may send. */
    private static Map<Link, Long> worstCase(SharedSlices plan, List<Allocation> allocations) {
        Map<Link, Map<String, Long>> limits = new HashMap<>();
        for (Allocation allocation : allocations) {
            Scenario scenario = new Scenario(plan.fabric(), List.of(allocation));
            FabricModel model = scenario.model(scenario.rules(CompilerOptions.defaults()), VlanReading.OUTER_TAG);
            for (AllocatedMember from : allocation.members()) {
                long limit = from.limitBitsPerSecond().orElse(plan.fabric().linkBitsPerSecond());
                for (AllocatedMember to : allocation.members()) {
                    if (to != from) {
                        frames(scenario.host(from), scenario.host(to)).forEach(frame -> {
                            Trace trace = model.send(from.port(), frame);
                            assertThat(trace.deliveries()).hasSize(1);
                            assertThat(trace.meters()).isEqualTo(from.limitBitsPerSecond().isPresent()
                                    ? List.of(from.port().toString()) : List.of());
                            trace.crossed().forEach(link -> limits.computeIfAbsent(link, key -> new HashMap<>())
                                    .merge(from.host(), limit, Math::max));
                        });
                    }
                }
            }
        }
        Map<Link, Long> worst = new HashMap<>();
        limits.forEach((link, byHost) -> worst.put(link, allocations.get(0).guarantee() != Guarantee.RATE
                ? plan.fabric().linkBitsPerSecond() : byHost.values().stream().mapToLong(Long::longValue).sum()));
        return worst;
    }

    private static List<Frame> frames(Host from, Host to) {
        return List.of(Frame.ipv4(from, from.ipv4().get(0), to, to.ipv4().get(0)),
                Frame.arpRequest(from, from.ipv4().get(0), to.ipv4().get(0)),
                Frame.arpReply(from, from.ipv4().get(0), to, to.ipv4().get(0)));
    }
}
