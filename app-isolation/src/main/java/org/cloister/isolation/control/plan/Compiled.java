package org.cloister.isolation.control.plan;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.control.observed.Tags;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Link;
import org.cloister.isolation.fabric.LinkFailures;
import org.cloister.isolation.program.Admittance;
import org.cloister.isolation.program.Compiler;
import org.cloister.isolation.program.Program;
import org.onosproject.net.flow.FlowRule;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The rules of one installation: all of them, and in the two parts that moves bring in and take out one by one. */
public final class Compiled {

    private final Allocation allocation;
    private final Admittance admittance;
    private final RuleSet whole;
    private final RuleSet paths;
    private final RuleSet hostAdmits;
    private Fabric judgedIn;
    private Optional<Trouble> unmet;
    private SortedMap<Link, Instant> unusable;

    /**
     * Compiles an allocation.
     *
     * @throws IllegalArgumentException if the allocation contradicts itself
     */
    Compiled(Compiler compiler, Fabric fabric, Allocation allocation, Admittance admittance) {
        this.allocation = allocation;
        this.admittance = admittance;
        Program program = compiler.slice(fabric, allocation, admittance);
        this.whole = new RuleSet(program);
        this.paths = new RuleSet(part(program, rule -> !Tags.pushes(rule)));
        this.hostAdmits = new RuleSet(part(program, Tags::pushes));
    }

    private static Program part(Program program, Predicate<FlowRule> which) {
        return Program.of(program.rules().values().stream().flatMap(Collection::stream).filter(which)
                .collect(Collectors.toList()), program.unknownSwitches());
    }

    /** Returns whether these are the rules of an allocation whose host ports admit so. */
    boolean isOf(Allocation other, Admittance otherAdmittance) {
        return allocation.equals(other) && admittance.equals(otherAdmittance);
    }

    /** Returns all rules. */
    public RuleSet whole() {
        return whole;
    }

    /** Returns what takes packets that have the tag to where they go. */
    public RuleSet paths() {
        return paths;
    }

    /** Returns what admits packets at host ports and gives them the tag. */
    public RuleSet hostAdmits() {
        return hostAdmits;
    }

    /** Returns what the configuration lacks for it, whatever is on the switches. */
    public Optional<Trouble> unmet(Fabric fabric) {
        judge(fabric);
        return unmet;
    }

    /** Returns its links that cannot be used, and when each counts as failed. */
    public SortedMap<Link, Instant> unusable(Fabric fabric) {
        judge(fabric);
        return unusable;
    }

    private void judge(Fabric fabric) {
        if (judgedIn == fabric) {
            return;
        }
        judgedIn = fabric;
        unmet = Needs.unmet(fabric, allocation, whole.unknownSwitches());
        unusable = new TreeMap<>();
        allocation.links().stream().map(each -> Link.of(each.from(), each.to()))
                .forEach(link -> LinkFailures.at(fabric, link).ifPresent(at -> unusable.put(link, at)));
    }
}
