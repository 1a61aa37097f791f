package org.cloister.lab.openflow.flow;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;

/** Remembers what could not be read, so that it is logged when it first appears and not again at every poll. */
final class Unreadable {

    private static final Cache<Object, Boolean> SEEN = CacheBuilder.newBuilder().maximumSize(1_000).build();

    private Unreadable() {
    }

    static boolean isNew(Object what) {
        return SEEN.asMap().putIfAbsent(what, true) == null;
    }
}
