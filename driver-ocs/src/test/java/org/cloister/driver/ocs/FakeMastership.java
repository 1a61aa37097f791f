package org.cloister.driver.ocs;

import org.onosproject.cluster.NodeId;
import org.onosproject.mastership.MastershipEvent;
import org.onosproject.mastership.MastershipInfo;
import org.onosproject.mastership.MastershipListener;
import org.onosproject.mastership.MastershipServiceAdapter;
import org.onosproject.mastership.MastershipTerm;
import org.onosproject.mastership.MastershipTermService;
import org.onosproject.net.DeviceId;
import org.onosproject.net.MastershipRole;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Masters of switches among this node and another one. */
public final class FakeMastership extends MastershipServiceAdapter implements MastershipTermService {

    private static final NodeId HERE = NodeId.nodeId("here");
    private static final NodeId THERE = NodeId.nodeId("there");

    private final Map<DeviceId, MastershipTerm> terms = new ConcurrentHashMap<>();
    private final List<MastershipListener> listeners = new CopyOnWriteArrayList<>();

    /** Elects this node or the other one. */
    public void elect(DeviceId device, boolean here) {
        terms.compute(device, (same, before) -> MastershipTerm.of(here ? HERE : THERE,
                before == null ? 1 : before.termNumber() + 1));
        MastershipEvent event = new MastershipEvent(MastershipEvent.Type.MASTER_CHANGED, device,
                new MastershipInfo());
        listeners.forEach(listener -> listener.event(event));
    }

    @Override
    public MastershipRole getLocalRole(DeviceId device) {
        MastershipTerm term = terms.get(device);
        return term == null ? MastershipRole.NONE
                : term.master().equals(HERE) ? MastershipRole.MASTER : MastershipRole.STANDBY;
    }

    @Override
    public NodeId getMasterFor(DeviceId device) {
        MastershipTerm term = terms.get(device);
        return term == null ? null : term.master();
    }

    @Override
    public MastershipTerm getMastershipTerm(DeviceId device) {
        return terms.get(device);
    }

    @Override
    public void addListener(MastershipListener listener) {
        listeners.add(listener);
    }

    @Override
    public void removeListener(MastershipListener listener) {
        listeners.remove(listener);
    }
}
