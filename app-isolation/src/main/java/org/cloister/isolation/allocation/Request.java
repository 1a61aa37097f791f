package org.cloister.isolation.allocation;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.CircuitPolicy;
import org.cloister.isolation.api.Member.Role;
import org.cloister.isolation.api.Pattern;
import org.cloister.isolation.fabric.Host;
import org.immutables.value.Value;

import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A request with its hosts looked up: links for named hosts in rank order. */
@Value.Immutable
public interface Request {

    /** The hosts, by rank. */
    List<Host> members();

    /** The patterns, at least one, each with its groups filled in; {@code steps} has none. */
    List<Pattern> patterns();

    /** What members do in {@code parameter-server} patterns, by rank; absent where nobody asked. */
    @Value.NaturalOrder
    SortedMap<Integer, Role> roles();

    /** What each member may send, bit/s, as a meter enforces it; whole links when empty. */
    OptionalLong limitBitsPerSecond();

    /** Where in the specification each member was named, by rank: JSON pointers. */
    @Value.Default
    default List<String> pointers() {
        return IntStream.range(0, members().size()).mapToObj(rank -> "/members/" + rank + "/host")
                .collect(Collectors.toList());
    }

    /** Whether light may be moved for it. */
    @Value.Default
    default CircuitPolicy circuits() {
        return CircuitPolicy.FORBID;
    }

    /**
     * The allocations that the same slice has rules of now, the one that carries traffic first. The ledger of such a
     * decision lacks what they hold, except their tags.
     */
    List<Allocation> previous();

    /** Whether these were made for other patterns: what they guarantee is then no measure of what can be had. */
    @Value.Default
    default boolean isForOtherPatterns() {
        return false;
    }
}
