package org.cloister.lab.ocs.device;

/** Remembers as long as the object lives. */
public final class MemoryStateStore implements StateStore {

    private volatile Saved saved = Saved.NOTHING;

    @Override
    public Saved load() {
        return saved;
    }

    @Override
    public void save(Saved state) {
        saved = state;
    }
}
