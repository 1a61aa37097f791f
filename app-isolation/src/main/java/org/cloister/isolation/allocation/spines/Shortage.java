package org.cloister.isolation.allocation.spines;

import org.cloister.isolation.allocation.colouring.Colouring;
import org.cloister.isolation.api.ImmutableProblem;
import org.cloister.isolation.api.ImmutableShortage;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.fabric.Link;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Says which links a colouring lacks. */
public final class Shortage {

    private Shortage() {
    }

    /**
     * Returns the refusal of a colouring that the free links do not serve: the leaf that lacks most links, of several
     * the first by name, or else that no leaf lacks any but too few spines have free links to all of them. It names
     * links that would do ({@link LackingLinks}).
     *
     * @param all the links of the fabric, free or not
     */
    public static Problem of(Colouring colouring, FreeLinks free, FreeLinks all, List<String> leaves) {
        List<String> lacking = names(LackingLinks.of(colouring, free, all, leaves.size()));

        Problem worst = null;
        int most = 0;
        for (int leaf = 0; leaf < leaves.size(); leaf++) {
            int up = sending(colouring, leaf) - free.freeUp(leaf);
            int down = receiving(colouring, leaf) - free.freeDown(leaf);
            if (up > most) {
                most = up;
                worst = links(leaves.get(leaf), "uplinks", sending(colouring, leaf), free.freeUp(leaf));
            }
            if (down > most) {
                most = down;
                worst = links(leaves.get(leaf), "downlinks", receiving(colouring, leaf), free.freeDown(leaf));
            }
        }
        return withLinks(worst != null ? worst : spines(colouring.count(),
                SpineAssignment.of(colouring, free, leaves.size()).served(), leaves), lacking);
    }

    /**
     * Returns the same with links that would do if they were free: the first {@value Problem.Shortage#LINKS_MAX}, as
     * refusals are stored and sent; of more, the detail says how many.
     */
    public static Problem withLinks(Problem problem, List<String> links) {
        int more = Math.max(0, links.size() - Problem.Shortage.LINKS_MAX);
        return ImmutableProblem.copyOf(problem)
                .withDetail(problem.detail() + (more == 0 ? "" : "; " + more + " more links lack than are named"))
                .withShortage(ImmutableShortage.copyOf(problem.shortage().orElseThrow())
                        .withLinks(links.subList(0, links.size() - more)));
    }

    /** Returns the names of links, in the same order. */
    public static List<String> names(Collection<Link> links) {
        return links.stream().map(Link::toString).collect(Collectors.toList());
    }

    private static int sending(Colouring colouring, int leaf) {
        int colours = 0;
        for (int colour = 0; colour < colouring.count(); colour++) {
            colours += colouring.senders(colour).get(leaf) ? 1 : 0;
        }
        return colours;
    }

    private static int receiving(Colouring colouring, int leaf) {
        int colours = 0;
        for (int colour = 0; colour < colouring.count(); colour++) {
            colours += colouring.receives(colour, leaf) ? 1 : 0;
        }
        return colours;
    }

    private static Problem links(String leaf, String kind, int needed, int free) {
        return problem(ProblemType.INSUFFICIENT_UPLINKS,
                leaf + " has " + free + " of " + needed + " " + kind + " free", leaf, kind, needed, free);
    }

    private static Problem spines(int needed, int free, List<String> leaves) {
        return problem(ProblemType.NO_COMMON_SPINES,
                free + " of " + needed + " spines have the free links that are needed to " + leaves.size()
                        + " leaves (" + String.join(", ", leaves) + ")", "fabric", "spines", needed, free);
    }

    private static Problem problem(ProblemType type, String detail, String at, String kind, int needed, int free) {
        return Problem.builder().type(type).detail(detail)
                .shortage(Problem.Shortage.of(at, kind, needed, free)).build();
    }
}
