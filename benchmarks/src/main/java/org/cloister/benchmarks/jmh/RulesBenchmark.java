package org.cloister.benchmarks.jmh;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.program.AdmitLevel;
import org.cloister.isolation.program.Admittance;
import org.cloister.isolation.program.Compiler;
import org.cloister.isolation.program.CompilerOptions;
import org.cloister.isolation.program.OpenFlowCompiler;
import org.onosproject.core.DefaultApplicationId;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Rules of an allocation, compiled; nothing is sent to a switch. */
@FullOnly("2-8-leaves|more-leaves")
@State(Scope.Thread)
public class RulesBenchmark {

    @Param("laas-11664")
    private String fabric;

    @Param({"fresh 2-8-leaves all-to-all", "fresh more-leaves all-to-all", "fresh uneven-512 all-to-all"})
    private String decision;

    private final Compiler compiler =
            new OpenFlowCompiler(new DefaultApplicationId(42, "org.cloister"), CompilerOptions.defaults());
    private NamedHosts hosts;
    private Allocation allocation;

    /** Allocates. */
    @Setup
    public void setUp() {
        hosts = NamedHosts.of(decision);
        allocation = hosts.allocated();
    }

    /** Compiles. */
    @Benchmark
    public int compile() {
        return compiler.slice(hosts.fabric(), allocation, Admittance.at(AdmitLevel.FIRST)).size();
    }
}
