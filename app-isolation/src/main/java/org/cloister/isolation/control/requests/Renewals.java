package org.cloister.isolation.control.requests;

import org.cloister.isolation.api.Label;
import org.cloister.isolation.api.Lease;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RefusedException;
import org.cloister.isolation.api.Renewal;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.control.environment.Limits;
import org.cloister.isolation.control.environment.Services;
import org.cloister.isolation.control.plan.Leases;
import org.cloister.isolation.store.SliceStore;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Renews leases, on any node. A renewal is written on top of the document that was looked at: once it is answered,
 * an expiry that was decided on before fails, and is decided on anew.
 *
 * <p>A live set costs one write and the read-back of it per slice, some of them at a time; what it reads is what this
 * node has heard of, and only if that lacks something of the set, everything once. No write is saved for leases that
 * have nearly all of their time left: whoever renews may rely on the whole of it.
 */
public final class Renewals {

    /** How often somebody else may be faster before a renewal gives up. */
    private static final int ATTEMPTS = 10;

    /** How many documents of a live set are written at a time. */
    private static final int LANES = 4;

    private final SliceStore store;
    private final Clock clock;
    private final Limits limits;
    private final Executor executor;

    /** Creates what takes signs of life in. */
    public Renewals(Services services) {
        this.store = services.store();
        this.clock = services.clock();
        this.limits = services.limits();
        this.executor = services.replies();
    }

    /**
     * Lets a slice live for so long from now.
     *
     * @throws RefusedException {@code invalid-request}, {@code not-found}, {@code removing}, {@code store-unavailable},
     *         or {@code not-ready} if others change it all the time
     */
    public Lease renew(SliceId id, int seconds) {
        if (seconds < Lease.LEAST_SECONDS || seconds > Lease.MOST_SECONDS) {
            throw new RefusedException(Problem.of(ProblemType.INVALID_REQUEST, "/leaseSeconds", seconds, "a lease of "
                    + seconds + " seconds is not within " + Lease.LEAST_SECONDS + " to " + Lease.MOST_SECONDS));
        }
        Optional<StoredSlice> written = write(id, store.slice(id),
                slice -> Leases.renewed(slice, seconds, clock.instant()));
        return written.orElseThrow(() -> store.slice(id).filter(Removals::exists).isPresent()
                ? Creations.removing(id) : Removals.notFound(id)).lease().orElseThrow();
    }

    /** Renews the leases of an owner's live set; of all owners' if it is empty. */
    public CompletableFuture<Renewal> renew(Optional<String> owner, Label label, Set<SliceId> ids) {
        Map<SliceId, VersionedSlice> known = living(owner, store.heard());
        if (!known.keySet().containsAll(ids)) {
            // made on another node a moment ago, or none at all
            known = living(owner, store.slices());
        }
        LiveSet set = new LiveSet(ids.stream().filter(known::containsKey)
                .collect(Collectors.toMap(id -> id, known::get, (one, other) -> one, TreeMap::new)));
        Set<SliceId> unlisted = known.values().stream()
                .filter(each -> label.on(each.slice().spec()) && !ids.contains(each.id()))
                .map(VersionedSlice::id).collect(Collectors.toSet());
        return set.renewed().thenApply(renewed -> Renewal.builder().renewed(renewed)
                .unknown(ids.stream().filter(id -> !renewed.contains(id)).collect(Collectors.toSet()))
                .unlisted(unlisted).build());
    }

    private static Map<SliceId, VersionedSlice> living(Optional<String> owner, Iterable<VersionedSlice> slices) {
        Map<SliceId, VersionedSlice> living = new TreeMap<>();
        slices.forEach(each -> {
            if (lives(each) && owner.filter(name -> !name.equals(each.slice().owner())).isEmpty()) {
                living.put(each.id(), each);
            }
        });
        return living;
    }

    private static boolean lives(VersionedSlice slice) {
        return Removals.exists(slice) && slice.slice().state() != SliceState.REMOVING;
    }

    /** Returns the slice as it was written; empty if there is none by now that lives. */
    private Optional<StoredSlice> write(SliceId id, Optional<VersionedSlice> known, UnaryOperator<StoredSlice> renewal) {
        Optional<VersionedSlice> found = known;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (found.filter(Renewals::lives).isEmpty()) {
                return Optional.empty();
            }
            StoredSlice renewed = renewal.apply(found.get().slice());
            if (renewed.equals(found.get().slice()) || store.replace(found.get().version(), renewed)) {
                return Optional.of(renewed);
            }
            found = store.slice(id);
        }
        throw Waits.late(id, "is being changed by several requests at once");
    }

    /** The slices that live, each to be renewed once. */
    private final class LiveSet {

        private final TreeMap<SliceId, VersionedSlice> left;
        private final Set<SliceId> renewed = new ConcurrentSkipListSet<>();
        private final Instant deadline = clock.instant().plus(limits.pending());
        private final int size;

        private LiveSet(TreeMap<SliceId, VersionedSlice> slices) {
            this.left = slices;
            this.size = slices.size();
        }

        private CompletableFuture<Set<SliceId>> renewed() {
            return CompletableFuture.allOf(Stream.generate(() -> Turns.run(executor, this::renewNext)).limit(LANES)
                    .toArray(CompletableFuture<?>[]::new)).thenApply(all -> renewed);
        }

        private boolean renewNext() {
            Optional<VersionedSlice> slice = take();
            Instant now = clock.instant();
            if (slice.isPresent() && now.isAfter(deadline)) {
                throw new RefusedException(Problem.of(ProblemType.NOT_READY, renewed.size() + " of " + size
                        + " slices were renewed within " + limits.pending().toSeconds() + " s; ask again"));
            }
            slice.flatMap(known -> write(known.id(), slice, each -> Leases.signOfLife(each, now)))
                    .ifPresent(written -> renewed.add(written.id()));
            return slice.isPresent();
        }

        private Optional<VersionedSlice> take() {
            synchronized (left) {
                return Optional.ofNullable(left.pollFirstEntry()).map(Map.Entry::getValue);
            }
        }
    }
}
