package org.cloister.driver.ocs.netconf;

import org.cloister.driver.ocs.session.OcsException;
import org.cloister.driver.ocs.session.OcsException.Reason;

import java.time.Duration;
import java.util.Optional;

/** How the configuration that a switch runs by is changed: as a whole or not at all, by one writer at a time. */
interface Datastore {

    /**
     * Returns the way that fits a server: its candidate where there is one, because that can be checked and confirmed,
     * else the running configuration itself.
     *
     * @throws OcsException {@code UNSUPPORTED} if the server promises neither, so that half of a change might be done
     */
    static Datastore of(NetconfChannel channel, ServerCapabilities server) {
        if (server.candidate()) {
            return new CandidateDatastore(channel, server);
        }
        if (server.writableRunning() && server.rollbackOnError()) {
            return new RunningDatastore(channel);
        }
        throw new OcsException(Reason.UNSUPPORTED, "the switch announces neither :candidate nor :writable-running with "
                + ":rollback-on-error; a change of several circuits might be done by half");
    }

    /** Keeps all others from writing; refused while somebody else does. */
    void lock(Deadline deadline) throws RpcRefused;

    /** Lets others write again. */
    void unlock(Deadline deadline) throws RpcRefused;

    /**
     * Changes it, while it is locked. After a refusal it is as before.
     *
     * @param config what is inside of {@code config}
     * @param confirmation the name under which the change waits for confirmation and how long, if it does
     */
    void edit(String config, Optional<Confirmation> confirmation, Deadline deadline) throws RpcRefused;

    /** Writes what all ways have in common. */
    static String editConfig(String target, String config) {
        return "<edit-config><target><" + target + "/></target><default-operation>none</default-operation>"
                + "<error-option>rollback-on-error</error-option><config>" + config + "</config></edit-config>";
    }

    /** What undoes a change unless it is confirmed. */
    final class Confirmation {

        private final String id;
        private final Duration within;

        Confirmation(String id, Duration within) {
            this.id = id;
            this.within = within;
        }

        /** Returns the name that it is confirmed by. */
        String id() {
            return id;
        }

        /** Returns the operation that changes what runs for as long. */
        String commit() {
            // the protocol counts in whole seconds, from 1
            long seconds = Math.max(1, within.plusMillis(999).toSeconds());
            return "<commit><confirmed/><confirm-timeout>" + seconds + "</confirm-timeout><persist>" + Xml.escaped(id)
                    + "</persist></commit>";
        }

        /** Returns the operation that makes it last. */
        static String confirm(String id) {
            return "<commit><persist-id>" + Xml.escaped(id) + "</persist-id></commit>";
        }

        /** Returns the operation that undoes it. */
        static String cancel(String id) {
            return "<cancel-commit><persist-id>" + Xml.escaped(id) + "</persist-id></cancel-commit>";
        }
    }
}
