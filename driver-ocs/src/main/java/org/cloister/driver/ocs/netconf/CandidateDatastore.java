package org.cloister.driver.ocs.netconf;

import java.util.Optional;

/**
 * Changes that are written beside the running configuration and put into effect by a commit, which checks them and
 * does all of them or none. They are not checked before: yuma123's server (2.13) forgets in {@code validate} that there
 * is something to commit.
 */
final class CandidateDatastore implements Datastore {

    private final NetconfChannel channel;
    private final ServerCapabilities server;

    CandidateDatastore(NetconfChannel channel, ServerCapabilities server) {
        this.channel = channel;
        this.server = server;
    }

    @Override
    public void lock(Deadline deadline) throws RpcRefused {
        channel.ask("<lock><target><candidate/></target></lock>", deadline);
        try {
            if (server.writableRunning()) {
                // others could write past the candidate
                channel.ask("<lock><target><running/></target></lock>", deadline);
            }
            channel.ask("<discard-changes/>", deadline);
        } catch (RpcRefused e) {
            channel.ask("<unlock><target><candidate/></target></unlock>", deadline);
            throw e;
        }
    }

    @Override
    public void unlock(Deadline deadline) throws RpcRefused {
        if (server.writableRunning()) {
            channel.ask("<unlock><target><running/></target></unlock>", deadline);
        }
        channel.ask("<unlock><target><candidate/></target></unlock>", deadline);
    }

    @Override
    public void edit(String config, Optional<Confirmation> confirmation, Deadline deadline) throws RpcRefused {
        try {
            if (!config.isEmpty()) {
                channel.ask(Datastore.editConfig("candidate", config), deadline);
            }
            channel.ask(confirmation.map(Confirmation::commit).orElse("<commit/>"), deadline);
        } catch (RpcRefused e) {
            // an unlock would be refused, or what is left be committed by the next writer
            channel.ask("<discard-changes/>", deadline);
            throw e;
        }
    }
}
