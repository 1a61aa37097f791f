package org.cloister.isolation.allocation.validation;

import org.cloister.isolation.api.Placement;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Host;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Checks what is asked of hosts that are to be chosen. More than the fabric has will never be free. */
final class PlacementChecks {

    private PlacementChecks() {
    }

    /** Returns how many hosts are asked for; 0 if that makes no sense in the fabric. */
    static int hosts(Fabric fabric, Placement placement, FieldErrors errors) {
        boolean counts = checkCounts(placement, errors);
        Map<String, Long> nics = fabric.hosts().values().stream()
                .collect(Collectors.groupingBy(Host::node, Collectors.counting()));
        boolean known = checkCandidates(placement.candidates(), nics, errors);
        return counts && known && checkEnough(placement, nics, errors) ? placement.hosts() : 0;
    }

    private static boolean checkCounts(Placement placement, FieldErrors errors) {
        int hosts = placement.hosts();
        int nics = placement.nicsPerNode();
        if (hosts < 1) {
            errors.add(ProblemType.INVALID_REQUEST, "/placement/hosts", hosts, "at least 1 host is placed, not " + hosts);
        }
        if (nics < 1) {
            errors.add(ProblemType.INVALID_REQUEST, "/placement/nicsPerNode", nics,
                    "each node gives at least 1 NIC, not " + nics);
        } else if (hosts >= 1 && hosts % nics != 0) {
            errors.add(ProblemType.INVALID_REQUEST, "/placement/nicsPerNode", nics,
                    hosts + " hosts are no whole number of nodes with " + nics + " NICs each");
        }
        return hosts >= 1 && nics >= 1 && hosts % nics == 0;
    }

    private static boolean checkCandidates(List<String> candidates, Map<String, Long> nics, FieldErrors errors) {
        Map<String, Integer> indices = new HashMap<>();
        boolean known = true;
        for (int index = 0; index < candidates.size(); index++) {
            String name = Objects.requireNonNull(candidates.get(index), "candidate is null");
            String pointer = "/placement/candidates/" + index;
            Integer earlier = indices.putIfAbsent(name, index);
            if (earlier != null) {
                known = false;
                errors.add(ProblemType.DUPLICATE_MEMBER, pointer, name,
                        "node " + name + " is a candidate at " + earlier + " already");
            } else if (!nics.containsKey(name)) {
                known = false;
                errors.add(ProblemType.UNKNOWN_HOST, pointer, name, "there is no host of a node " + name
                        + " in the fabric");
            }
        }
        return known;
    }

    private static boolean checkEnough(Placement placement, Map<String, Long> nics, FieldErrors errors) {
        long nodes = (placement.candidates().isEmpty() ? nics.keySet().stream() : placement.candidates().stream())
                .map((Function<String, Long>) nics::get).filter(count -> count >= placement.nicsPerNode()).count();
        long most = nodes * placement.nicsPerNode();
        if (placement.hosts() <= most) {
            return true;
        }
        String each = placement.nicsPerNode() == 1 ? "" : ", " + placement.nicsPerNode() + " NICs of each node";
        errors.add(ProblemType.UNKNOWN_HOST, "/placement/hosts", placement.hosts(), (placement.candidates().isEmpty()
                ? "the fabric has " : "the candidates have ") + most + " hosts" + each + ", not " + placement.hosts());
        return false;
    }
}
