package org.cloister.isolation.program;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Switch;
import org.onosproject.core.ApplicationId;

import java.util.Objects;

/**
 * Compiles for OpenFlow 1.3 switches with at least three programmable tables that can push a VLAN before they go to
 * the next table, and match ARP addresses.
 *
 * <p>A rule of a slice depends on the allocation, on its admittance, on this compiler's options and on which device a switch is, on
 * nothing else. A rule's key (device, table, priority, selector) holds the slice's tag, or the member's port and
 * addresses, so that rules of two slices, or of two generations at different admit levels, never meet.
 */
public final class OpenFlowCompiler implements Compiler {

    private final ApplicationId app;
    private final CompilerOptions options;

    /** Creates a compiler of rules that belong to an application. */
    public OpenFlowCompiler(ApplicationId app, CompilerOptions options) {
        this.app = Objects.requireNonNull(app, "app is null");
        this.options = Objects.requireNonNull(options, "options is null");
    }

    @Override
    public Program base(Fabric fabric) {
        Rules rules = rules(fabric);
        fabric.switches().values().forEach(each -> AdmitRules.deny(rules, each));
        return rules.build();
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the allocation contradicts itself: a member sends over a link that is not
     *         the slice's, or to a spine that no link of the slice leads on from
     */
    @Override
    public Program slice(Fabric fabric, Allocation allocation, Admittance admittance) {
        Rules rules = rules(fabric);
        Slicing slice = new Slicing(allocation);

        slice.members().forEach(member -> AdmitRules.member(rules, member, slice.tag(), admittance));
        slice.links().forEach(link -> AdmitRules.link(rules, link, slice.tag()));
        Detours detours = new Detours(slice, options.prefixes());
        slice.byLeaf().forEach((leaf, members) -> new LeafRules(rules, leaf, members, slice, detours).add());
        new SpineRules(rules, slice, options.prefixes()).add();
        return rules.build();
    }

    private Rules rules(Fabric fabric) {
        return new Rules(app, name -> {
            Switch found = fabric.switches().get(name);
            return found == null ? null : found.device();
        });
    }
}
