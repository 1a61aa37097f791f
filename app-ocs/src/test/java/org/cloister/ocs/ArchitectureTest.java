package org.cloister.ocs;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import java.util.List;
import java.util.Set;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** Keeps the packages apart as the design says. */
@AnalyzeClasses(packages = "org.cloister.ocs", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "org.cloister.ocs.";

    /** A package uses those before it, never those after it. */
    private static final List<String> LAYERS = List.of("api", "planning", "store", "metrics", "control");

    /** Where a value would come from that the arguments do not determine. */
    private static final Set<String> IMPURE_CALLS = Set.of("java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime", "java.lang.Math.random", "java.time.Instant.now", "java.util.UUID.randomUUID",
            "java.lang.Thread.sleep");

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching(ROOT + "(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule PLANNING_IS_A_FUNCTION_OF_ITS_ARGUMENTS = noClasses().that()
            .resideInAPackage(ROOT + "planning..")
            .should().dependOnClassesThat(resideInAnyPackage("org.onosproject..", "org.osgi..", "org.slf4j..",
                    "java.io..", "java.nio..", "java.net..", "java.util.concurrent..").or(named("java.time.Clock"))
                    .or(named("java.util.Random")));

    @ArchTest
    static final ArchRule NOBODY_ASKS_A_CLOCK_THAT_WAS_NOT_GIVEN = noClasses().that().resideInAPackage("org.cloister..")
            .should().callMethodWhere(isImpure()).because("the same arguments give the same answer");

    @ArchTest
    static final ArchRule ONE_PLACE_TELLS_SWITCHES = noClasses().that().resideInAPackage("org.cloister.ocs..")
            .and().doNotHaveSimpleName("SwitchFlight")
            .should().callMethodWhere(DescribedPredicate.describe("of a session that changes a switch",
                    call -> call.getTargetOwner().getSimpleName().equals("OcsSession")
                            && Set.of("apply", "confirm", "cancel", "enable").contains(call.getName())));

    @ArchTest
    static final ArchRule THE_SHELL_SEES_THE_API_ONLY = classes().that().resideInAPackage(ROOT + "cli..")
            .should().onlyDependOnClassesThat(DescribedPredicate.not(resideInAPackage("org.cloister.ocs.."))
                    .or(resideInAnyPackage(ROOT + "api..", ROOT + "cli..")))
            .allowEmptyShould(true);

    @ArchTest
    static void layers(JavaClasses imported) {
        for (int layer = 0; layer < LAYERS.size() - 1; layer++) {
            String[] above = LAYERS.subList(layer + 1, LAYERS.size()).stream()
                    .map(name -> ROOT + name + "..").toArray(String[]::new);
            noClasses().that().resideInAPackage(ROOT + LAYERS.get(layer) + "..")
                    .should().dependOnClassesThat().resideInAnyPackage(above).check(imported);
        }
    }

    private static DescribedPredicate<JavaClass> named(String name) {
        return DescribedPredicate.describe(name, found -> found.getName().equals(name));
    }

    private static DescribedPredicate<JavaMethodCall> isImpure() {
        return DescribedPredicate.describe("a clock or randomness",
                call -> IMPURE_CALLS.contains(call.getTargetOwner().getName() + "." + call.getName()));
    }
}
