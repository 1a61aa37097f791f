package org.cloister.isolation.allocation;

import org.cloister.isolation.api.Bandwidth;
import org.cloister.isolation.api.CircuitPolicy;
import org.cloister.isolation.api.ImmutablePattern;
import org.cloister.isolation.api.ImmutableSliceSpec;
import org.cloister.isolation.api.Pattern;
import org.cloister.isolation.api.Pattern.RankOrder;
import org.cloister.isolation.api.PatternType;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Host;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Turns what a scheduler asks into a request to decide on, or says all that is wrong with it.
 *
 * <p>One member is allowed: it communicates with nobody and nobody reaches it, so that a scheduler needs no special
 * case for jobs of one host.
 */
public final class Requests {

    private static final int LEASE_MIN_SECONDS = 60;
    private static final int LEASE_MAX_SECONDS = 2_592_000;
    private static final int LABELS_MAX = 64;
    private static final int LABEL_NAME_MAX = 63;
    private static final int LABEL_VALUE_MAX = 255;

    private Requests() {
    }

    /**
     * Returns the specification with its defaults written out: without patterns {@code any}, without groups one of all
     * ranks. It depends on nothing else, so that specifications can be compared whatever the fabric looks like.
     */
    public static SliceSpec withDefaults(SliceSpec spec) {
        List<Pattern> patterns = spec.patterns().isEmpty() && !spec.members().isEmpty()
                ? List.of(Pattern.of(PatternType.ANY)) : spec.patterns();
        List<Integer> all = IntStream.range(0, spec.members().size()).boxed().collect(Collectors.toList());
        return ImmutableSliceSpec.copyOf(spec).withPatterns(patterns.stream()
                .map(pattern -> pattern.groups().isEmpty() && !all.isEmpty()
                        ? ImmutablePattern.copyOf(pattern).withGroups(Collections.singleton(all)) : pattern)
                .collect(Collectors.toList()));
    }

    /**
     * Checks a specification, with or without its defaults written out, against a fabric.
     *
     * @return a request, or a problem with a pointer to each field that is wrong: {@code invalid-request},
     *         {@code unknown-pattern}, {@code not-supported}, {@code unknown-host} or {@code duplicate-member}, the
     *         first of these that occurs
     */
    public static Validation check(Fabric fabric, SliceSpec spec) {
        FieldErrors errors = new FieldErrors();
        checkLabels(spec.labels(), errors);
        checkLater(spec, errors);
        List<Optional<Host>> hosts = checkMembers(fabric, spec, errors);
        Map<Integer, Integer> nics = new HashMap<>();
        for (int rank = 0; rank < hosts.size(); rank++) {
            int known = rank;
            hosts.get(rank).ifPresent(host -> nics.put(known, host.nic()));
        }
        new PatternChecks(hosts.size(), nics, errors).check(spec.patterns());
        return errors.problem().map(Validation::refused)
                .orElseGet(() -> Validation.valid(request(hosts, withDefaults(spec))));
    }

    private static Request request(List<Optional<Host>> hosts, SliceSpec spec) {
        return ImmutableRequest.builder()
                .addAllMembers(hosts.stream().map(Optional::get).collect(Collectors.toList()))
                .addAllPatterns(spec.patterns().stream().map(Requests::planned).collect(Collectors.toList()))
                .build();
    }

    /** Ranks that the job deals out itself may send to any other. */
    private static Pattern planned(Pattern pattern) {
        return pattern.rankOrder() == RankOrder.GIVEN ? pattern
                : ImmutablePattern.copyOf(pattern).withType(PatternType.ANY.toString());
    }

    private static void checkLabels(Map<String, String> labels, FieldErrors errors) {
        if (labels.size() > LABELS_MAX) {
            errors.add(ProblemType.INVALID_REQUEST, "/labels", labels.size(),
                    labels.size() + " labels are more than " + LABELS_MAX);
        }
        labels.forEach((name, value) -> {
            String pointer = "/labels/" + name.replace("~", "~0").replace("/", "~1");
            if (name.isEmpty() || name.length() > LABEL_NAME_MAX) {
                errors.add(ProblemType.INVALID_REQUEST, pointer, value,
                        "a label's name has 1 to " + LABEL_NAME_MAX + " characters, '" + name + "' has "
                                + name.length());
            }
            if (value.length() > LABEL_VALUE_MAX) {
                errors.add(ProblemType.INVALID_REQUEST, pointer, value,
                        "a label's value has up to " + LABEL_VALUE_MAX + " characters, that of '" + name + "' has "
                                + value.length());
            }
        });
    }

    /** What can be written down and not be carried out yet. */
    private static void checkLater(SliceSpec spec, FieldErrors errors) {
        spec.leaseSeconds().ifPresent(seconds -> {
            if (seconds < LEASE_MIN_SECONDS || seconds > LEASE_MAX_SECONDS) {
                errors.add(ProblemType.INVALID_REQUEST, "/leaseSeconds", seconds, "a lease of " + seconds
                        + " seconds is not within " + LEASE_MIN_SECONDS + " to " + LEASE_MAX_SECONDS);
            } else {
                errors.add(ProblemType.NOT_SUPPORTED, "/leaseSeconds", seconds, "leases are not supported");
            }
        });
        if (!spec.nodes().isEmpty()) {
            errors.add(ProblemType.NOT_SUPPORTED, "/nodes", spec.nodes(),
                    "nodes are not supported, only members are");
        }
        spec.placement().ifPresent(placement -> errors.add(ProblemType.NOT_SUPPORTED, "/placement", placement,
                "placement is not supported, only members are"));
        if (spec.circuits() != CircuitPolicy.FORBID) {
            errors.add(ProblemType.NOT_SUPPORTED, "/circuits", spec.circuits(),
                    "moving circuits is not supported, only forbid is");
        }
        checkBandwidth(spec.bandwidth(), errors);
    }

    private static void checkBandwidth(Bandwidth bandwidth, FieldErrors errors) {
        if (bandwidth.mode() == Bandwidth.Mode.SHARED) {
            errors.add(ProblemType.NOT_SUPPORTED, "/bandwidth/mode", bandwidth.mode(),
                    "shared links are not supported, only exclusive ones are");
            return;
        }
        bandwidth.guaranteedBitsPerSecond().ifPresent(rate -> errors.add(ProblemType.INVALID_REQUEST,
                "/bandwidth/guaranteedBitsPerSecond", rate, "exclusive links have no rate, " + rate + " was given"));
        bandwidth.limitBitsPerSecond().ifPresent(rate -> errors.add(ProblemType.INVALID_REQUEST,
                "/bandwidth/limitBitsPerSecond", rate, "exclusive links have no limit, " + rate + " was given"));
    }

    private static List<Optional<Host>> checkMembers(Fabric fabric, SliceSpec spec, FieldErrors errors) {
        if (spec.members().isEmpty() && spec.nodes().isEmpty() && !spec.placement().isPresent()) {
            errors.add(ProblemType.INVALID_REQUEST, "/members", spec.members(), "a slice has at least one member");
        }
        List<Optional<Host>> hosts = new ArrayList<>();
        Map<String, Integer> ranks = new HashMap<>();
        for (int rank = 0; rank < spec.members().size(); rank++) {
            String name = Objects.requireNonNull(spec.members().get(rank).host(), "host is null");
            String pointer = "/members/" + rank + "/host";
            Integer earlier = ranks.putIfAbsent(name, rank);
            if (earlier != null) {
                errors.add(ProblemType.DUPLICATE_MEMBER, pointer, name,
                        "host " + name + " is member " + earlier + " already");
            } else if (!fabric.hosts().containsKey(name)) {
                errors.add(ProblemType.UNKNOWN_HOST, pointer, name, "there is no host " + name + " in the fabric");
            }
            hosts.add(Optional.ofNullable(fabric.hosts().get(name)));
        }
        return hosts;
    }
}
