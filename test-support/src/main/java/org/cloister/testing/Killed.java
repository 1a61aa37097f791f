package org.cloister.testing;

/** Ends a node in the middle of what it does, where it is thrown on a {@link Lane}. */
public final class Killed extends Error {

    private static final long serialVersionUID = 1L;
}
