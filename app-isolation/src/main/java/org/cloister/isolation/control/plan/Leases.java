package org.cloister.isolation.control.plan;

import org.cloister.isolation.api.ImmutableLease;
import org.cloister.isolation.api.Lease;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.store.StoredSlice;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How long slices live. Pure; the time is that of the node which takes the request in, and of the leader when a lease
 * runs out, so the clocks of a cluster may differ by less than the shortest lease.
 */
public final class Leases {

    private Leases() {
    }

    /**
     * Returns a slice that is new, or has been given another specification, with the lease that this asks for; without
     * one it lives for the time of the last renewal, if there was any.
     */
    public static StoredSlice asked(StoredSlice slice, Instant now) {
        OptionalInt seconds = slice.spec().leaseSeconds();
        return seconds.isPresent() ? with(slice, seconds, OptionalInt.empty(), now)
                : with(slice, slice.renewedFor(), slice.renewedFor(), now);
    }

    /**
     * Returns a slice after a sign of life of its owner: it lives for the time of its specification from now, without
     * one for the time of the last renewal. A sign of life never shortens a life.
     */
    public static StoredSlice signOfLife(StoredSlice slice, Instant now) {
        SliceSpec spec = slice.spec();
        OptionalInt seconds = spec.leaseSeconds().isPresent() ? spec.leaseSeconds() : slice.renewedFor();
        StoredSlice renewed = with(slice, seconds, slice.renewedFor(), now);
        return slice.lease().isPresent() && !end(renewed).isAfter(end(slice)) ? slice : renewed;
    }

    /** Returns a slice that lives for a time from now, shorter or longer than before. */
    public static StoredSlice renewed(StoredSlice slice, int seconds, Instant now) {
        return with(slice, OptionalInt.of(seconds), OptionalInt.of(seconds), now);
    }

    /** Returns when a slice's life ends; never without a lease. */
    public static Instant end(StoredSlice slice) {
        return slice.lease().map(Lease::expiresAt).orElse(Instant.MAX);
    }

    private static StoredSlice with(StoredSlice slice, OptionalInt seconds, OptionalInt renewedFor, Instant now) {
        Optional<Lease> lease = seconds.isPresent() ? Optional.of(ImmutableLease.builder()
                .expiresAt(now.plusSeconds(seconds.getAsInt())).build()) : Optional.empty();
        return StoredSlice.builder(slice).lease(lease).renewedFor(renewedFor).build();
    }
}
