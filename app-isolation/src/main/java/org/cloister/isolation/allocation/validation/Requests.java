package org.cloister.isolation.allocation.validation;

import org.cloister.isolation.allocation.ImmutableRequest;
import org.cloister.isolation.allocation.MeterRate;
import org.cloister.isolation.allocation.Request;
import org.cloister.isolation.api.Bandwidth;
import org.cloister.isolation.api.CircuitPolicy;
import org.cloister.isolation.api.ImmutableBandwidth;
import org.cloister.isolation.api.ImmutablePattern;
import org.cloister.isolation.api.ImmutableSliceSpec;
import org.cloister.isolation.api.Pattern;
import org.cloister.isolation.api.Pattern.RankOrder;
import org.cloister.isolation.api.PatternType;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.fabric.Fabric;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Turns what a scheduler asks into a request to decide on, or says all that is wrong with it.
 *
 * <p>One member is allowed: it communicates with nobody and nobody reaches it, so that a scheduler needs no special
 * case for jobs of one host. Roles may be given whether or not a pattern looks at them. Of a rate, the part below
 * 1 kbit/s is dropped ({@link MeterRate}).
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
     * ranks, without limit the guaranteed rate. It depends on nothing else, so that specifications can be compared
     * whatever the fabric looks like; how many ranks nodes stand for the fabric says, so groups stay out there, and
     * likewise where hosts are to be chosen.
     */
    public static SliceSpec withDefaults(SliceSpec spec) {
        boolean asks = !spec.members().isEmpty() || !spec.nodes().isEmpty() || spec.placement().isPresent();
        List<Pattern> patterns = spec.patterns().isEmpty() && asks
                ? List.of(Pattern.of(PatternType.ANY)) : spec.patterns();
        List<Integer> all = ranks(spec.members().size());
        return ImmutableSliceSpec.copyOf(spec)
                .withBandwidth(withLimit(spec.bandwidth()))
                .withPatterns(patterns.stream().map(pattern -> isSteps(pattern) ? pattern : withGroups(pattern, all))
                        .collect(Collectors.toList()));
    }

    /**
     * Checks a specification, with or without its defaults written out, against a fabric. The request of one whose
     * hosts are to be chosen has no members.
     *
     * @return a request, or a problem with a pointer to each field that is wrong; its type is the first that occurs of
     *         {@code invalid-request}, {@code unknown-pattern}, {@code not-supported}, {@code unknown-host},
     *         {@code duplicate-member}, {@code missing-role}, {@code rate-exceeds-port}, {@code not-enforceable}
     */
    public static Validation check(Fabric fabric, SliceSpec spec) {
        FieldErrors errors = new FieldErrors();
        checkLabels(spec.labels(), errors);
        checkLease(spec, errors);
        checkCircuits(fabric, spec, errors);
        BandwidthChecks.check(spec.bandwidth(), fabric.linkBitsPerSecond(), errors);
        MemberChecks members = new MemberChecks(fabric, spec, errors);
        new PatternChecks(members, errors).check(spec.patterns());
        return errors.problem().map(Validation::refused)
                .orElseGet(() -> Validation.valid(request(members, withDefaults(spec))));
    }

    private static Request request(MemberChecks members, SliceSpec spec) {
        List<Integer> all = ranks(members.hosts().size());
        OptionalLong limit = spec.bandwidth().limitBitsPerSecond();
        return ImmutableRequest.builder()
                .addAllMembers(members.hosts())
                .addAllPatterns(spec.patterns().stream().map(pattern -> planned(pattern, all))
                        .collect(Collectors.toList()))
                .roles(members.roles())
                .limitBitsPerSecond(limit.isPresent()
                        ? OptionalLong.of(MeterRate.enforced(limit.getAsLong())) : OptionalLong.empty())
                .pointers(members.pointers())
                .circuits(spec.circuits())
                .build();
    }

    /** Ranks that the job deals out itself may send to any other. */
    private static Pattern planned(Pattern pattern, List<Integer> all) {
        Pattern known = pattern.rankOrder() == RankOrder.GIVEN ? pattern : ImmutablePattern.copyOf(pattern)
                .withType(PatternType.ANY.toString()).withSteps(Collections.emptyList());
        return isSteps(known) ? known : withGroups(known, all);
    }

    private static boolean isSteps(Pattern pattern) {
        return pattern.type().equals(PatternType.STEPS.toString());
    }

    private static Pattern withGroups(Pattern pattern, List<Integer> all) {
        return pattern.groups().isEmpty() && !all.isEmpty()
                ? ImmutablePattern.copyOf(pattern).withGroups(Collections.singleton(all)) : pattern;
    }

    private static List<Integer> ranks(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toList());
    }

    private static Bandwidth withLimit(Bandwidth bandwidth) {
        return bandwidth.mode() == Bandwidth.Mode.SHARED && bandwidth.limitBitsPerSecond().isEmpty()
                ? ImmutableBandwidth.copyOf(bandwidth).withLimitBitsPerSecond(bandwidth.guaranteedBitsPerSecond())
                : bandwidth;
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

    private static void checkLease(SliceSpec spec, FieldErrors errors) {
        spec.leaseSeconds().ifPresent(seconds -> {
            if (seconds < LEASE_MIN_SECONDS || seconds > LEASE_MAX_SECONDS) {
                errors.add(ProblemType.INVALID_REQUEST, "/leaseSeconds", seconds, "a lease of " + seconds
                        + " seconds is not within " + LEASE_MIN_SECONDS + " to " + LEASE_MAX_SECONDS);
            }
        });
    }

    /** Where no optical switch is connected light cannot be moved now; where there are no fibres it never can. */
    private static void checkCircuits(Fabric fabric, SliceSpec spec, FieldErrors errors) {
        if (spec.circuits() != CircuitPolicy.FORBID && fabric.fibres().isEmpty()) {
            errors.add(ProblemType.NOT_SUPPORTED, "/circuits", spec.circuits(),
                    "moving circuits is not supported: the fabric's configuration has no fibres; only forbid is");
        }
    }
}
