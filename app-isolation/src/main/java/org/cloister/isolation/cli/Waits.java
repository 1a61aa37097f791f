package org.cloister.isolation.cli;

import org.apache.karaf.shell.support.CommandException;
import org.cloister.isolation.api.RefusedException;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for answers, never for ever. */
final class Waits {

    /** Longer than a request may wait for its decision. */
    static final int DECISION_SECONDS = 30;

    private Waits() {
    }

    /**
     * Returns the answer.
     *
     * @throws RefusedException if it says no
     * @throws CommandException if it does not come in time; the message says what was waited for
     */
    static <T> T await(CompletableFuture<T> answer, int seconds, String what) throws CommandException {
        try {
            return answer.get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            answer.cancel(false);
            throw new CommandException(what + " within " + seconds + " s; it goes on", e);
        } catch (InterruptedException e) {
            answer.cancel(false);
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted; it goes on", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RefusedException) {
                throw (RefusedException) e.getCause();
            }
            throw new CommandException(e.getCause().toString(), e.getCause());
        }
    }
}
