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
        // the earliest: what changed between two parts of an answer counts as told later
        long time = answer.stream().mapToLong(this::time).min().orElse(latest);
        Map<String, Subtree> taken = new HashMap<>();
        for (String root : roots) {
            taken.put(root, subtree(root).orElseThrow());
        }
        taken.values().forEach(tree -> tree.begin(time));
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

    /** Returns all that is shown. */
    synchronized Snapshot snapshot() {
        if (snapshot == null) {
            snapshot = SnapshotReader.snapshot(connections, components);
        }
        return snapshot;
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
