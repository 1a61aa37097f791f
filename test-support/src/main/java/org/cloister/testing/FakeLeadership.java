package org.cloister.testing;

import org.onosproject.cluster.Leader;
import org.onosproject.cluster.Leadership;
import org.onosproject.cluster.LeadershipEvent;
import org.onosproject.cluster.LeadershipEventListener;
import org.onosproject.cluster.LeadershipServiceAdapter;
import org.onosproject.cluster.NodeId;

import java.util.ArrayList;
import java.util.List;

/** A leader that the test chooses; listeners can be kept in the dark about it. */
public final class FakeLeadership extends LeadershipServiceAdapter {

    private final List<LeadershipEventListener> listeners = new ArrayList<>();
    private NodeId leader;
    private long term;

    public FakeLeadership(NodeId leader) {
        this.leader = leader;
    }

    @Override
    public Leadership getLeadership(String topic) {
        return leader == null ? null : new Leadership(topic, new Leader(leader, term, 0), List.of(leader));
    }

    @Override
    public Leadership runForLeadership(String topic) {
        return getLeadership(topic);
    }

    @Override
    public void addListener(LeadershipEventListener listener) {
        listeners.add(listener);
    }

    @Override
    public void removeListener(LeadershipEventListener listener) {
        listeners.remove(listener);
    }

    /** Chooses a leader, maybe none. */
    public void choose(String topic, NodeId chosen) {
        leader = chosen;
        term++;
        Leadership now = new Leadership(topic, chosen == null ? null : new Leader(chosen, term, 0), List.of());
        List.copyOf(listeners).forEach(listener ->
                listener.event(new LeadershipEvent(LeadershipEvent.Type.LEADER_CHANGED, now)));
    }
}
