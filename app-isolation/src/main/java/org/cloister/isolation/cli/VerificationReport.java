package org.cloister.isolation.cli;

import org.cloister.isolation.api.Verification;
import org.cloister.shell.Tables;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** A verification for people; the last line says ok or not. */
final class VerificationReport {

    private VerificationReport() {
    }

    static String of(Verification verified) {
        return "Slice " + verified.slice() + ", " + verified.state() + (verified.moving()
                ? ", moving: rules of two allocations are in place" : "") + ", looked at " + verified.at()
                + "\n\nSwitches\n" + Tables.of(List.of("Name", "Reached", "Last read", "Expected", "Present", "Missing",
                        "Different", "Extra", "Meters"), verified.switches().stream()
                .map(each -> List.<Object>of(each.name(), each.available() ? "yes" : "no",
                        each.lastRead().map(Instant::toString).orElse("never"), each.expected(), each.present(),
                        each.missing(), each.different(), each.extra(),
                        each.metersPresent() + " of " + each.metersExpected())).collect(Collectors.toList()))
                + "\nDifferences\n" + Tables.of(List.of("At", "Kind", "Message"), verified.differences().stream()
                .map(each -> List.<Object>of(each.at(), SliceReport.word(each.kind()), each.message()))
                .collect(Collectors.toList()))
                + "\n" + verdict(verified);
    }

    private static String verdict(Verification verified) {
        int present = verified.switches().stream().mapToInt(each -> each.present()).sum();
        int meters = verified.switches().stream().mapToInt(each -> each.metersPresent()).sum();
        return verified.ok() ? "ok: " + present + " rules and " + meters + " meters are as they should be"
                : "NOT OK: " + verified.differences().size() + " differences";
    }
}
