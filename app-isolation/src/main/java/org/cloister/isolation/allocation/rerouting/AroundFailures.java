package org.cloister.isolation.allocation.rerouting;

import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.Request;
import org.cloister.isolation.allocation.Reservations;
import org.cloister.isolation.allocation.spines.ExceptionRules;
import org.cloister.isolation.allocation.spines.FreeLinks;
import org.cloister.isolation.allocation.spines.SharedLinks;
import org.cloister.isolation.allocation.traffic.Attachments;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Link;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Gives a slice whose links failed, or are out of use, the allocation that leads around them ({@link KeptWays}) if that
 * guarantees what the slice has now: no worse, and no more flows' worth on any link; of rates, that they fit.
 * And only if leaves have room for the rules. A slice that asks for other patterns may get more than it has.
 */
public final class AroundFailures {

    private AroundFailures() {
    }

    /** Returns the allocation; empty if this is no such case, or there is none that is good enough. */
    public static Optional<Allocation> of(Fabric fabric, Ledger ledger, Request request, int tag) {
        if (request.isForOtherPatterns() || request.previous().isEmpty()
                || !request.previous().get(0).circuits().isEmpty()) {
            return Optional.empty();
        }
        Attachments attachments = Attachments.of(request);
        ExceptionRules rules = new ExceptionRules(attachments, request.members());
        if (request.limitBitsPerSecond().isEmpty()) {
            Allocation before = request.previous().get(0);
            Predicate<Link> usable = link -> fabric.links().contains(link) && !ledger.exclusive().contains(link)
                    && ledger.reserved().getOrDefault(link, 0L) == 0;
            return KeptWays.of(request, attachments,
                    new FreeLinks(fabric, ledger, attachments.leaves(), PreviousSpines.links(request)), usable,
                    fabric.linkBitsPerSecond(), tag, found -> found.guarantee().compareTo(before.guarantee()) <= 0
                            && found.maxFlowsPerLink() <= before.maxFlowsPerLink() && rules.permit(found));
        }
        Predicate<Link> usable = link -> fabric.links().contains(link) && !ledger.exclusive().contains(link);
        return KeptWays.of(request, attachments, new SharedLinks(fabric, ledger,
                        SharedLinks.spinesToTake(fabric, ledger), attachments,
                        request.limitBitsPerSecond().getAsLong(), PreviousSpines.links(request)), usable,
                fabric.linkBitsPerSecond(), tag, found -> fits(fabric, ledger, request, found) && rules.permit(found));
    }

    /** While the slice moves its members may send by any of its allocations. */
    private static boolean fits(Fabric fabric, Ledger ledger, Request request, Allocation found) {
        List<Allocation> all = new ArrayList<>(request.previous());
        all.add(found);
        return Reservations.of(all).entrySet().stream().filter(each -> fabric.links().contains(each.getKey()))
                .allMatch(each -> each.getValue() <= SharedLinks.free(fabric, ledger, each.getKey())
                        || isOnlyBefore(found, each.getKey()));
    }

    private static boolean isOnlyBefore(Allocation found, Link link) {
        return found.links().stream().noneMatch(each -> Link.of(each.from(), each.to()).equals(link));
    }
}
