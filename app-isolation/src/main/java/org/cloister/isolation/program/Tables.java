package org.cloister.isolation.program;

/** The tables of the data path. Packets only ever go to a table of a higher number. */
public final class Tables {

    /** Decides whether a packet belongs to a slice; all that passes carries the slice's tag. */
    public static final int ADMIT = 0;

    /** Delivers: on a leaf to a member, on a spine down to a leaf. */
    public static final int DELIVER = 1;

    /** On a leaf only: sends up what a member sent to another leaf. */
    public static final int ASCEND = 2;

    private Tables() {
    }
}
