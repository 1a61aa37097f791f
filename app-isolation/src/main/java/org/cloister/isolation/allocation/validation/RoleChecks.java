package org.cloister.isolation.allocation.validation;

import org.cloister.isolation.api.Member.Role;
import org.cloister.isolation.api.ProblemType;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks that members have the roles that a {@code parameter-server} pattern needs. */
final class RoleChecks {

    private final MemberChecks members;
    private final FieldErrors errors;
    private final Set<Integer> reported = new HashSet<>();
    private boolean nodesReported;

    RoleChecks(MemberChecks members, FieldErrors errors) {
        this.members = members;
        this.errors = errors;
    }

    /** Requires a role of each member of a group; of one that lacks it is told once, however many patterns need it. */
    void require(List<Integer> ranks) {
        if (members.byNode() || members.isPlaced()) {
            if (!nodesReported) {
                nodesReported = true;
                errors.add(ProblemType.MISSING_ROLE, members.byNode() ? "/nodes" : "/placement", null,
                        "parameter-server needs roles, which only members have: name members with role ps or worker");
            }
            return;
        }
        for (Integer rank : ranks) {
            if (isRank(rank) && !members.roles().containsKey(rank) && reported.add(rank)) {
                errors.add(ProblemType.MISSING_ROLE, "/members/" + rank + "/role", null,
                        "member " + rank + " is in a parameter-server pattern and has no role, ps or worker");
            }
        }
    }

    /** Requires servers and workers in a group all of whose members have roles. */
    void requireBoth(String pointer, Object value, List<Integer> ranks) {
        Map<Integer, Role> roles = members.roles();
        if (ranks.isEmpty() || !ranks.stream().allMatch(rank -> isRank(rank) && roles.containsKey(rank))) {
            return;
        }
        for (Role role : Role.values()) {
            if (ranks.stream().noneMatch(rank -> roles.get(rank) == role)) {
                errors.add(ProblemType.MISSING_ROLE, pointer, value, "a parameter-server group has "
                        + (role == Role.WORKER ? "a worker" : "a server (role ps)") + ", the group of ranks " + ranks
                        + " has none");
            }
        }
    }

    /** What is no rank is told elsewhere. */
    private boolean isRank(Integer rank) {
        return rank != null && rank >= 0 && rank < members.ranks();
    }
}
