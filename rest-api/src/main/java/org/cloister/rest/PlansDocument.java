package org.cloister.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.ImmutableFieldError;
import org.cloister.isolation.api.Plans;
import org.cloister.isolation.api.Problem;
import org.immutables.value.Value;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The body of an answer about candidates: refusals have the same form as those of requests. */
@Value.Immutable
@JsonSerialize(as = ImmutablePlansDocument.class)
interface PlansDocument {

    /** The fabric that was looked at: the version that the caller sees. */
    String fabricVersion();

    /** The best first. */
    List<PlanDocument> plans();

    /** Returns the body for plans of a fabric. */
    static PlansDocument of(String fabricVersion, Plans plans) {
        return ImmutablePlansDocument.builder().fabricVersion(fabricVersion)
                .plans(plans.plans().stream().map(PlanDocument::of).collect(Collectors.toList())).build();
    }

    /** What one candidate would get. */
    @Value.Immutable
    @JsonSerialize(as = ImmutablePlanDocument.class)
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    interface PlanDocument {

        /** Its index in the request. */
        int candidate();

        /** Whether it would be granted. */
        boolean feasible();

        /** What it would get. */
        Optional<Allocation> allocation();

        /** Why it would be refused. */
        Optional<ProblemDocument> problem();

        /** How many optical circuits would be moved for it. */
        int circuitsToMove();

        /** How many directed links nobody would hold anything of afterwards. */
        int freeLinksAfter();

        /** Returns the document of a plan. */
        static PlanDocument of(Plans.Plan plan) {
            return ImmutablePlanDocument.builder().candidate(plan.candidate()).feasible(plan.feasible())
                    .allocation(plan.allocation())
                    .problem(plan.problem().map(problem -> ProblemDocument.of(within(plan.candidate(), problem))))
                    .circuitsToMove(plan.circuitsToMove()).freeLinksAfter(plan.freeLinksAfter()).build();
        }

        /** Fields are pointed to from the root of the body that the caller sent. */
        private static Problem within(int candidate, Problem problem) {
            return Problem.builder().from(problem).errors(problem.errors().stream()
                    .map(error -> ImmutableFieldError.copyOf(error)
                            .withPointer("/candidates/" + candidate + error.pointer()))
                    .collect(Collectors.toList())).build();
        }
    }
}
