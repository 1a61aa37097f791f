package org.cloister.rest;

import org.cloister.isolation.api.FabricView;
import org.cloister.isolation.api.ImmutableFabricView;
import org.cloister.isolation.api.ImmutableHostView;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceId;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The fabric without the names of slices that do not exist for a caller. Which hosts are taken stays: whoever places
 * jobs must know.
 */
final class VisibleFabric {

    /** The one problem that is named after a slice; of what cannot be read nobody knows the owner. */
    private static final String SLICE_PROBLEM = "SliceUnreadable";

    private VisibleFabric() {
    }

    /** Returns what a caller sees; the whole keeps its version. */
    static FabricView of(FabricView fabric, Collection<Slice> slices, Caller caller) {
        if (caller.seesAll()) {
            return fabric;
        }
        Set<SliceId> visible = slices.stream().filter(caller::sees).map(Slice::id).collect(Collectors.toSet());
        FabricView seen = ((ImmutableFabricView) fabric)
                .withVersion("")
                .withHosts(fabric.hosts().stream().map(host -> ImmutableHostView.builder().from(host)
                        .slice(host.slice().filter(visible::contains)).build()).collect(Collectors.toList()))
                .withProblems(fabric.problems().stream()
                        .filter(problem -> !problem.reason().equals(SLICE_PROBLEM)).collect(Collectors.toList()));
        return ((ImmutableFabricView) seen).withVersion(SeenVersion.of(seen));
    }
}
