package org.cloister.isolation.cli;

import org.cloister.isolation.api.PurgeReport;
import org.cloister.isolation.api.PurgeReport.SwitchContent;
import org.cloister.shell.Tables;

import java.util.List;
import java.util.stream.Collectors;

/** What a purge is about, for people. */
final class PurgeText {

    private static final String WARNING = "cloister:purge --yes removes all slices: their traffic stops. Then it removes "
            + "the rules that deny everything else,\nso that ONOS's own rules and those of other applications decide "
            + "what these switches do. Requests are refused\nuntil cloister:resume. Slices do not come back by that: "
            + "save them first (see Backup in the README).\nNothing was done.";

    private PurgeText() {
    }

    static String of(PurgeReport report, boolean done) {
        return table(report) + "\n" + (report.purge().isEmpty() ? WARNING : verdict(report)
                + (done ? "" : "\nPurged by " + report.purge().get().by() + " at " + report.purge().get().since()
                + "; cloister:resume ends that"));
    }

    private static String verdict(PurgeReport report) {
        String away = report.switches().stream().filter(each -> !each.available()).map(SwitchContent::name)
                .collect(Collectors.joining(", "));
        return (report.done() ? "All is gone; cloister:resume lets Cloister begin anew" : "Left: " + left(report))
                + (away.isEmpty() ? "" : "\nNot reached, and done when ONOS reaches them: " + away);
    }

    private static String table(PurgeReport report) {
        return "Slices: " + names(report.slices()) + "\nDrains: " + names(report.drains()) + "\n"
                + Tables.of(List.of("Switch", "Device", "Reached", "Rules", "Meters"), report.switches().stream()
                .map(each -> List.<Object>of(each.name(), each.device(), each.available() ? "yes" : "no", each.rules(),
                        each.meters())).collect(Collectors.toList()));
    }

    private static String names(List<String> names) {
        return names.size() + (names.isEmpty() ? "" : " (" + String.join(" ", names) + ")");
    }

    /** Returns how much is left, in a line. */
    static String left(PurgeReport report) {
        return report.slices().size() + " slices, "
                + report.switches().stream().mapToInt(SwitchContent::rules).sum() + " rules, "
                + report.switches().stream().mapToInt(SwitchContent::meters).sum() + " meters, "
                + report.switches().stream().filter(each -> !each.available()).count() + " switches not reached";
    }
}
