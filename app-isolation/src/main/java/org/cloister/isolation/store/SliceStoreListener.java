package org.cloister.isolation.store;

import org.cloister.isolation.api.SliceId;

import java.util.Optional;

/** Hears of changes, one at a time, on a thread of the store; longer work belongs on another thread. */
@FunctionalInterface
public interface SliceStoreListener {

    /**
     * A slice was created, changed or removed by any node.
     *
     * @param id the slice's name
     * @param now the slice after the change; empty if it is gone or cannot be read
     */
    void changed(SliceId id, Optional<VersionedSlice> now);
}
