package org.cloister.isolation.allocation.spines;

import org.cloister.isolation.allocation.colouring.Colouring;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Gives each colour a spine of its own with free links to all leaves that the colour needs.
 *
 * <p>Spines are offered in the order of {@link FreeLinks}, each to the first open colour that it serves; if there is none,
 * colours that have a spine change over (Kuhn's augmenting paths). The spines that are taken are thereby the first
 * ones that can be, which a library's maximum matching does not promise.
 */
final class SpineAssignment {

    private static final int NONE = -1;

    private final int[] spineOf;
    private final BitSet[] coloursOf;
    private int served;

    private SpineAssignment(int colours, BitSet[] coloursOf) {
        this.spineOf = new int[colours];
        Arrays.fill(spineOf, NONE);
        this.coloursOf = coloursOf;
    }

    /** Returns an assignment that serves as many colours as can be. */
    static SpineAssignment of(Colouring colouring, FreeLinks links, int leaves) {
        BitSet[] coloursOf = new BitSet[links.spines().size()];
        for (int spine = 0; spine < coloursOf.length; spine++) {
            coloursOf[spine] = new BitSet();
            for (int colour = 0; colour < colouring.count(); colour++) {
                coloursOf[spine].set(colour, serves(spine, colour, colouring, links, leaves));
            }
        }
        SpineAssignment assignment = new SpineAssignment(colouring.count(), coloursOf);
        for (int spine = 0; spine < coloursOf.length && !assignment.isComplete(); spine++) {
            if (assignment.place(spine, new BitSet())) {
                assignment.served++;
            }
        }
        return assignment;
    }

    private static boolean serves(int spine, int colour, Colouring colouring, FreeLinks links, int leaves) {
        for (int leaf = 0; leaf < leaves; leaf++) {
            if (colouring.senders(colour).get(leaf) && links.up(leaf, spine) == null
                    || colouring.receives(colour, leaf) && links.down(leaf, spine) == null) {
                return false;
            }
        }
        return true;
    }

    private boolean place(int spine, BitSet tried) {
        BitSet colours = (BitSet) coloursOf[spine].clone();
        colours.andNot(tried);
        int open = colours.stream().filter(colour -> spineOf[colour] == NONE).findFirst().orElse(NONE);
        if (open != NONE) {
            spineOf[open] = spine;
            return true;
        }
        for (int colour = colours.nextSetBit(0); colour >= 0; colour = colours.nextSetBit(colour + 1)) {
            if (!tried.get(colour)) {
                tried.set(colour);
                if (place(spineOf[colour], tried)) {
                    spineOf[colour] = spine;
                    return true;
                }
            }
        }
        return false;
    }

    /** Returns whether every colour has a spine. */
    boolean isComplete() {
        return served == spineOf.length;
    }

    /** Returns how many colours have a spine. */
    int served() {
        return served;
    }

    /** Returns the number of a colour's spine. */
    int spine(int colour) {
        return spineOf[colour];
    }
}
