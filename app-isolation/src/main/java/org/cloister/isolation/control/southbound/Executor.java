package org.cloister.isolation.control.southbound;

import org.cloister.isolation.control.environment.Limits;
import org.cloister.isolation.control.environment.Services;
import org.cloister.isolation.control.environment.SwitchErrors;
import org.cloister.isolation.control.observed.Failure;
import org.cloister.isolation.control.observed.Texts;
import org.cloister.isolation.control.plan.Operation;
import org.cloister.isolation.metrics.ControlMetrics;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleOperation;
import org.onosproject.net.flow.FlowRuleOperations;
import org.onosproject.net.flow.FlowRuleOperationsContext;
import org.onosproject.net.flow.FlowRuleService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The only place that writes to switches. One batch at a time per device, because ONOS orders nothing between two;
 * each with a deadline, because on some paths ONOS never answers; the first answer counts and later ones are ignored.
 *
 * <p>A rule that a switch refused stays in ONOS's store and would be sent again at every read, for ever. It is taken
 * out of there, and tried again only when the reconciler says so, a little later each time.
 *
 * <p>Everything here belongs to the control thread; ONOS's answers are handed over to it.
 */
public final class Executor {

    private static final String REFUSED = "refused";
    private static final String RULES = "rules";

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final FlowRuleService flowRules;
    private final ScheduledExecutorService thread;
    private final Clock clock;
    private final Limits limits;
    private final SwitchErrors errors;
    private final ControlMetrics metrics;
    private final BiConsumer<DeviceId, Collection<FlowRule>> ended;
    private final Predicate<FlowRule> shown;
    private final BooleanSupplier leads;
    private final Map<DeviceId, Batch> underWay = new HashMap<>();
    private final Map<DeviceId, Map<FlowRule, Failure>> failures = new HashMap<>();

    /**
     * Creates an executor.
     *
     * @param ended is told, on the control thread, of each device whose batch has ended, with its rules
     * @param shown tells whether the switch's own account has shown a rule
     * @param leads asks the cluster whether this node still leads: else others look after what failed
     */
    public Executor(Services services, BiConsumer<DeviceId, Collection<FlowRule>> ended, Predicate<FlowRule> shown,
                    BooleanSupplier leads) {
        this.flowRules = services.flowRules();
        this.thread = services.control();
        this.clock = services.clock();
        this.limits = services.limits();
        this.errors = services.switchErrors();
        this.metrics = services.metrics();
        this.ended = ended;
        this.shown = shown;
        this.leads = leads;
    }

    boolean busy(DeviceId device) {
        return underWay.containsKey(device);
    }

    Map<FlowRule, Failure> failures(DeviceId device) {
        Map<FlowRule, Failure> found = failures.get(device);
        if (found == null) {
            return Map.of();
        }
        // what nobody tries again is no longer wanted
        found.values().removeIf(failure -> failure.old(clock.instant(), limits));
        return Map.copyOf(found);
    }

    /** Forgets everything: another leader looks after what is under way. */
    public void clear() {
        underWay.values().forEach(batch -> batch.timeout.cancel(false));
        underWay.clear();
        failures.clear();
    }

    /** Sends rules to a device that is not {@link #busy}. */
    public void apply(Operation.Apply operation) {
        if (busy(operation.device())) {
            throw new IllegalStateException(operation + " while a batch is under way there");
        }
        send(new Batch(operation.device(), operation.adds(), operation.removes(), true));
    }

    private void send(Batch batch) {
        log.debug("Sending {}", batch);
        underWay.put(batch.device, batch);
        metrics.sent(RULES, batch.rules().size());
        batch.timeout = thread.schedule(() -> giveUp(batch),
                limits.answer().toMillis(), TimeUnit.MILLISECONDS);
        FlowRuleOperations.Builder operations = FlowRuleOperations.builder();
        batch.adds.forEach(operations::add);
        batch.removes.forEach(operations::remove);
        flowRules.apply(operations.build(new FlowRuleOperationsContext() {
            @Override
            public void onSuccess(FlowRuleOperations done) {
                handOver(() -> end(batch, List.of(), ""));
            }

            @Override
            public void onError(FlowRuleOperations failed) {
                handOver(() -> end(batch, rules(failed), REFUSED));
            }
        }));
    }

    /** ONOS may answer when this node has stopped, on a thread that is not ours to break. */
    private void handOver(Runnable answer) {
        try {
            thread.execute(answer);
        } catch (RejectedExecutionException e) {
            log.debug("Stopped; an answer of ONOS is not heard any more");
        }
    }

    private static List<FlowRule> rules(FlowRuleOperations operations) {
        return operations.stages().stream().flatMap(Collection::stream).map(FlowRuleOperation::rule)
                .collect(Collectors.toList());
    }

    /** What the switch has shown meanwhile was taken, answer or not, and may carry traffic. */
    private void giveUp(Batch batch) {
        List<FlowRule> open = batch.rules().stream().filter(rule -> batch.removes.contains(rule) || !shown.test(rule))
                .collect(Collectors.toList());
        end(batch, open, open.isEmpty() ? "" : "no answer within " + limits.answer().toSeconds() + " s");
    }

    private void end(Batch batch, Collection<FlowRule> reported, String reason) {
        if (underWay.get(batch.device) != batch) {
            return; // answered before
        }
        underWay.remove(batch.device);
        batch.timeout.cancel(false);
        List<FlowRule> refused = batch.addsAmong(failed(batch, reported, reason));
        if (batch.ours && !refused.isEmpty() && leads.getAsBoolean()) {
            log.warn("{}: {} of {} rules were not taken: {}", batch.device, refused.size(), batch.adds.size(), reason);
            send(new Batch(batch.device, List.of(), refused, false));
            return;
        }
        ended.accept(batch.device, batch.rules());
    }

    /** A report that names no rule of the batch is about all of them. */
    private Set<FlowRule> failed(Batch batch, Collection<FlowRule> reported, String reason) {
        Set<FlowRule> failed = new HashSet<>(batch.rules());
        failed.retainAll(new HashSet<>(reported));
        if (failed.isEmpty() && !reason.isEmpty()) {
            failed.addAll(batch.rules());
        }
        if (!failed.isEmpty()) {
            metrics.failed(RULES, failed.size());
        }
        if (!batch.ours) {
            return failed;
        }
        Map<FlowRule, Failure> here = failures.computeIfAbsent(batch.device, device -> new HashMap<>());
        for (FlowRule rule : batch.rules()) {
            if (!failed.contains(rule)) {
                here.remove(rule);
            } else {
                here.compute(rule, (key, before) -> failure(before, rule, reason));
            }
        }
        return failed;
    }

    private Failure failure(Failure before, FlowRule rule, String reason) {
        // what a switch once said of a rule says nothing of a later answer that did not come
        String cause = reason.equals(REFUSED) ? errors.about(rule).orElse(reason) : reason;
        return Failure.after(before, clock.instant(), limits, cause + ": " + Texts.rule(rule));
    }

    /** Rules sent together, with the answer that is awaited. */
    private static final class Batch {

        private final DeviceId device;
        private final List<FlowRule> adds;
        private final List<FlowRule> removes;
        /** Whether the reconciler asked for it; else it tidies up after one that failed. */
        private final boolean ours;
        private ScheduledFuture<?> timeout;

        private Batch(DeviceId device, List<FlowRule> adds, List<FlowRule> removes, boolean ours) {
            this.device = device;
            this.adds = adds;
            this.removes = removes;
            this.ours = ours;
        }

        private List<FlowRule> rules() {
            List<FlowRule> rules = new ArrayList<>(adds);
            rules.addAll(removes);
            return rules;
        }

        /** Returns which of the rules to add are among the failed ones. */
        private List<FlowRule> addsAmong(Set<FlowRule> failed) {
            return adds.stream().filter(failed::contains).collect(Collectors.toList());
        }

        @Override
        public String toString() {
            return "+" + adds.size() + " -" + removes.size() + " to " + device;
        }
    }
}
