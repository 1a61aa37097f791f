package org.cloister.isolation.control.plan;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.program.AdmitLevel;
import org.cloister.isolation.program.Admittance;
import org.cloister.isolation.store.Move;
import org.cloister.isolation.store.Retired;
import org.cloister.isolation.store.StoredSlice;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** One of a slice's allocations, and how host ports admit under its tag: all that its rules are made of. */
public final class Installation {

    private final StoredSlice slice;
    private final Allocation allocation;
    private final AdmitLevel level;

    private Installation(StoredSlice slice, Allocation allocation, AdmitLevel level) {
        this.slice = slice;
        this.allocation = Objects.requireNonNull(allocation, "allocation is null");
        this.level = level;
    }

    /** Returns the one that carries the slice's traffic. */
    public static Installation current(StoredSlice slice) {
        return new Installation(slice, slice.allocation().orElseThrow(), slice.admitLevel());
    }

    /** Returns the one that a slice is moving to. */
    public static Installation next(StoredSlice slice, Move move) {
        return new Installation(slice, move.allocation(), slice.admitLevel().other());
    }

    /** Returns one that a slice has moved away from. */
    public static Installation retired(StoredSlice slice, Retired retired) {
        return new Installation(slice, retired.allocation(), retired.admitLevel());
    }

    /** Returns all of a slice's, the one that carries its traffic first. */
    public static List<Installation> all(StoredSlice slice) {
        List<Installation> all = new ArrayList<>();
        slice.allocation().ifPresent(allocation -> all.add(current(slice)));
        slice.move().ifPresent(move -> all.add(next(slice, move)));
        slice.retired().forEach(retired -> all.add(retired(slice, retired)));
        return all;
    }

    /** Returns all allocations whose links and hosts are a slice's, the one that carries its traffic first. */
    public static List<Allocation> held(StoredSlice slice) {
        List<Allocation> held = new ArrayList<>();
        slice.allocation().ifPresent(held::add);
        slice.move().map(Move::allocation).ifPresent(held::add);
        slice.retired().stream().filter(retired -> !retired.released()).map(Retired::allocation).forEach(held::add);
        return held;
    }

    /** Returns whose it is. */
    public SliceId slice() {
        return slice.id();
    }

    /** Returns the allocation. */
    public Allocation allocation() {
        return allocation;
    }

    /** Returns how its host ports admit, as far as their meters are there. */
    Admittance admittance(Fabric fabric) {
        return Admittances.of(fabric, slice, allocation, level);
    }

    /** Returns the tag that its packets have. */
    public int tag() {
        return allocation.tag();
    }

    @Override
    public String toString() {
        return slice.id() + " under tag " + tag();
    }
}
