package org.cloister.isolation.allocation.hosts;

import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.Placement;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Host;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The nodes that a slice has already, as far as a placement may choose them again. */
final class OwnUnits {

    private OwnUnits() {
    }

    /** Returns what the slice has by its first allocation, in rank order; none if it is new. */
    static List<Unit> of(Fabric fabric, Ledger ledger, Placement placement, List<Allocation> previous) {
        List<Unit> units = new ArrayList<>();
        if (previous.isEmpty()) {
            return units;
        }
        Map<String, List<Host>> byNode = new LinkedHashMap<>();
        for (AllocatedMember member : previous.get(0).members()) {
            Host host = fabric.hosts().get(member.host());
            List<Host> hosts = byNode.computeIfAbsent(member.node(), node -> new ArrayList<>());
            if (host != null && host.node().equals(member.node()) && !ledger.hosts().containsKey(host.name())
                    && !ledger.closed().contains(host.port().switchName())) {
                hosts.add(host);
            }
        }
        byNode.forEach((node, hosts) -> {
            if (hosts.size() == placement.nicsPerNode()
                    && (placement.candidates().isEmpty() || placement.candidates().contains(node))) {
                units.add(new Unit(hosts));
            }
        });
        return units;
    }
}
