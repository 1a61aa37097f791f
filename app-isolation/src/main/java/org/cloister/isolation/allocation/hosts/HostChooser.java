package org.cloister.isolation.allocation.hosts;

import org.cloister.isolation.allocation.Allocator;
import org.cloister.isolation.allocation.Decision;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.placement.CloisterPlacer;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.fabric.Fabric;

import java.util.List;
import java.util.Objects;

/**
 * Decides on requests that ask for a number of hosts.
 *
 * <p>Candidates are tried in turn, and the first that the allocator grants wins. What a refusal says of a leaf is learnt:
 * the next candidates take fewer hosts there. A slice that has hosts keeps them as far as it can, with their ranks
 * before those of others.
 *
 * <p>At most {@value #CANDIDATES} candidates are tried, so that a request costs no more than as many that name hosts.
 * Of many hosts they are fewer ({@link #candidates}), as a candidate takes the longer the more pairs there are: on a
 * fabric of 11,664 hosts a refusal took about a second at most.
 * A shape that is refused is nearly always refused for one or two leaves which others hold most links of; each of the
 * first few refusals takes one of these out, and what is left after that is seldom better. The first three quarters are
 * shapes whose free links were looked at, where each unit is one host; the others go by hosts and by what was learnt,
 * and find hosts where links need not be wholly free. A refusal that rests on that bound says {@code unproven}.
 */
public final class HostChooser {

    static final int CANDIDATES = 16;
    private static final int LEAST_CANDIDATES = 2;
    /** How many pairs of hosts are looked at in all; a refusal takes up to 30 ns for each. */
    private static final long PAIRS = 1 << 25;

    private final Allocator allocator;
    private final PreferredShapes shapes;

    /**
     * Creates a chooser.
     *
     * @param allocator decides on named hosts
     */
    public HostChooser(Allocator allocator) {
        this(allocator, CloisterPlacer::candidates);
    }

    /**
     * Creates a chooser.
     *
     * @param allocator decides on named hosts
     * @param shapes says which leaves to try first
     */
    HostChooser(Allocator allocator, PreferredShapes shapes) {
        this.allocator = Objects.requireNonNull(allocator, "allocator is null");
        this.shapes = Objects.requireNonNull(shapes, "shapes is null");
    }

    /**
     * Decides on a request.
     *
     * @param ledger what other slices hold
     * @param spec has a placement, and was checked by {@link org.cloister.isolation.allocation.validation.Requests}
     * @param previous what the slice has now, the one that carries its traffic first; empty for a new one
     */
    public Decision decide(Fabric fabric, Ledger ledger, SliceSpec spec, List<Allocation> previous) {
        return new HostSearch(allocator, shapes, fabric, ledger, spec, previous).decide();
    }

    /** Returns how many candidates are tried for so many hosts. */
    static int candidates(int hosts) {
        return (int) Math.max(LEAST_CANDIDATES, Math.min(CANDIDATES, PAIRS / ((long) hosts * hosts)));
    }

    /** Returns how many of them are shapes that were chosen by their free links, as long as there are such. */
    static int preferred(int hosts) {
        return candidates(hosts) - candidates(hosts) / 4;
    }
}
