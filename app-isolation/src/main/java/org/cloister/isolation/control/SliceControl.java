package org.cloister.isolation.control;

import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.api.FabricService;
import org.cloister.isolation.api.FabricView;
import org.cloister.isolation.api.FabricView.FabricProblem;
import org.cloister.isolation.api.Label;
import org.cloister.isolation.api.Lease;
import org.cloister.isolation.api.Plans;
import org.cloister.isolation.api.Precondition;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RefusedException;
import org.cloister.isolation.api.Renewal;
import org.cloister.isolation.api.Route;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceAdminService;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.control.admission.Admission;
import org.cloister.isolation.control.admission.Ledgers;
import org.cloister.isolation.control.admission.Preferring;
import org.cloister.isolation.control.admission.RequestAdmission;
import org.cloister.isolation.control.environment.Services;
import org.cloister.isolation.control.lifecycle.Purging;
import org.cloister.isolation.control.requests.Answers;
import org.cloister.isolation.control.requests.Comparison;
import org.cloister.isolation.control.requests.Drains;
import org.cloister.isolation.control.requests.DryRuns;
import org.cloister.isolation.control.requests.FabricViews;
import org.cloister.isolation.control.requests.Puts;
import org.cloister.isolation.control.requests.Refusals;
import org.cloister.isolation.control.requests.Removals;
import org.cloister.isolation.control.requests.Renewals;
import org.cloister.isolation.control.requests.Views;
import org.cloister.isolation.control.southbound.MeterObserver;
import org.cloister.isolation.control.southbound.Observer;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.program.Compiler;
import org.cloister.isolation.program.CompilerOptions;
import org.cloister.isolation.program.OpenFlowCompiler;
import org.cloister.isolation.routing.Routes;
import org.cloister.isolation.store.AllocationJournal;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import static java.util.concurrent.CompletableFuture.completedFuture;

/** The service on top of the control loop, without a container around it. */
final class SliceControl implements SliceAdminService, FabricService {

    private final Services services;
    private final Answers answers;
    private final Admission admission;
    private final Puts puts;
    private final DryRuns dryRuns;
    private final Renewals renewals;
    private final Removals removals;
    private final Drains drains;
    private final ControlLoop loop;
    private final Wakers wakers;

    SliceControl(Services services) {
        this.services = services;
        admission = new RequestAdmission(new Preferring(services.preference()));
        answers = new Answers(services.store(), services.replies());
        puts = new Puts(services, admission, answers);
        dryRuns = new DryRuns(services, puts, admission);
        renewals = new Renewals(services);
        removals = new Removals(services);
        drains = new Drains(services, admission);

        Compiler compiler = new OpenFlowCompiler(services.app(), CompilerOptions.defaults());
        Observer observer = new Observer(services);
        MeterObserver meterObserver = new MeterObserver(services);
        loop = new ControlLoop(services, new AllocationJournal(services.storage(), services.store()),
                new Reconciler(admission, compiler, services.limits()),
                new Purging(services.app().id(), compiler, services.limits()), observer, meterObserver);
        wakers = new Wakers(services, loop, observer, meterObserver, answers);
    }

    /** Returns what takes links out of use. */
    Drains drains() {
        return drains;
    }

    /** Returns why nothing is decided on this node although it should be. */
    Optional<String> trouble() {
        return loop.trouble();
    }

    void start() {
        wakers.start();
    }

    /** Has everything looked at again: something outside has changed that no event tells of. */
    void wake() {
        loop.wake();
    }

    /** Stops deciding; rules and slices stay. */
    void stop() {
        wakers.stop();
        answers.refuseAll(Problem.of(ProblemType.NOT_READY, "Cloister is being stopped"));
    }

    @Override
    public List<Slice> slices() {
        return services.store().slices().stream().filter(Removals::exists).map(each -> Views.slice(each.slice()))
                .collect(Collectors.toList());
    }

    @Override
    public Optional<Slice> slice(SliceId id) {
        return services.store().slice(id).filter(Removals::exists).map(each -> Views.slice(each.slice()));
    }

    @Override
    public List<Route> routes(SliceId id) {
        return services.store().slice(id).flatMap(each -> each.slice().allocation()).map(Routes::of)
                .orElse(List.of());
    }

    @Override
    public CompletableFuture<PutResult> put(SliceId id, SliceSpec spec, String owner, Precondition precondition) {
        return refused(() -> puts.put(id, spec, owner, precondition));
    }

    @Override
    public CompletableFuture<Slice> plan(SliceId id, SliceSpec spec, String owner, Precondition precondition) {
        return refused(() -> completedFuture(dryRuns.plan(id, spec, owner, precondition)));
    }

    @Override
    public CompletableFuture<Plans> plans(List<SliceSpec> candidates) {
        return refused(() -> {
            Fabric fabric = configured();
            String version = view(fabric).version();
            Ledger ledger = ledgers().outOfUse(Drains.heard(services), fabric).ledger();
            return new Comparison(fabric, version, services.store().slices().stream().map(VersionedSlice::slice)
                    .collect(Collectors.toList()), ledger, admission, candidates, services)
                    .plans();
        });
    }

    @Override
    public CompletableFuture<Lease> renew(SliceId id, int leaseSeconds) {
        return refused(() -> completedFuture(renewals.renew(id, leaseSeconds)));
    }

    @Override
    public CompletableFuture<Renewal> renew(Optional<String> owner, Label label, Set<SliceId> ids) {
        return refused(() -> renewals.renew(owner, label, ids));
    }

    @Override
    public CompletableFuture<Slice> remove(SliceId id, Precondition precondition) {
        return refused(() -> completedFuture(removals.remove(id, precondition)));
    }

    @Override
    public CompletableFuture<Slice> whenSettled(SliceId id) {
        return answers.of(id, now -> {
            StoredSlice slice = now.filter(Removals::exists).orElseThrow(() -> Removals.notFound(id)).slice();
            return Views.settled(slice) ? Optional.of(Views.slice(slice)) : Optional.empty();
        });
    }

    @Override
    public CompletableFuture<Void> whenGone(SliceId id) {
        return answers.of(id, now -> now.filter(Removals::exists).isPresent()
                ? Optional.empty() : Optional.of(true)).thenApply(gone -> null);
    }

    @Override
    public FabricView fabric() {
        return view(configured());
    }

    private Fabric configured() {
        return services.fabric().fabric().orElseThrow(() -> new RefusedException(Problem.of(
                ProblemType.NOT_READY, "there is no valid configuration of the fabric")));
    }

    private Ledgers ledgers() {
        return Ledgers.of(services.store().slices().stream().map(VersionedSlice::slice)
                .collect(Collectors.toList()), List.of());
    }

    private FabricView view(Fabric fabric) {
        List<FabricProblem> problems = new ArrayList<>(loop.problems());
        services.settings().heardPurge().ifPresent(purge -> problems.add(
                FabricProblem.of("Purged", "fabric", Purging.refusal(purge).detail())));
        services.store().unreadable().forEach((key, why) ->
                problems.add(FabricProblem.of("SliceUnreadable", key, why)));
        return FabricViews.of(fabric, ledgers().ledger(), Drains.heard(services), problems);
    }

    private <T> CompletableFuture<T> refused(Supplier<CompletableFuture<T>> request) {
        try {
            return counted(request.get());
        } catch (RefusedException e) {
            return counted(CompletableFuture.failedFuture(e));
        }
    }

    private <T> CompletableFuture<T> counted(CompletableFuture<T> request) {
        request.whenComplete((result, error) -> Refusals.tell(services.metrics(), error));
        return request;
    }
}
