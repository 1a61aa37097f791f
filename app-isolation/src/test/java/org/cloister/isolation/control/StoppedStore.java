package org.cloister.isolation.control;

import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.store.SliceStore;
import org.cloister.isolation.store.SliceStoreListener;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A store as a node sees it that stops before it writes anything. */
final class StoppedStore implements SliceStore {

    private final SliceStore store;

    StoppedStore(SliceStore store) {
        this.store = store;
    }

    @Override
    public Optional<VersionedSlice> slice(SliceId id) {
        return store.slice(id);
    }

    @Override
    public List<VersionedSlice> slices() {
        return store.slices();
    }

    @Override
    public List<VersionedSlice> heard() {
        return store.heard();
    }

    @Override
    public void refresh() {
        store.refresh();
    }

    @Override
    public Map<String, String> unreadable() {
        return store.unreadable();
    }

    @Override
    public boolean create(StoredSlice slice) {
        return false;
    }

    @Override
    public boolean replace(long version, StoredSlice slice) {
        return false;
    }

    @Override
    public boolean discard(String key) {
        return store.discard(key);
    }

    @Override
    public boolean remove(SliceId id, long version) {
        return false;
    }

    @Override
    public void addListener(SliceStoreListener listener) {
        store.addListener(listener);
    }

    @Override
    public void removeListener(SliceStoreListener listener) {
        store.removeListener(listener);
    }
}
