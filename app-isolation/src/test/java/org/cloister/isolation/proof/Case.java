package org.cloister.isolation.proof;

import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.Request;
import org.cloister.isolation.allocation.Requests;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Link;

import java.util.List;
import java.util.stream.Collectors;

/** One question to the allocator, and the seed that it was drawn from. */
final class Case {

    private final long seed;
    private final Fabric fabric;
    private final Ledger ledger;
    private final SliceSpec spec;
    private final Request request;

    /**
     * Creates a case.
     *
     * @throws AssertionError if the specification is not valid
     */
    Case(long seed, Fabric fabric, Ledger ledger, SliceSpec spec) {
        this.seed = seed;
        this.fabric = fabric;
        this.ledger = ledger;
        this.spec = spec;
        this.request = Requests.check(fabric, spec).fold(valid -> valid, problem -> {
            throw new AssertionError("seed " + seed + " draws what is not valid: " + problem);
        });
    }

    long seed() {
        return seed;
    }

    Fabric fabric() {
        return fabric;
    }

    Ledger ledger() {
        return ledger;
    }

    SliceSpec spec() {
        return spec;
    }

    Request request() {
        return request;
    }

    Traffic traffic() {
        return new Traffic(request.members(), spec.patterns(), request.roles());
    }

    /** Returns whether nobody holds any part of a link. */
    boolean isFree(Link link) {
        return ledger.reserved().getOrDefault(link, 0L) == 0 && !ledger.exclusive().contains(link);
    }

    @Override
    public String toString() {
        return "seed " + seed + ": " + request.members().size() + " members on "
                + request.members().stream().map(host -> host.port().switchName())
                        .collect(Collectors.groupingBy(leaf -> leaf, java.util.TreeMap::new, Collectors.counting()))
                + ", " + patterns();
    }

    private List<String> patterns() {
        return spec.patterns().stream().map(pattern -> pattern.type()
                + (pattern.perRail() ? " per rail" : "")
                + (pattern.groups().isEmpty() ? "" : pattern.groups().size() > 8 || pattern.groups().get(0).size() > 24
                        ? " in " + pattern.groups().size() + " groups" : " " + pattern.groups())
                + (pattern.steps().isEmpty() ? "" : " " + pattern.steps())
                + pattern.exclusiveGroup().map(text -> " exclusive " + text).orElse(""))
                .collect(Collectors.toList());
    }
}
