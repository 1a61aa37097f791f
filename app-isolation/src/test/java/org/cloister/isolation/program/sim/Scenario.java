package org.cloister.isolation.program.sim;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Host;
import org.cloister.isolation.fabric.Link;
import org.cloister.isolation.program.Admittance;
import org.cloister.isolation.program.CompilerOptions;
import org.cloister.isolation.program.ImmutableAdmittance;
import org.cloister.isolation.program.Compiler;
import org.cloister.isolation.program.OpenFlowCompiler;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.flow.FlowRule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A fabric and the slices on it; hosts that are in none included. */
public final class Scenario {

    private final Fabric fabric;
    private final List<Allocation> slices;
    private final Map<String, Allocation> byHost = new HashMap<>();

    /** Creates a scenario; no host is in two slices. */
    public Scenario(Fabric fabric, List<Allocation> slices) {
        this.fabric = fabric;
        this.slices = slices;
        slices.forEach(slice -> slice.members().forEach(member -> byHost.put(member.host(), slice)));
    }

    public Fabric fabric() {
        return fabric;
    }

    public List<Allocation> slices() {
        return slices;
    }

    /** Returns the slice of a host, if it is in one. */
    public Optional<Allocation> sliceOf(Host host) {
        return Optional.ofNullable(byHost.get(host.name()));
    }

    /** Returns the host of a member. */
    public Host host(AllocatedMember member) {
        return fabric.hosts().get(member.host());
    }

    /** Returns the directed links of a slice. */
    public static Set<Link> links(Allocation slice) {
        return slice.links().stream().map(link -> Link.of(link.from(), link.to())).collect(Collectors.toSet());
    }

    /** Returns all that Cloister installs. */
    public List<FlowRule> rules(CompilerOptions options) {
        Compiler compiler = new OpenFlowCompiler(new DefaultApplicationId(42, "org.cloister"), options);
        List<FlowRule> rules = new ArrayList<>();
        compiler.base(fabric).rules().values().forEach(rules::addAll);
        slices.forEach(slice -> compiler.slice(fabric, slice, admittance(slice)).rules().values()
                .forEach(rules::addAll));
        return rules;
    }

    /** A limited member's meter has the number of the member's port: no two members of a leaf have the same. */
    private static Admittance admittance(Allocation slice) {
        ImmutableAdmittance.Builder admittance = Admittance.builder();
        slice.members().stream().filter(member -> member.limitBitsPerSecond().isPresent())
                .forEach(member -> admittance.putMeters(member.rank(), member.port().number()));
        return admittance.build();
    }

    /** Returns a model of the scenario's fabric with the given rules. */
    public FabricModel model(Collection<FlowRule> rules, VlanReading reading) {
        return new FabricModel(fabric, rules, reading);
    }

    @Override
    public String toString() {
        return fabric.switches().keySet() + " " + slices.stream()
                .map(slice -> slice.tag() + slice.members().stream()
                        .map(member -> member.host() + "^" + member.uplink().map(Object::toString).orElse("-") + "/"
                                + member.arpUplink().map(Object::toString).orElse("-") + member.ipv4())
                        .collect(Collectors.toList()).toString())
                .collect(Collectors.toList());
    }
}
