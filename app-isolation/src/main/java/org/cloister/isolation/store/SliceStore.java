package org.cloister.isolation.store;

import org.cloister.isolation.api.SliceId;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps slices for the whole cluster. Every change names the version that it was derived from and fails when somebody
 * else was faster. Calls throw {@link org.cloister.isolation.api.RefusedException} with {@code store-unavailable}
 * when the store does not answer; a change that ends so may have taken place, and {@link #heard()} may not have it
 * before {@link #refresh()}.
 *
 * <p>A document that cannot be read, because a newer application wrote it or it was damaged, is kept and reported by
 * {@link #unreadable()}; no call of this interface changes it.
 */
public interface SliceStore {

    /** Returns a slice as the cluster has it now. */
    Optional<VersionedSlice> slice(SliceId id);

    /** Returns all slices as the cluster has them now, sorted by id. */
    List<VersionedSlice> slices();

    /**
     * Returns all slices as this node has heard of them, sorted by id: its own changes at once, those of other nodes
     * a little later. Does not wait for the cluster.
     */
    List<VersionedSlice> heard();

    /** Reads everything anew, for what events may have missed. */
    void refresh();

    /** Returns why documents cannot be read, by key. */
    Map<String, String> unreadable();

    /** Stores a slice; returns false if there is a document of that name, readable or not. */
    boolean create(StoredSlice slice);

    /** Replaces a slice at a version; returns false if it has changed or gone. */
    boolean replace(long version, StoredSlice slice);

    /** Removes a slice at a version; returns false if it has changed or gone. */
    boolean remove(SliceId id, long version);

    /** Removes a document that cannot be read, whatever it holds; returns false if there is none such. */
    boolean discard(String key);

    /** Adds a listener. */
    void addListener(SliceStoreListener listener);

    /** Removes a listener. */
    void removeListener(SliceStoreListener listener);
}
