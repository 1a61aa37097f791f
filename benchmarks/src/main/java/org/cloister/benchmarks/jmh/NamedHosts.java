package org.cloister.benchmarks.jmh;

import org.cloister.isolation.allocation.ImmutableLedger;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.Request;
import org.cloister.isolation.allocation.TestFabric;
import org.cloister.isolation.allocation.planning.CommonSpineAllocator;
import org.cloister.isolation.allocation.validation.Requests;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Member;
import org.cloister.isolation.api.Pattern;
import org.cloister.isolation.api.PatternType;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Link;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A request for named hosts on LaaS's fabric of 324 leaves, 36 hosts and 36 spines. A class reads, for instance,
 * {@code fresh 2-8-leaves all-to-all}: what of the fabric is taken, how many leaves, and the pattern.
 */
final class NamedHosts {

    private static final int LEAVES = 324;
    private static final int PER_LEAF = 36;
    private static final int SPINES = 36;

    private final Fabric fabric;
    private final Ledger ledger;
    private final Request request;

    private NamedHosts(Fabric fabric, Ledger ledger, Request request) {
        this.fabric = fabric;
        this.ledger = ledger;
        this.request = request;
    }

    static NamedHosts of(String decision) {
        String[] words = decision.split(" ");
        Fabric fabric = TestFabric.of(LEAVES, SPINES).hostsPerLeaf(PER_LEAF).build();
        List<Member> members = new ArrayList<>();
        int[] shares = shares(words[1]);
        for (int leaf = 0; leaf < shares.length; leaf++) {
            for (int host = 0; host < shares[leaf]; host++) {
                members.add(Member.of("h-" + leaf + "-" + host));
            }
        }
        SliceSpec spec = SliceSpec.builder().members(members).addPatterns(Pattern.of(PatternType.of(words[2]))).build();
        Request request = Requests.check(fabric, spec).fold(valid -> valid, problem -> {
            throw new IllegalArgumentException(decision + ": " + problem);
        });
        return new NamedHosts(fabric, words[0].equals("fresh") ? Ledger.empty() : halfTaken(fabric), request);
    }

    private static int[] shares(String leaves) {
        switch (leaves) {
            case "2-8-leaves":
                return new int[] {8, 8, 8, 8};
            case "more-leaves":
                return new int[] {8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8};
            case "uneven-512":
                return new int[] {36, 36, 36, 36, 36, 36, 36, 36, 36, 36, 36, 36, 30, 25, 13, 7, 5};
            default:
                throw new IllegalArgumentException(leaves + " is none of 2-8-leaves, more-leaves, uneven-512");
        }
    }

    /** Both directions of a link together are taken or free. */
    private static Ledger halfTaken(Fabric fabric) {
        SplittableRandom random = new SplittableRandom(1);
        ImmutableLedger.Builder ledger = ImmutableLedger.builder();
        for (Link link : fabric.links()) {
            if (link.from().switchName().startsWith("leaf") && random.nextBoolean()) {
                ledger.putReserved(link, fabric.linkBitsPerSecond());
                ledger.putReserved(Link.of(link.to(), link.from()), fabric.linkBitsPerSecond());
            }
        }
        return ledger.build();
    }

    Fabric fabric() {
        return fabric;
    }

    /** Decides; the tag of what was allocated, -1 for a refusal. */
    int decide() {
        return new CommonSpineAllocator().allocate(fabric, ledger, request).fold(Allocation::tag, problem -> -1);
    }

    /** Returns what is allocated. */
    Allocation allocated() {
        return new CommonSpineAllocator().allocate(fabric, ledger, request).fold(found -> found, problem -> {
            throw new IllegalStateException("refused: " + problem);
        });
    }
}
