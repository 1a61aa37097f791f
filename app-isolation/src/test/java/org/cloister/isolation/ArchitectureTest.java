package org.cloister.isolation;

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
@AnalyzeClasses(packages = "org.cloister.isolation", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "org.cloister.isolation.";
    private static final String[] PURE = {ROOT + "fabric..", ROOT + "allocation..", ROOT + "routing..",
        ROOT + "program.."};

    /** A package uses those before it, never those after it. */
    private static final List<String> LAYERS =
            List.of("api", "fabric", "routing", "allocation", "program", "store", "metrics", "control");

    private static final String CONTROL = ROOT + "control.";

    /** Likewise, in control; what is in control itself is used by none of them. */
    private static final List<String> CONTROL_LAYERS = List.of("environment", "observed", "plan", "light", "admission",
            "lifecycle", "requests", "verification");

    private static final String SOUTHBOUND = CONTROL + "southbound..";

    /** What decides: functions of a pass and of what they remember of earlier ones. */
    private static final String[] DECIDING = {CONTROL + "observed..", CONTROL + "plan..", CONTROL + "light..",
        CONTROL + "admission..", CONTROL + "lifecycle.."};

    /** What changes something outside the store. */
    private static final Set<String> WRITES = Set.of("FlowRuleService.apply", "FlowRuleService.applyFlowRules",
            "FlowRuleService.removeFlowRules", "FlowRuleService.removeFlowRulesById",
            "FlowRuleService.purgeFlowRules", "MeterService.submit", "MeterService.withdraw",
            "CircuitRequests.demand", "CircuitRequests.release");

    /** Where a value would come from that the arguments do not determine. */
    private static final Set<String> IMPURE_CALLS = Set.of("java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime", "java.lang.System.getProperty", "java.lang.System.getenv",
            "java.lang.Math.random", "java.time.Instant.now", "java.time.LocalDateTime.now",
            "java.time.ZonedDateTime.now", "java.util.UUID.randomUUID", "java.lang.Thread.sleep",
            "java.lang.Thread.start");

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching(ROOT + "(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NO_CYCLES_IN_ALLOCATION = slices().matching(ROOT + "allocation.(*)..")
            .should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ALLOCATION_STANDS_ON_ITS_ROOT = noClasses().that().resideInAPackage(ROOT + "allocation")
            .should().dependOnClassesThat().resideInAPackage(ROOT + "allocation.*..")
            .because("its packages share it, so that using one of them would be a cycle");

    @ArchTest
    static final ArchRule PURE_PACKAGES_USE_NO_SERVICES = noClasses().that().resideInAnyPackage(PURE)
            .should().dependOnClassesThat(resideInAPackage("org.onosproject..").and(nameEndsWith("Service")))
            .orShould().dependOnClassesThat(resideInAnyPackage("org.osgi..", "org.slf4j.."))
            .because("they are functions of their arguments");

    @ArchTest
    static final ArchRule PURE_PACKAGES_DO_NO_INPUT_OR_OUTPUT = noClasses().that().resideInAnyPackage(PURE)
            .should().dependOnClassesThat(resideInAnyPackage("java.io..", "java.nio..", "java.net..",
                    "java.util.concurrent..").or(named("java.time.Clock")).or(named("java.util.Random"))
                    .or(named("java.security.SecureRandom")))
            .because("they are functions of their arguments");

    @ArchTest
    static final ArchRule PURE_PACKAGES_ASK_NO_CLOCK = noClasses().that().resideInAnyPackage(PURE)
            .should().callMethodWhere(isImpure()).because("the same arguments give the same answer");

    @ArchTest
    static final ArchRule CONFIGURATION_FEEDS_THE_SNAPSHOT_ONLY = classes().that().resideInAPackage(ROOT + "config..")
            .should().onlyDependOnClassesThat(outside().or(within("api", "fabric", "config")));

    @ArchTest
    static final ArchRule THE_SHELL_SEES_THE_API_ONLY = classes().that().resideInAPackage(ROOT + "cli..")
            .should().onlyDependOnClassesThat(outside().or(within("api", "cli"))
                    .or(resideInAPackage("org.cloister.shell")))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule NO_CYCLES_IN_CONTROL = slices().matching(CONTROL + "(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule CONTROL_TIES_ITS_PACKAGES_TOGETHER = noClasses().that().resideInAPackage(CONTROL + "*..")
            .should().dependOnClassesThat().resideInAPackage(ROOT + "control");

    @ArchTest
    static final ArchRule DECISIONS_USE_NO_SERVICES = noClasses().that().resideInAnyPackage(DECIDING)
            .should().dependOnClassesThat(nameEndsWith("Service").or(nameEndsWith("Services"))
                    .or(resideInAnyPackage("org.osgi..", "java.io..", "java.nio..", "java.util.concurrent.."))
                    .or(named("java.time.Clock")))
            .because("they are functions of a pass and of what they remember");

    @ArchTest
    static final ArchRule DECISIONS_ASK_NO_CLOCK = noClasses().that().resideInAnyPackage(DECIDING)
            .should().callMethodWhere(isImpure()).because("a pass has one time");

    @ArchTest
    static final ArchRule THE_SOUTHBOUND_ALONE_WRITES = noClasses().that().resideOutsideOfPackage(SOUTHBOUND)
            .should().callMethodWhere(isWrite()).because("there is one place that writes to switches");

    @ArchTest
    static final ArchRule THE_SOUTHBOUND_DECIDES_NOTHING = classes().that().resideInAPackage(SOUTHBOUND)
            .should().onlyDependOnClassesThat(DescribedPredicate.not(resideInAPackage(ROOT + "control.."))
                    .or(within("control.southbound", "control.environment", "control.observed", "control.plan")));

    @ArchTest
    static void layers(JavaClasses imported) {
        check(imported, ROOT, LAYERS);
        check(imported, CONTROL, CONTROL_LAYERS);
    }

    private static void check(JavaClasses imported, String root, List<String> layers) {
        for (int layer = 0; layer < layers.size(); layer++) {
            String[] above = layers.subList(layer + 1, layers.size()).stream()
                    .map(name -> root + name + "..").toArray(String[]::new);
            if (above.length > 0) {
                noClasses().that().resideInAPackage(root + layers.get(layer) + "..")
                        .should().dependOnClassesThat().resideInAnyPackage(above).check(imported);
            }
        }
    }

    private static DescribedPredicate<JavaClass> outside() {
        return DescribedPredicate.not(resideInAPackage("org.cloister.."))
                .or(resideInAPackage("org.cloister.runtime"));
    }

    private static DescribedPredicate<JavaClass> within(String... packages) {
        return resideInAnyPackage(List.of(packages).stream().map(name -> ROOT + name + "..").toArray(String[]::new));
    }

    private static DescribedPredicate<JavaClass> named(String name) {
        return DescribedPredicate.describe(name, found -> found.getName().equals(name));
    }

    private static DescribedPredicate<JavaClass> nameEndsWith(String end) {
        return DescribedPredicate.describe("named ..." + end, found -> found.getSimpleName().endsWith(end));
    }

    private static DescribedPredicate<JavaMethodCall> isWrite() {
        return DescribedPredicate.describe("a write to switches",
                call -> WRITES.contains(call.getTargetOwner().getSimpleName() + "." + call.getName()));
    }

    private static DescribedPredicate<JavaMethodCall> isImpure() {
        return DescribedPredicate.describe("a clock, randomness or the environment",
                call -> IMPURE_CALLS.contains(call.getTargetOwner().getName() + "." + call.getName()));
    }
}
