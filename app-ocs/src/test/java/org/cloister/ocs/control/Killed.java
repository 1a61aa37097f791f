package org.cloister.ocs.control;

/** Ends a node in the middle of what it does. */
final class Killed extends Error {

    private static final long serialVersionUID = 1L;
}
