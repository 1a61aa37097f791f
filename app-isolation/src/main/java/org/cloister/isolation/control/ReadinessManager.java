package org.cloister.isolation.control;

import com.google.common.base.Suppliers;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.ReadinessService;
import org.cloister.isolation.api.RefusedException;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.config.App;
import org.cloister.isolation.config.FabricSource;
import org.cloister.isolation.store.SettingsStore;
import org.cloister.isolation.store.SliceStore;
import org.onosproject.cluster.Leadership;
import org.onosproject.cluster.LeadershipService;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

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
    @Reference
    private SettingsStore settings;
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile DecisionHealth decisions;

    private final Supplier<List<String>> remembered;

    /** Creates a service that gets what it looks at from the container. */
    public ReadinessManager() {
        remembered = Suppliers.memoizeWithExpiration(this::look, REMEMBERED_MILLIS, TimeUnit.MILLISECONDS)::get;
    }

    /** Creates a service that looks at the given things each time. */
    ReadinessManager(SliceStore store, FabricSource source, LeadershipService leadership, SettingsStore settings,
                     DecisionHealth decisions) {
        this.store = store;
        this.source = source;
        this.leadership = leadership;
        this.settings = settings;
        this.decisions = decisions;
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
            if (!store.unreadable().isEmpty()) {
                missing.add("slices are stored in a form that this version cannot read, so what is free is not known");
            }
            if (settings.heardPurge().isPresent()) {
                missing.add("Cloister was purged and takes no requests");
            }
        } catch (RefusedException e) {
            missing.add(e.problem().type() == ProblemType.STORE_UNAVAILABLE ? "the store does not answer"
                    : "Cloister was purged in a form that this version cannot read");
        }
        if (source.fabric().isEmpty()) {
            missing.add("there is no valid configuration of the fabric");
        }
        Leadership now = leadership.getLeadership(App.NAME);
        if (now == null || now.leaderNodeId() == null) {
            missing.add("no node decides on slices");
        }
        DecisionHealth health = decisions;
        if (health == null) {
            missing.add("slices are not looked after on this node");
        } else {
            health.trouble().ifPresent(missing::add);
        }
        return List.copyOf(missing);
    }
}
