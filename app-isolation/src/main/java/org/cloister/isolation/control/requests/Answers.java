package org.cloister.isolation.control.requests;

import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.RefusedException;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.store.SliceStore;
import org.cloister.isolation.store.SliceStoreListener;
import org.cloister.isolation.store.VersionedSlice;
import org.onlab.util.OrderedExecutor;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/**
 * Futures of what becomes of slices. A future is looked at after every change of its slice, by any node, and completes
 * on a thread of its own, never on one of the store.
 */
public final class Answers implements SliceStoreListener {

    private final SliceStore store;
    private final Executor executor;
    private final Map<SliceId, CopyOnWriteArrayList<Waiting<?>>> waiting = new ConcurrentHashMap<>();

    /** Creates answers that complete on an executor. */
    public Answers(SliceStore store, Executor executor) {
        this.store = store;
        this.executor = executor;
    }

    /**
     * Returns a future of what a function makes of a slice, beginning with the slice as it is now.
     *
     * @param answer returns empty to wait on; an exception completes the future with it
     */
    public <T> CompletableFuture<T> of(SliceId id, Function<Optional<VersionedSlice>, Optional<T>> answer) {
        Waiting<T> added = new Waiting<>(answer, new OrderedExecutor(executor));
        waiting.compute(id, (key, list) -> {
            CopyOnWriteArrayList<Waiting<?>> those = list == null ? new CopyOnWriteArrayList<>() : list;
            those.add(added);
            return those;
        });
        added.future.whenComplete((result, error) -> waiting.computeIfPresent(id, (key, list) -> {
            list.remove(added);
            return list.isEmpty() ? null : list;
        }));
        try {
            added.look(store.slice(id));
        } catch (RefusedException e) {
            added.future.completeExceptionally(e);
        }
        return added.future;
    }

    /** Has the futures of a slice looked at again. */
    @Override
    public void changed(SliceId id, Optional<VersionedSlice> now) {
        Iterable<Waiting<?>> those = waiting.get(id);
        if (those != null) {
            those.forEach(each -> run(each, () -> each.look(now)));
        }
    }

    /** Completes what waits, because this node stops. */
    public void refuseAll(Problem problem) {
        waiting.values().forEach(list -> list.forEach(each -> each.future
                .completeExceptionally(new RefusedException(problem))));
    }

    private static void run(Waiting<?> waiting, Runnable task) {
        try {
            waiting.inOrder.execute(task);
        } catch (RejectedExecutionException e) {
            task.run(); // stopping: rather on this thread than never
        }
    }

    private static final class Waiting<T> {

        private final Function<Optional<VersionedSlice>, Optional<T>> answer;
        private final CompletableFuture<T> future = new CompletableFuture<>();
        /** A refusal and the end of its document are two changes; the later must not be looked at first. */
        private final Executor inOrder;

        private Waiting(Function<Optional<VersionedSlice>, Optional<T>> answer, Executor inOrder) {
            this.answer = answer;
            this.inOrder = inOrder;
        }

        private void look(Optional<VersionedSlice> now) {
            if (future.isDone()) {
                return;
            }
            try {
                answer.apply(now).ifPresent(future::complete);
            } catch (RuntimeException e) {
                future.completeExceptionally(e);
            }
        }
    }
}
