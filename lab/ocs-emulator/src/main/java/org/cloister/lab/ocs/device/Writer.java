package org.cloister.lab.ocs.device;

import org.cloister.lab.ocs.Later;

import java.math.BigInteger;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Who may write, and what lasts. Of several clients the one with the highest election id writes; once one has shown an
 * election id, who shows none may not. A change that waits for confirmation keeps all others out until it is confirmed,
 * cancelled or its time is over; then all is as it was before. It also waits when the process starts anew.
 */
public final class Writer {

    /** How long a change waits for confirmation if the request does not say. */
    public static final Duration DEFAULT_WITHIN = Duration.ofMinutes(10);

    private static final Logger LOG = Logger.getLogger(Writer.class.getName());

    private final OpticalSwitch device;
    private final StateStore store;
    private final Later later;
    private final LongSupplier epochNs;
    private Optional<BigInteger> highest = Optional.empty();
    private Optional<Saved.Pending> pending = Optional.empty();
    private Saved saved = Saved.NOTHING;

    /** Creates a writer for a switch that is not started. */
    public Writer(OpticalSwitch device, StateStore store, Later later, LongSupplier epochNs) {
        this.device = device;
        this.store = store;
        this.later = later;
        this.epochNs = epochNs;
    }

    /** Starts the switch with what it remembers. */
    public void start() {
        saved = store.load();
        pending = saved.pending();
        device.start(saved.configuration(), saved.invalid());
        saved.pending().ifPresent(this::await);
    }

    /** Returns the highest election id that was shown. */
    public Optional<BigInteger> highest() {
        return highest;
    }

    /** Sets it, as if it had been shown, or takes it back. */
    public void elect(Optional<BigInteger> election) {
        highest = election;
    }

    /** Returns the change that waits for confirmation. */
    public Optional<Saved.Pending> pending() {
        return pending;
    }

    /**
     * Carries a request out, as a whole or not at all.
     *
     * @param election who asks; empty for somebody who takes part in no election
     * @param commit   what is said of confirmation
     * @param reader   makes an edit of what is configured; empty for a request that changes nothing
     * @throws Refusal if nothing was changed
     */
    public void write(Optional<BigInteger> election, Optional<CommitAction> commit,
            Function<Configuration, Optional<Edit>> reader) {
        arbitrate(election);
        Optional<Edit> edit = reader.apply(device.configuration());
        if (commit.isPresent() && commit.get().kind() != CommitAction.Kind.BEGIN) {
            if (edit.isPresent()) {
                throw new Refusal(Refusal.Cause.MALFORMED, "commit " + commit.get().id()
                        + ": a request that confirms or cancels changes nothing else");
            }
            settle(commit.get());
            return;
        }
        if (edit.isEmpty()) {
            return;
        }
        if (pending.isPresent()) {
            throw new Refusal(Refusal.Cause.CONFLICT, "commit " + pending.get().id() + " waits for confirmation");
        }
        commit.filter(action -> action.id().isEmpty()).ifPresent(action -> {
            throw new Refusal(Refusal.Cause.MALFORMED, "commit: id is empty");
        });
        device.check(edit.get());
        Configuration before = device.configuration();
        // written down together with the change itself
        commit.ifPresent(action -> await(new Saved.Pending(action.id(), before,
                epochNs.getAsLong() + action.within().orElse(DEFAULT_WITHIN).toNanos())));
        device.apply(edit.get());
        save();
    }

    /** Writes down what the switch remembers, if it is something new. To be called when the switch has changed. */
    public void save() {
        Set<String> invalid = device.connections().values().stream()
                .filter(connection -> connection.status() == ConnectionStatus.INVALID)
                .map(Connection::name).collect(Collectors.toSet());
        Saved now = new Saved(device.configuration(), invalid, pending);
        if (!now.equals(saved)) {
            store.save(now);
            saved = now;
        }
    }

    /** Forgets elections and takes back what waits for confirmation, as a switch does that boots. */
    public void boot() {
        highest = Optional.empty();
        pending.ifPresent(this::rollBack);
    }

    private void arbitrate(Optional<BigInteger> election) {
        if (highest.isPresent() && (election.isEmpty() || election.get().compareTo(highest.get()) < 0)) {
            throw new Refusal(Refusal.Cause.NOT_MASTER, "election id " + election.map(BigInteger::toString).orElse("none")
                    + " is lower than " + highest.get());
        }
        highest = election.or(() -> highest);
    }

    private void settle(CommitAction action) {
        Saved.Pending waiting = pending.orElseThrow(() -> new Refusal(Refusal.Cause.CONFLICT,
                "commit " + action.id() + ": no change waits for confirmation"));
        if (!waiting.id().equals(action.id())) {
            throw new Refusal(Refusal.Cause.MALFORMED, "commit " + action.id() + ": the change that waits for confirmation is "
                    + waiting.id());
        }
        switch (action.kind()) {
            case CONFIRM:
                LOG.info("commit " + action.id() + " is confirmed");
                pending = Optional.empty();
                break;
            case CANCEL:
                LOG.info("commit " + action.id() + " is cancelled");
                rollBack(waiting);
                break;
            default:
                await(new Saved.Pending(waiting.id(), waiting.before(),
                        epochNs.getAsLong() + action.within().orElse(DEFAULT_WITHIN).toNanos()));
                break;
        }
        save();
    }

    private void await(Saved.Pending change) {
        pending = Optional.of(change);
        later.after(Duration.ofNanos(Math.max(0, change.deadlineNs() - epochNs.getAsLong())), () -> {
            if (pending.filter(waiting -> waiting == change).isPresent()) {
                LOG.info("commit " + change.id() + " was not confirmed in time");
                rollBack(change);
                save();
            }
        });
    }

    private void rollBack(Saved.Pending change) {
        pending = Optional.empty();
        Set<String> released = new HashSet<>(device.configuration().connections().keySet());
        released.removeIf(name -> device.configuration().connections().get(name)
                .equals(change.before().connections().get(name)));
        device.apply(new Edit(change.before(), released));
    }
}
