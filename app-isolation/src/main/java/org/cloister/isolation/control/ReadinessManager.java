package org.cloister.isolation.control;

import com.google.common.base.Suppliers;
import org.cloister.isolation.api.ReadinessService;
import org.cloister.isolation.api.RefusedException;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.config.App;
import org.cloister.isolation.config.FabricSource;
import org.cloister.isolation.store.SliceStore;
import org.onosproject.cluster.Leadership;
import org.onosproject.cluster.LeadershipService;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Looks at all that a request for a slice needs. Everybody may ask, so the answer is as old as a second, and no more
 * than one look is under way.
 */
@Component(immediate = true, service = ReadinessService.class)
public final class ReadinessManager implements ReadinessService {

    private static final int REMEMBERED_MILLIS = 1000;

    /** A name to ask the store for; what matters is that it answers. */
    private static final SliceId ANY = SliceId.of("readiness");

    @Reference
    private SliceStore store;
    @Reference
    private FabricSource source;
    @Reference
    private LeadershipService leadership;

    private final Supplier<List<String>> remembered;

    /** Creates a service that gets what it looks at from the container. */
    public ReadinessManager() {
        remembered = Suppliers.memoizeWithExpiration(this::look, REMEMBERED_MILLIS, TimeUnit.MILLISECONDS)::get;
    }

    /** Creates a service that looks at the given things each time. */
    ReadinessManager(SliceStore store, FabricSource source, LeadershipService leadership) {
        this.store = store;
        this.source = source;
        this.leadership = leadership;
        remembered = this::look;
    }

    @Override
    public List<String> missing() {
        return remembered.get();
    }

    private List<String> look() {
        List<String> missing = new ArrayList<>();
        try {
            store.slice(ANY);
        } catch (RefusedException e) {
            missing.add("the store does not answer");
        }
        if (source.fabric().isEmpty()) {
            missing.add("there is no valid configuration of the fabric");
        }
        Leadership now = leadership.getLeadership(App.NAME);
        if (now == null || now.leaderNodeId() == null) {
            missing.add("no node decides on slices");
        }
        return List.copyOf(missing);
    }
}
