package org.cloister.isolation.control.plan;

import org.cloister.isolation.store.Move;
import org.cloister.isolation.store.Retired;
import org.cloister.isolation.store.StoredSlice;

import java.time.Instant;
import java.util.Optional;

/** How a slice's document gives up a move of which no packet was ever admitted under the new tag. */
public final class Moves {

    private Moves() {
    }

    /** Leaves a slice, whose packets were never admitted under the new tag, where it is. */
    public static void giveUp(StoredSlice slice, Change change, Trouble trouble) {
        Move move = slice.move().orElseThrow();
        change.retire(retired(slice, move)).move(Optional.empty());
        if (move.reason() == Move.Reason.CHANGE) {
            move.previousSpec().ifPresent(change::network);
            change.holds(Conditions.CHANGE_FAILED, trouble.reason(), trouble.message());
        } else if (move.reason() != Move.Reason.REPACK) {
            // who was to make room for others need not know that it could not
            change.holds(Conditions.MOVE_FAILED, trouble.reason(), trouble.message());
        }
    }

    /** Returns a slice that has called its move off, without a word: nothing speaks against where it is. */
    public static StoredSlice withdrawn(StoredSlice slice, Instant now) {
        return Change.of(slice, now).retire(retired(slice, slice.move().orElseThrow())).move(Optional.empty()).slice();
    }

    /** Returns the next allocation as a retired one. Nothing was ever admitted under its tag. */
    public static Retired retired(StoredSlice slice, Move move) {
        return Retired.builder().allocation(move.allocation()).admitLevel(slice.admitLevel().other())
                .devices(move.devices()).since(move.since()).build();
    }
}
