package org.cloister.driver.ocs;

import org.cloister.driver.ocs.session.OcsSession;

import java.util.concurrent.CompletableFuture;

/** Opens sessions with switches of one dialect. Sessions share threads, which end with the factory. */
public interface SessionFactory extends AutoCloseable {

    /** Returns what the switches speak that it opens sessions with. */
    Dialect dialect();

    /**
     * Connects, logs in with what the password file holds at this moment, and reads the switch for the first time.
     * Blocks nobody, and has its own deadline: the future always ends. It fails with
     * {@link org.cloister.driver.ocs.session.OcsException}: {@code UNAUTHENTICATED} for a password that is wrong or
     * cannot be read and for a switch that is not trusted, {@code UNSUPPORTED} for one that lacks the model,
     * {@code LOST} where nothing answers, {@code DEADLINE} where the answer takes too long. Whoever cancels the future
     * need not close anything.
     */
    CompletableFuture<OcsSession> open(OcsTarget target);

    /** Ends all sessions that it opened and what they share. */
    @Override
    void close();
}
