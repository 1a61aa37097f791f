package org.cloister.benchmarks.utilisation;

import org.cloister.benchmarks.placement.HostsOnlyPlacer;
import org.cloister.isolation.allocation.occupancy.Occupancy;
import org.cloister.isolation.allocation.placement.CloisterPlacer;
import org.cloister.isolation.allocation.placement.Placed;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class TenantRunTest {

    @Test
    void tenantsAreTheSameForASeedAndHaveTheMean() {
        Tenants tenants = Tenants.of(20_000, 64, 7);
        Tenants again = Tenants.of(20_000, 64, 7);
        long hosts = 0;
        for (int tenant = 0; tenant < tenants.count(); tenant++) {
            assertThat(tenants.size(tenant)).isEqualTo(again.size(tenant)).isPositive();
            assertThat(tenants.seconds(tenant)).isEqualTo(again.seconds(tenant)).isBetween(20.0, 3_000.0);
            hosts += tenants.size(tenant);
        }
        assertThat(hosts / 20_000.0).isCloseTo(64.5, within(1.5));
    }

    @Test
    void withHostsAloneNothingIsIdleThatWouldFit() {
        TenantRun run = TenantRun.of(new HostsOnlyPlacer(), Tenants.of(500, 3, 1), Occupancy.empty(6, 8, 8), found -> {
        });
        assertThat(run.headOfLineLoss()).isZero();
        assertThat(run.utilisation()).isBetween(0.7, 1.0);
    }

    @Test
    void whatIsIdleBecauseOfARuleIsLost() {
        TenantRun bound = TenantRun.of(new HostsOnlyPlacer(), Tenants.of(500, 3, 1), Occupancy.empty(6, 8, 4),
            found -> { });
        TenantRun run = TenantRun.of(new CloisterPlacer(), Tenants.of(500, 3, 1), Occupancy.empty(6, 8, 4),
            found -> { });
        assertThat(run.headOfLineLoss()).isPositive();
        assertThat(run.utilisation()).isLessThan(bound.utilisation());
        assertThat(run.utilisation() + run.headOfLineLoss()).isLessThanOrEqualTo(1);
    }

    @Test
    void aTenantThatNeverFitsIsAnError() {
        assertThatThrownBy(() -> TenantRun.of((occupancy, hosts, need) -> Placed.nothing(true), Tenants.of(1, 8, 1),
            Occupancy.empty(1, 8, 8), found -> { })).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not placed on an empty fabric");
    }
}
