package org.cloister.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Routes and certificate of named hosts; the hosts are chosen, rules are not compiled. */
@FullOnly("any|more-leaves ring|half-taken .* all-to-all")
@State(Scope.Thread)
public class RoutesBenchmark {

    @Param("laas-11664")
    private String fabric;

    @Param({"fresh 2-8-leaves all-to-all", "fresh 2-8-leaves any", "fresh more-leaves ring", "fresh more-leaves all-to-all",
        "fresh uneven-512 all-to-all", "half-taken 2-8-leaves ring", "half-taken 2-8-leaves all-to-all"})
    private String decision;

    private NamedHosts hosts;

    /** Makes fabric, ledger and request. */
    @Setup
    public void setUp() {
        hosts = NamedHosts.of(decision);
        hosts.decide();
    }

    /** Decides. */
    @Benchmark
    public int route() {
        return hosts.decide();
    }
}
