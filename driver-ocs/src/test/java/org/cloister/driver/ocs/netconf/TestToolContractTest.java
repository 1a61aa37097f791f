package org.cloister.driver.ocs.netconf;

import java.io.IOException;

/** Sessions with OpenDaylight's netconf-testtool. */
class TestToolContractTest extends NetconfContract {

    TestToolContractTest() throws IOException {
        super(new TestToolHarness());
    }
}
