package org.cloister.isolation.control;

import org.cloister.isolation.config.App;
import org.onosproject.cluster.Leader;
import org.onosproject.cluster.Leadership;
import org.onosproject.cluster.LeadershipEvent;
import org.onosproject.cluster.LeadershipEventListener;
import org.onosproject.cluster.LeadershipServiceAdapter;
import org.onosproject.cluster.NodeId;

import java.util.ArrayList;
import java.util.List;

/** The leader of a cluster, and what each node has heard of it: nodes may go on believing in an earlier one. */
final class ClusterLeadership {

    private Leadership now = leadership(null, 0);
    private long term;

    /** Chooses a leader, maybe none; no node hears of it by itself. */
    void choose(NodeId chosen) {
        now = leadership(chosen, ++term);
    }

    NodeId leader() {
        return now.leaderNodeId();
    }

    private static Leadership leadership(NodeId leader, long term) {
        return new Leadership(App.NAME, leader == null ? null : new Leader(leader, term, 0), List.of());
    }

    /** A node's view. */
    final class View extends LeadershipServiceAdapter {

        private final List<LeadershipEventListener> listeners = new ArrayList<>();
        private Leadership heard = now;

        /** The node hears who leads. */
        void hear() {
            heard = now;
            List.copyOf(listeners).forEach(listener ->
                    listener.event(new LeadershipEvent(LeadershipEvent.Type.LEADER_CHANGED, heard)));
        }

        @Override
        public Leadership getLeadership(String topic) {
            return heard;
        }

        @Override
        public Leadership runForLeadership(String topic) {
            return heard;
        }

        @Override
        public void withdraw(String topic) {
            // the test chooses
        }

        @Override
        public void addListener(LeadershipEventListener listener) {
            listeners.add(listener);
        }

        @Override
        public void removeListener(LeadershipEventListener listener) {
            listeners.remove(listener);
        }
    }
}
