package org.cloister.isolation.allocation;

/** What to spend where few spines and few rules are not to be had together. */
public enum Preference {
    /** As few spines, then as few links, as can be; single leaves or members may take rules of their own. */
    FEWER_SPINES,
    /** One rule per source wherever free spines allow that. */
    FEWER_RULES
}
