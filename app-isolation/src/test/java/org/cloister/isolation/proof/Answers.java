package org.cloister.isolation.proof;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.cloister.isolation.allocation.CommonSpineAllocator;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Json;
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
            Case sized = seed % 2 == 0 ? RandomCases.of(seed) : null;
            if (sized != null && sized.request().members().size() <= MOST_MEMBERS) {
                out.println(of(sized));
            }
        }
        out.flush();
    }

    /** Returns an answer as JSON, with the rules of what was granted. */
    static String of(Case problem) {
        return problem.seed() + " " + new CommonSpineAllocator()
                .allocate(problem.fabric(), problem.ledger(), problem.request())
                .fold(allocation -> json(allocation) + rules(problem, allocation), Answers::json);
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
