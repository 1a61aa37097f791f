package org.cloister.ocs.control;

import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.driver.ocs.session.OcsSwitch;
import org.cloister.ocs.planning.SwitchFacts;
import org.cloister.ocs.store.Stored;
import org.cloister.ocs.store.StoredMade;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is known of switches, in the form that planning takes. */
final class Switches {

    private Switches() {
    }

    /**
     * Returns the configured switches.
     *
     * @param writes whether this node is to tell them something: then it has to be their master
     */
    static SortedMap<String, SwitchFacts> facts(Map<String, OcsSwitch> switches, Map<String, Stored<StoredMade>> made,
                                                boolean writes) {
        SortedMap<String, SwitchFacts> facts = new TreeMap<>();
        switches.forEach((name, each) -> facts.put(name, SwitchFacts.builder().name(name).connected(each.connected())
                .trouble(trouble(each, writes)).capabilities(each.capabilities()).snapshot(each.snapshot())
                .made(ports(made.get(name))).minimumInputDbm(each.minimumInputPowerDbm()).build()));
        return facts;
    }

    private static Optional<String> trouble(OcsSwitch each, boolean writes) {
        if (!each.connected()) {
            return Optional.of(each.trouble().orElse("not connected"));
        }
        return writes && !each.master() ? Optional.of("this node is not its master") : Optional.empty();
    }

    private static Set<CircuitPorts> ports(Stored<StoredMade> made) {
        return made == null ? Set.of() : made.value().circuits().stream()
                .map(circuit -> CircuitPorts.of(circuit.one(), circuit.other())).collect(Collectors.toSet());
    }
}
