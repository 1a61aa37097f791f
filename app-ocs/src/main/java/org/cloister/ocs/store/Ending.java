package org.cloister.ocs.store;

/** How a demand that is given up ends. */
public enum Ending {
    /** Its circuits stay where they are. */
    RELEASE,
    /** Those of its circuits that nobody else wants are removed. */
    DISCONNECT
}
