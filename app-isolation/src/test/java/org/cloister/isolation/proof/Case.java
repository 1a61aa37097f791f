package org.cloister.isolation.proof;

import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.Request;
import org.cloister.isolation.allocation.validation.Requests;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Link;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One question to the allocator, and the seed that it was drawn from. */
final class Case {

    private static final int MOST_TEXT = 200;

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
                        .collect(Collectors.groupingBy(leaf -> leaf, TreeMap::new, Collectors.counting()))
                + ", " + patterns();
    }

    /** What the patterns are, as far as a person wants to read it. */
    private List<String> patterns() {
        return spec.patterns().stream().map(pattern -> pattern.type() + (pattern.perRail() ? " per rail " : " ")
                + shortened(pattern.groups()) + shortened(pattern.steps())
                + pattern.exclusiveGroup().map(text -> " exclusive " + text).orElse(""))
                .collect(Collectors.toList());
    }

    private static String shortened(List<?> entries) {
        String text = entries.isEmpty() ? "" : entries.toString();
        return text.length() <= MOST_TEXT ? text : text.substring(0, MOST_TEXT) + "... (" + entries.size() + ")";
    }
}
