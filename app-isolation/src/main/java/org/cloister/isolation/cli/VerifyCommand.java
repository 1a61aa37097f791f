package org.cloister.isolation.cli;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.Verification;
import org.cloister.isolation.api.VerificationService;

/** Compares what a slice needs with what its switches hold; fails if they differ. */
@Service
@Command(scope = "cloister", name = "verify",
        description = "Compares the rules and meters that a slice needs with those that its switches hold")
public class VerifyCommand extends OneSliceCommand {

    private Verification verified;

    @Override
    String text(Slice slice) {
        verified = getService(VerificationService.class).verify(slice.id());
        return outputJson() ? json(verified) : VerificationReport.of(verified);
    }

    @Override
    void check() throws CommandException {
        if (!verified.ok()) {
            throw new CommandException("slice " + verified.slice() + " is not as it should be");
        }
    }
}
