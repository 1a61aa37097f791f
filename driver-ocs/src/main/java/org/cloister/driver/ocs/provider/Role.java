package org.cloister.driver.ocs.provider;

import java.util.Objects;

/** Whether this node is the master of a switch, and the number of that master. */
final class Role {

    static final Role NONE = new Role(false, 0);

    private final boolean master;
    private final long term;

    Role(boolean master, long term) {
        this.master = master;
        this.term = term;
    }

    boolean isMaster() {
        return master;
    }

    /** Later masters have higher numbers, see {@link ElectionIds}. */
    long term() {
        return term;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Role && ((Role) other).master == master && ((Role) other).term == term;
    }

    @Override
    public int hashCode() {
        return Objects.hash(master, term);
    }
}
