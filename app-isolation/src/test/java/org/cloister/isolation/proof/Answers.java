package org.cloister.isolation.proof;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.cloister.isolation.allocation.Decision;
import org.cloister.isolation.allocation.ImmutableRequest;
import org.cloister.isolation.allocation.Preference;
import org.cloister.isolation.allocation.circuits.CircuitAllocator;
import org.cloister.isolation.allocation.hosts.HostChooser;
import org.cloister.isolation.allocation.planning.CommonSpineAllocator;
import org.cloister.isolation.allocation.validation.Requests;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.ReservedLink;
import org.cloister.isolation.api.ImmutablePlacement;
import org.cloister.isolation.api.ImmutableSliceSpec;
import org.cloister.isolation.api.Json;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.ImmutableFabric;
import org.cloister.isolation.fabric.Link;
import org.cloister.isolation.program.CompilerOptions;
import org.cloister.isolation.program.sim.Scenario;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Prints what the allocator answers, and what its answers compile to, so that another machine's can be compared. */
final class Answers {

    private static final int MOST_MEMBERS = 200;

    private Answers() {
    }

    /** Prints the answers for seeds from 1 to as many small cases, and half as many of any size, as the argument says. */
    public static void main(String[] arguments) {
        print(Integer.parseInt(arguments[0]), new PrintStream(System.out, false, StandardCharsets.UTF_8));
    }

    static void print(int cases, PrintStream out) {
        for (long seed = 1; seed <= cases; seed++) {
            out.println(of(SmallCases.of(seed)));
            out.println(ofLight(OpticalCases.of(seed)));
            Case sized = seed % 2 == 0 ? RandomCases.of(seed) : null;
            if (sized != null && sized.request().members().size() <= MOST_MEMBERS) {
                out.println(of(sized));
            }
        }
        out.flush();
    }

    /** Returns the answers as JSON, with the rules of what was granted, and how it leads around a link that fails. */
    static String of(Case problem) {
        StringBuilder answers = new StringBuilder().append(problem.seed());
        for (Preference preference : Preference.values()) {
            answers.append(' ').append(new CommonSpineAllocator(preference)
                    .allocate(problem.fabric(), problem.ledger(), problem.request())
                    .fold(allocation -> json(allocation) + rules(problem, allocation) + around(problem, allocation),
                            Answers::json));
        }
        return answers.append(' ').append(placed(problem)).toString();
    }

    private static String around(Case problem, Allocation allocation) {
        if (allocation.links().isEmpty()) {
            return "";
        }
        ReservedLink lost = allocation.links().get(allocation.links().size() / 2);
        Fabric less = ImmutableFabric.copyOf(problem.fabric()).withLinks(problem.fabric().links().stream()
                .filter(link -> !link.equals(Link.of(lost.from(), lost.to()))).collect(Collectors.toList()));
        return answer(new CommonSpineAllocator().allocate(less, problem.ledger(),
                ImmutableRequest.copyOf(problem.request()).withPrevious(allocation)));
    }

    /** As many hosts, but not those: which, is the answer. */
    private static String placed(Case problem) {
        SliceSpec spec = Requests.withDefaults(ImmutableSliceSpec.copyOf(problem.spec()).withMembers(List.of())
                .withNodes(List.of()).withPlacement(ImmutablePlacement.builder()
                        .hosts(problem.request().members().size()).build()));
        return Requests.check(problem.fabric(), spec).fold(request -> answer(new HostChooser(new CommonSpineAllocator())
                .decide(problem.fabric(), problem.ledger(), spec, List.of())), Answers::json);
    }

    /** Returns the answer where light may be moved. */
    static String ofLight(Case problem) {
        return answer(new CircuitAllocator(new CommonSpineAllocator())
                .allocate(problem.fabric(), problem.ledger(), problem.request()));
    }

    private static String answer(Decision decision) {
        return decision.fold(Answers::json, Answers::json);
    }

    /** Selectors keep their criteria in no order of their own. */
    private static int rules(Case problem, Allocation allocation) {
        return new Scenario(problem.fabric(), List.of(allocation)).rules(CompilerOptions.defaults()).stream()
                .map(rule -> rule.deviceId() + " " + rule.table() + " " + rule.priority() + " "
                        + rule.selector().criteria().stream().map(Object::toString).sorted().collect(Collectors.toList())
                        + rule.treatment().immediate() + rule.treatment().tableTransition())
                .collect(Collectors.toList()).hashCode();
    }

    private static String json(Object value) {
        try {
            return Json.mapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON of " + value, e);
        }
    }
}
