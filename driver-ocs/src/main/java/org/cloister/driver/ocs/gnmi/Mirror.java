package org.cloister.driver.ocs.gnmi;

import org.cloister.driver.ocs.session.CircuitState;
import org.cloister.driver.ocs.session.OcsException;
import org.cloister.driver.ocs.session.OcsException.Reason;
import org.cloister.driver.ocs.session.Snapshot;
import org.cloister.gnmi.Notification;
import org.cloister.gnmi.Path;
import org.cloister.gnmi.Update;

import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a switch has shown so far, by whatever way. Safe for use by several threads. */
final class Mirror {

    private final Subtree connections = new Subtree();
    private final Subtree components = new Subtree();
    private long latest;
    private Snapshot snapshot;

    /** Takes what a Subscribe tells; returns whether it is news. Duplicates and what comes late are not. */
    synchronized boolean told(Notification notification) {
        long time = time(notification);
        boolean[] news = new boolean[1];
        for (Path deleted : notification.getDeleteList()) {
            Location location = Location.of(notification.getPrefix(), deleted);
            subtree(location.root).ifPresent(tree -> news[0] |= tree.delete(location.key, location.rest, time));
        }
        for (Update update : notification.getUpdateList()) {
            Values.read(Location.of(notification.getPrefix(), update.getPath()), update.getVal(), (location, value) ->
                    subtree(location.root).ifPresent(tree ->
                            news[0] |= tree.update(location.key, location.rest, value, time)));
        }
        return changed(news[0]);
    }

    /** Takes note that the switch is asked for whole roots, before it is. */
    synchronized void ask(String... roots) {
        for (String root : roots) {
            subtree(root).orElseThrow().ask();
        }
    }

    /**
     * Takes the answer to a Get of whole roots; returns whether there is news in it.
     *
     * @throws OcsException {@code REJECTED} if what every switch shows that has shown it before is not in it: half an
     *     answer, from a switch whose software is not all up, must not pass for one without ports or circuits
     */
    synchronized boolean took(List<Notification> answer, String... roots) {
        for (String root : roots) {
            checkWhole(answer, root, root.equals(OcsTree.CONNECTIONS) ? OcsTree.LAST_CHANGE : OcsTree.PORT_INDEX);
        }
        Map<String, Subtree> taken = new HashMap<>();
        for (String root : roots) {
            Subtree tree = subtree(root).orElseThrow();
            LongSummaryStatistics times = times(answer, root);
            boolean none = times.getCount() == 0;
            tree.begin(none ? latest : times.getMin(), none ? latest : times.getMax());
            taken.put(root, tree);
        }
        for (Notification part : answer) {
            for (Update update : part.getUpdateList()) {
                Values.read(Location.of(part.getPrefix(), update.getPath()), update.getVal(), (location, value) -> {
                    Subtree tree = taken.get(location.root);
                    if (tree != null) {
                        tree.show(location.key, location.rest, value);
                    }
                });
            }
        }
        boolean news = false;
        for (Subtree tree : taken.values()) {
            news |= tree.end();
        }
        return changed(news);
    }

    /** Returns the times of those parts of an answer that show something of a root. */
    private LongSummaryStatistics times(List<Notification> answer, String root) {
        LongSummaryStatistics times = new LongSummaryStatistics();
        for (Notification part : answer) {
            boolean[] shown = new boolean[1];
            for (Update update : part.getUpdateList()) {
                if (!shown[0]) {
                    Values.read(Location.of(part.getPrefix(), update.getPath()), update.getVal(), (location, value) ->
                            shown[0] |= location.root.equals(root));
                }
            }
            if (shown[0]) {
                times.accept(time(part));
            }
        }
        return times;
    }

    private void checkWhole(List<Notification> answer, String root, String leaf) {
        boolean[] shown = {!subtree(root).orElseThrow().has(leaf)};
        for (Notification part : answer) {
            for (Update update : part.getUpdateList()) {
                if (!shown[0]) {
                    Values.read(Location.of(part.getPrefix(), update.getPath()), update.getVal(), (location, value) ->
                            shown[0] |= location.root.equals(root) && location.rest.equals(leaf));
                }
            }
        }
        if (!shown[0]) {
            throw new OcsException(Reason.REJECTED, "the switch did not show all of /" + root + ": no " + leaf
                    + ", which was there before");
        }
    }

    /**
     * Returns all that is shown.
     *
     * @throws OcsException {@code REJECTED}, naming the leaf, if one is no number that has to be one
     */
    synchronized Snapshot snapshot() {
        if (snapshot == null) {
            snapshot = SnapshotReader.snapshot(connections, components);
        }
        return snapshot;
    }

    /** Returns whether the switch shows a port. */
    synchronized boolean hasPort(String name) {
        return components.value(name, OcsTree.PORT_INDEX) != null;
    }

    /** Returns whether the switch measures power. */
    synchronized boolean measuresPower() {
        return SnapshotReader.measuresPower(components);
    }

    /** Returns all entries of connections, those among them that are in each other's way. */
    synchronized List<CircuitState> connections() {
        return SnapshotReader.connections(connections);
    }

    /** Returns an entry of connections by its name. */
    synchronized Optional<CircuitState> connection(String name) {
        return SnapshotReader.connection(connections, name);
    }

    /** Returns whether anything is shown under the name of a connection, if only that it is being deleted. */
    synchronized boolean shows(String name) {
        return connections.hasEntry(name);
    }

    /** Returns whether nothing is on its way to being made or deleted. */
    synchronized boolean isQuiet() {
        return SnapshotReader.isQuiet(connections);
    }

    /** Returns what changes whenever the set of connections does. */
    synchronized String revision() {
        return SnapshotReader.revision(connections);
    }

    /** Forgets how connections fare that are being made anew under the same names. */
    synchronized void forgetStates(Set<String> names) {
        names.forEach(name -> connections.forget(name, OcsTree.STATUS));
        changed(!names.isEmpty());
    }

    private boolean changed(boolean news) {
        if (news) {
            snapshot = null;
        }
        return news;
    }

    /** A switch that tells no times is taken to tell things in their order. */
    private long time(Notification notification) {
        latest = Math.max(latest, notification.getTimestamp());
        return notification.getTimestamp() == 0 ? latest : notification.getTimestamp();
    }

    private Optional<Subtree> subtree(String root) {
        switch (root) {
            case OcsTree.CONNECTIONS:
                return Optional.of(connections);
            case OcsTree.COMPONENTS:
                return Optional.of(components);
            default:
                return Optional.empty();
        }
    }
}
