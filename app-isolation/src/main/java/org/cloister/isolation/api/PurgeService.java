package org.cloister.isolation.api;

/**
 * Takes everything of Cloister off the switches and out of the store; nothing else ever does. Calls throw
 * {@link RefusedException} with {@code store-unavailable}, or {@code not-ready} without a configuration of the fabric:
 * a switch that is not configured is never touched.
 */
public interface PurgeService {

    /** Returns what is there now. */
    PurgeReport report();

    /**
     * Has nothing wanted from now on. Slices and their meters are removed, and then the rules that deny by default:
     * after that ONOS's own rules decide what the switches do. Requests are refused. This holds, also for switches
     * that come back later and after restarts, until {@link #resume}. Repeating it is no error.
     *
     * @param by who says so
     * @return what is there now; {@link #report} tells how it goes on
     */
    PurgeReport purge(String by);

    /**
     * Takes the purge back: rules that deny by default are installed again, and requests are taken. What was purged
     * does not come back.
     *
     * @throws RefusedException {@code not-found} if no purge holds
     */
    void resume();
}
