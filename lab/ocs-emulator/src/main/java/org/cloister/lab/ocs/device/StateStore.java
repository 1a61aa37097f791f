package org.cloister.lab.ocs.device;

/** Keeps what a switch remembers. */
public interface StateStore {

    /** Returns what was saved last, {@link Saved#NOTHING} if nothing was. */
    Saved load();

    /** Saves; it lasts when this returns. */
    void save(Saved saved);
}
