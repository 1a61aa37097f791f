package org.cloister.driver.ocs.netconf;

import org.cloister.driver.ocs.contract.SessionContract;
import org.cloister.driver.ocs.contract.SwitchHarness;

import java.io.IOException;

class TestToolContractTest extends SessionContract {

    @Override
    protected SwitchHarness harness() throws IOException {
        return new TestToolHarness();
    }
}
