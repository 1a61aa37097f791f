package org.cloister.driver.ocs.provider;

import org.cloister.driver.ocs.OcsTarget;
import org.cloister.driver.ocs.session.OcsException;

import java.util.concurrent.CompletionException;

/** Why there is no session, for whoever looks after the switch. */
final class Troubles {

    private Troubles() {
    }

    /** Returns a sentence that says where it happened; the same each time for the same trouble. */
    static String words(OcsTarget target, Throwable failure) {
        Throwable cause = cause(failure);
        String what = cause instanceof OcsException && cause.getMessage() != null ? cause.getMessage()
                : cause.toString();
        String where = target.address() + ":" + target.port();
        return what.contains(target.address()) ? what : where + ": " + what;
    }

    /** Returns whether it is not to be tried often: switches lock users out who give wrong passwords. */
    static boolean mayLockUserOut(Throwable failure) {
        Throwable cause = cause(failure);
        return cause instanceof OcsException
                && ((OcsException) cause).reason() == OcsException.Reason.UNAUTHENTICATED;
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
