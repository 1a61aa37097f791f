package org.cloister.lab.ocs.gnmi;

import org.cloister.gnmi.ext.Commit;
import org.cloister.gnmi.ext.Extension;
import org.cloister.gnmi.ext.Uint128;
import org.cloister.lab.ocs.device.CommitAction;
import org.cloister.lab.ocs.device.Refusal;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a Set request says beside its changes.
 *
 * @param election who asks
 * @param commit   whether it must be confirmed
 */
record Extensions(Optional<BigInteger> election, Optional<CommitAction> commit) {

    static Extensions of(List<Extension> extensions) {
        Optional<BigInteger> election = Optional.empty();
        Optional<CommitAction> commit = Optional.empty();
        for (Extension extension : extensions) {
            if (extension.hasMasterArbitration()) {
                if (!extension.getMasterArbitration().hasElectionId()) {
                    throw new Refusal(Refusal.Cause.MALFORMED, "master_arbitration: election_id is missing");
                }
                election = Optional.of(number(extension.getMasterArbitration().getElectionId()));
            } else if (extension.hasCommit()) {
                commit = Optional.of(action(extension.getCommit()));
            }
        }
        return new Extensions(election, commit);
    }

    private static BigInteger number(Uint128 id) {
        return new BigInteger(Long.toUnsignedString(id.getHigh())).shiftLeft(Long.SIZE)
                .or(new BigInteger(Long.toUnsignedString(id.getLow())));
    }

    private static CommitAction action(Commit commit) {
        switch (commit.getActionCase()) {
            case COMMIT:
                return new CommitAction(CommitAction.Kind.BEGIN, commit.getId(), commit.getCommit().hasRollbackDuration()
                        ? within(commit.getCommit().getRollbackDuration()) : Optional.empty());
            case CONFIRM:
                return new CommitAction(CommitAction.Kind.CONFIRM, commit.getId(), Optional.empty());
            case CANCEL:
                return new CommitAction(CommitAction.Kind.CANCEL, commit.getId(), Optional.empty());
            case SET_ROLLBACK_DURATION:
                return new CommitAction(CommitAction.Kind.EXTEND, commit.getId(),
                        within(commit.getSetRollbackDuration().getRollbackDuration()));
            default:
                throw new Refusal(Refusal.Cause.MALFORMED, "commit " + commit.getId() + ": action is missing");
        }
    }

    private static Optional<Duration> within(com.google.protobuf.Duration duration) {
        Duration within = Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
        if (within.isNegative() || within.isZero()) {
            throw new Refusal(Refusal.Cause.MALFORMED, "commit: rollback_duration is not positive: " + within);
        }
        return Optional.of(within);
    }
}
