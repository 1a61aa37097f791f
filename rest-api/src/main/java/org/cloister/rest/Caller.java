package org.cloister.rest;

import org.cloister.isolation.api.Slice;

import javax.ws.rs.ForbiddenException;
import javax.ws.rs.core.SecurityContext;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who asks, and what they may do. Taken at the start of a request, so that it can be asked on another thread.
 *
 * <p>ONOS's own {@code admin} counts as {@code cloister-admin}: whoever may install and remove applications can do
 * all this anyway. ONOS's {@code viewer} counts as nothing here: slices name jobs and their owners.
 */
final class Caller {

    static final String READ = "cloister-read";
    static final String SCHEDULE = "cloister-schedule";
    static final String ADMIN = "cloister-admin";
    static final String ONOS_ADMIN = "admin";

    private final String name;
    private final Set<String> roles;

    private Caller(String name, Set<String> roles) {
        this.name = name;
        this.roles = roles;
    }

    /** Returns the caller of a request that passed {@link AccessFilter}. */
    static Caller of(SecurityContext security) {
        return new Caller(security.getUserPrincipal().getName(), Stream.of(READ, SCHEDULE, ADMIN, ONOS_ADMIN)
                .filter(security::isUserInRole).collect(Collectors.toUnmodifiableSet()));
    }

    /** Returns the principal. */
    String name() {
        return name;
    }

    /** Returns whether they may ask for anything at all. */
    boolean mayRead() {
        return !roles.isEmpty();
    }

    /** Returns whether they may have slices. */
    boolean mayWrite() {
        return administers() || roles.contains(SCHEDULE);
    }

    /** Returns whether everything is theirs to change. */
    boolean administers() {
        return roles.contains(ADMIN) || roles.contains(ONOS_ADMIN);
    }

    /** Returns whether every slice exists for them. */
    boolean seesAll() {
        return administers() || roles.contains(READ);
    }

    /** Refuses those for whom some slices do not exist. */
    void mustSeeAll() {
        if (!seesAll()) {
            throw new ForbiddenException("user '" + name + "' has neither the role " + READ + " nor " + ADMIN);
        }
    }

    /** Returns whether a slice exists for them. */
    boolean sees(Slice slice) {
        return seesAll() || owns(slice);
    }

    /** Returns whether a slice is theirs to change. */
    boolean owns(Slice slice) {
        return administers() || slice.owner().equals(name);
    }

    /** Refuses those who do not administer. */
    void mustAdminister() {
        if (!administers()) {
            throw new ForbiddenException("user '" + name + "' lacks the role " + ADMIN);
        }
    }
}
