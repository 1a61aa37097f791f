package org.cloister.isolation.control.requests;

import org.cloister.isolation.api.Precondition;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;
import org.immutables.value.Value;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** A request for a slice as it came in. */
@Value.Immutable
@Value.Style(jdkOnly = true, get = "*", visibility = Value.Style.ImplementationVisibility.PACKAGE)
interface Asked {

    /** The slice's name. */
    SliceId id();

    /** What was asked as it was written, so that complaints point into what the caller sent. */
    SliceSpec spec();

    /** What was asked with its defaults written out. */
    SliceSpec filled();

    /** Who asks. */
    String owner();

    /** What must hold of the slice. */
    Precondition precondition();

    /** When it came in. */
    Instant since();

    /** When whoever asks has given up, however often it was tried till then. */
    Instant deadline();

    /**
     * Returns the slice that is there, if the caller may change it as it is.
     *
     * @param found the document of the name, which may be the answer to a request that was refused
     * @throws org.cloister.isolation.api.RefusedException {@code not-found} if it is another owner's, else
     *         {@code stale-etag} if the precondition does not hold
     */
    default Optional<VersionedSlice> present(Optional<VersionedSlice> found) {
        Optional<VersionedSlice> present = found.filter(Removals::exists);
        Optional<StoredSlice> slice = present.map(VersionedSlice::slice);
        if (slice.isPresent() && !slice.get().owner().equals(owner())) {
            throw Removals.notFound(id());
        }
        precondition().check(id(), slice.isPresent() ? OptionalLong.of(slice.get().generation())
                : OptionalLong.empty());
        return present;
    }
}
