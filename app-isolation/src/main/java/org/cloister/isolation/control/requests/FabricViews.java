package org.cloister.isolation.control.requests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.common.hash.Hashing;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.api.FabricView;
import org.cloister.isolation.api.FabricView.FabricProblem;
import org.cloister.isolation.api.FabricView.HostView;
import org.cloister.isolation.api.FabricView.LinkView;
import org.cloister.isolation.api.FabricView.SwitchView;
import org.cloister.isolation.api.ImmutableAllocatedCircuit;
import org.cloister.isolation.api.ImmutableFabricView;
import org.cloister.isolation.api.ImmutableHostView;
import org.cloister.isolation.api.ImmutableLinkView;
import org.cloister.isolation.api.ImmutableSwitchView;
import org.cloister.isolation.api.Json;
import org.cloister.isolation.control.plan.Drained;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Host;
import org.cloister.isolation.fabric.Link;
import org.cloister.isolation.fabric.Switch;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;

/** Shows the fabric with what slices hold of it. */
public final class FabricViews {

    private FabricViews() {
    }

    /** Returns the view of a fabric; its version changes with anything else in it. */
    public static FabricView of(Fabric fabric, Ledger ledger, Drained drained, Collection<FabricProblem> problems) {
        FabricView view = FabricView.builder()
                .version("")
                .enforce(fabric.enforce())
                .switches(fabric.switches().values().stream()
                        .sorted(Comparator.comparing(Switch::role).thenComparing(Switch::name))
                        .map(each -> view(fabric, each)).collect(Collectors.toList()))
                .hosts(fabric.hosts().values().stream()
                        .map(each -> view(ledger, each)).collect(Collectors.toList()))
                .links(fabric.links().stream()
                        .map(each -> view(fabric, ledger, drained, each)).collect(Collectors.toList()))
                .circuits(fabric.circuits().stream().map(each -> ImmutableAllocatedCircuit.builder()
                        .opticalSwitch(each.opticalSwitch()).addPorts(each.one(), each.other()).state(each.state())
                        .build()).collect(Collectors.toList()))
                .addAllProblems(fabric.problems())
                .addAllProblems(problems)
                .build();
        return ((ImmutableFabricView) view).withVersion(digest(view));
    }

    private static SwitchView view(Fabric fabric, Switch each) {
        return ImmutableSwitchView.builder().name(each.name()).device(each.device().toString()).role(each.role())
                .available(fabric.availableDevices().contains(each.device())).build();
    }

    private static HostView view(Ledger ledger, Host each) {
        return ImmutableHostView.builder().name(each.name()).node(each.node()).nic(each.nic()).port(each.port())
                .mac(each.mac().toString())
                .ipv4(each.ipv4().stream().map(Object::toString).collect(Collectors.toList()))
                .slice(Optional.ofNullable(ledger.hosts().get(each.name()))).build();
    }

    private static LinkView view(Fabric fabric, Ledger ledger, Drained drained, Link each) {
        return ImmutableLinkView.builder().from(each.from()).to(each.to())
                .capacityBitsPerSecond(fabric.linkBitsPerSecond())
                .reservedBitsPerSecond(ledger.reserved().getOrDefault(each, 0L))
                .drained(drained.covers(each)).build();
    }

    /** The same content has the same version on every node. */
    private static String digest(FabricView view) {
        try {
            return Hashing.sha256().hashString(Json.mapper().writeValueAsString(view), StandardCharsets.UTF_8)
                    .toString().substring(0, 16);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a fabric without JSON form", e);
        }
    }
}
