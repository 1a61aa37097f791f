package org.cloister.driver.ocs.gnmi;

import org.cloister.driver.ocs.contract.SessionContract;
import org.cloister.driver.ocs.contract.SwitchHarness;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** The lab's emulator passes all of the contract. */
class EmulatorContractTest extends SessionContract {

    @TempDir
    static Path files;

    @Override
    protected SwitchHarness harness() throws Exception {
        return new EmulatorHarness(files, 16);
    }
}
