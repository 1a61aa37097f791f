package org.cloister.driver.ocs.netconf;

import org.cloister.driver.ocs.contract.SessionContract;
import org.cloister.driver.ocs.contract.SwitchHarness;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import java.io.IOException;

/** Needs root and the packages that {@code bin/setup} installs; {@code bin/test} says that they are there. */
@EnabledIfSystemProperty(named = "cloister.netconfd", matches = "true")
class NetconfdContractTest extends SessionContract {

    @Override
    protected SwitchHarness harness() throws IOException {
        return new NetconfdHarness();
    }
}
