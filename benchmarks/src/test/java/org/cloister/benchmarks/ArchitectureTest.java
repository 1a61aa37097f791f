package org.cloister.benchmarks;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** Keeps the simulation apart from files, pictures and the command line. */
@AnalyzeClasses(packages = "org.cloister.benchmarks", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String REPLAY = "org.cloister.benchmarks.replay.";
    private static final String[] EDGES = {REPLAY + "files..", REPLAY + "report..", REPLAY + "workload..",
        REPLAY + "cli.."};

    @ArchTest
    static final ArchRule NO_CYCLES_BETWEEN_PARTS = slices().matching("org.cloister.benchmarks.(*)..")
            .should().beFreeOfCycles();

    @ArchTest
    static final ArchRule THE_SIMULATION_KNOWS_NO_FILES = noClasses()
            .that().resideInAPackage("org.cloister.benchmarks.replay..").and().resideOutsideOfPackages(EDGES)
            .should().dependOnClassesThat().resideInAnyPackage(EDGES)
            .orShould().dependOnClassesThat().resideInAnyPackage("java.io..", "java.nio..", "java.time..",
                    "picocli..", "org.jfree..", "org.apache..", "com.fasterxml..", "org.onosproject..")
            .because("the same arguments give the same rows");

    @ArchTest
    static final ArchRule ONLY_THE_COMMAND_KNOWS_THE_OTHERS = noClasses()
            .that().resideInAnyPackage(REPLAY + "files..", REPLAY + "report..")
            .should().dependOnClassesThat().resideInAnyPackage(REPLAY + "cli..", REPLAY + "workload..");

    @ArchTest
    static final ArchRule FILES_AND_REPORTS_ARE_APART = noClasses().that().resideInAPackage(REPLAY + "files..")
            .should().dependOnClassesThat(resideInAPackage(REPLAY + "report.."));

    @ArchTest
    static final ArchRule NO_UNSEEDED_RANDOMNESS = noClasses()
            .should().dependOnClassesThat().haveFullyQualifiedName("java.security.SecureRandom")
            .orShould().callMethod(Math.class, "random")
            .orShould().callConstructor(java.util.Random.class)
            .orShould().callConstructor(java.util.SplittableRandom.class);
}
