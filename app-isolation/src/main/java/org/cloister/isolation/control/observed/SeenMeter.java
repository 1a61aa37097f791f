package org.cloister.isolation.control.observed;

import java.time.Instant;
import java.util.Objects;

/** A meter of ours as ONOS last heard of it. */
public final class SeenMeter {

    private final long id;
    private final MeterSize size;
    private final Status status;
    private final Instant since;

    /** Creates what was heard of the meter with an id. */
    public SeenMeter(long id, MeterSize size, Status status, Instant since) {
        this.id = id;
        this.size = Objects.requireNonNull(size, "size is null");
        this.status = Objects.requireNonNull(status, "status is null");
        this.since = Objects.requireNonNull(since, "since is null");
    }

    /** ONOS's id of it on its device. */
    public long id() {
        return id;
    }

    /** Returns what it does. */
    public MeterSize size() {
        return size;
    }

    /** Returns where it is in its life. */
    public Status status() {
        return status;
    }

    /** Since when this node has seen it in its status. */
    public Instant since() {
        return since;
    }

    @Override
    public String toString() {
        return status + " meter " + id + " of " + size;
    }

    /** Where a meter is in its life. */
    public enum Status {
        /** Sent; the switch's statistics have not shown it yet. ONOS sends it again at every poll. */
        SENT,
        /** Shown by the switch's statistics once; ONOS puts it back whenever they show it no longer. */
        ADDED,
        /** To be removed; its id is held until the switch's statistics show it no longer. */
        LEAVING
    }
}
