package org.cloister.driver.ocs.netconf;

import java.util.Optional;

/** Changes of the running configuration that the server takes back when a part of them fails. */
final class RunningDatastore implements Datastore {

    private final NetconfChannel channel;

    RunningDatastore(NetconfChannel channel) {
        this.channel = channel;
    }

    @Override
    public void lock(Deadline deadline) throws RpcRefused {
        channel.ask("<lock><target><running/></target></lock>", deadline);
    }

    @Override
    public void unlock(Deadline deadline) throws RpcRefused {
        channel.ask("<unlock><target><running/></target></unlock>", deadline);
    }

    @Override
    public void edit(String config, Optional<Confirmation> confirmation, Deadline deadline) throws RpcRefused {
        if (confirmation.isPresent()) {
            throw new IllegalArgumentException("a change of the running configuration cannot wait for confirmation");
        }
        channel.ask(Datastore.editConfig("running", config), deadline);
    }
}
