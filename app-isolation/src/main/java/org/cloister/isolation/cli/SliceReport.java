package org.cloister.isolation.cli;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Bandwidth;
import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.api.Json;
import org.cloister.isolation.api.Pattern;
import org.cloister.isolation.api.Placement;
import org.cloister.isolation.api.Slice;
import org.cloister.shell.Tables;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One slice for people. */
final class SliceReport {

    private SliceReport() {
    }

    static String of(Slice slice) {
        StringBuilder text = new StringBuilder();
        line(text, "Slice", slice.id());
        line(text, "Owner", slice.owner());
        line(text, "State", slice.state() + " since " + slice.stateSince()
                + slice.stateDeadline().map(deadline -> ", until " + deadline + " at most").orElse(""));
        line(text, "Generation", slice.generation() + ", on the switches: " + slice.observedGeneration());
        line(text, "Labels", slice.spec().labels().isEmpty() ? "-" : slice.spec().labels());
        slice.spec().placement().ifPresent(asked -> line(text, "Placement", placement(asked)));
        line(text, "Patterns", slice.spec().patterns().stream().map(Pattern::type).collect(Collectors.joining(", ")));
        line(text, "Bandwidth", bandwidth(slice.spec().bandwidth()));
        slice.lease().ifPresent(lease -> line(text, "Lease", "until " + lease.expiresAt()));
        line(text, "Phases", slice.phaseMillis().isEmpty() ? "-" : slice.phaseMillis() + " ms");
        slice.allocation().ifPresent(got -> allocation(text, got));
        text.append("\nConditions\n").append(Tables.of(List.of("Type", "Status", "Since", "Reason", "Message"),
                slice.conditions().stream().map(each -> List.<Object>of(each.type(), each.status(), each.since(),
                        each.reason(), each.message())).collect(Collectors.toList())));
        return text.toString();
    }

    private static String placement(Placement asked) {
        return asked.hosts() + " hosts, NICs of each node: " + asked.nicsPerNode()
                + (asked.candidates().isEmpty() ? "" : ", of " + asked.candidates().size() + " candidates")
                + (asked.bind() == Placement.Bind.LATER ? ", named later" : "");
    }

    /** Appends what a slice got, or would get. */
    static void allocation(StringBuilder text, Allocation got) {
        line(text, "Tag", got.tag());
        line(text, "Guarantee", word(got.guarantee()) + ", flows on a link at most " + got.maxFlowsPerLink()
                + (got.optimal() ? ", fewest spines" : ""));
        got.suggestedRanks().ifPresent(ranks -> line(text, "Better order", ranks));
        text.append("\nMembers\n").append(Tables.of(List.of("Rank", "Host", "Node", "IPv4", "Port", "Uplink"),
                got.members().stream().map(each -> List.<Object>of(each.rank(), each.host(), each.node(),
                        String.join(" ", each.ipv4()), each.port(), each.uplink().map(FabricPort::toString).orElse("-")))
                        .collect(Collectors.toList())));
        text.append("\nLinks\n").append(Tables.of(List.of("From", "To", "Reserved"), got.links().stream()
                .map(each -> List.<Object>of(each.from(), each.to(), Rates.of(each.reservedBitsPerSecond())))
                .collect(Collectors.toList())));
        if (!got.circuits().isEmpty()) {
            text.append("\nCircuits\n").append(circuits(got));
        }
    }

    private static String circuits(Allocation got) {
        return Tables.of(List.of("Switch", "Ports", "State"), Stream.concat(
                got.circuits().stream().map(each -> circuit(each, each.state())),
                got.displacedCircuits().stream().map(each -> circuit(each, "gives way"))).collect(Collectors.toList()));
    }

    private static List<Object> circuit(Allocation.AllocatedCircuit circuit, String state) {
        return List.of(circuit.opticalSwitch(), String.join(" to ", circuit.ports()), state);
    }

    /** The limit is the guarantee, so one rate says both. */
    private static String bandwidth(Bandwidth asked) {
        return word(asked.mode()) + (asked.guaranteedBitsPerSecond().isEmpty() ? ""
                : ", " + Rates.of(asked.guaranteedBitsPerSecond().getAsLong()) + " for each member");
    }

    /** Appends a line with a name and what it says. */
    static void line(StringBuilder text, String name, Object value) {
        text.append(String.format("%-12s %s%n", name, value));
    }

    /** Returns a constant as HTTP writes it. */
    static String word(Enum<?> constant) {
        return Json.mapper().valueToTree(constant).asText();
    }
}
