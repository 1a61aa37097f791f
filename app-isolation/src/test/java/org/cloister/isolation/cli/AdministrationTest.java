package org.cloister.isolation.cli;

import org.apache.karaf.shell.support.CommandException;
import org.cloister.isolation.api.CircuitPolicy;
import org.cloister.isolation.api.Drain;
import org.cloister.isolation.api.DrainService;
import org.cloister.isolation.api.Json;
import org.cloister.isolation.api.ImmutablePlacement;
import org.cloister.isolation.api.ImmutableShortage;
import org.cloister.isolation.api.Placement;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.Purge;
import org.cloister.isolation.api.PurgeReport;
import org.cloister.isolation.api.PurgeReport.SwitchContent;
import org.cloister.isolation.api.PurgeService;
import org.cloister.isolation.api.RefusedException;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceAdminService;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.api.Verification;
import org.cloister.isolation.api.Verification.Difference;
import org.cloister.isolation.api.Verification.Kind;
import org.cloister.isolation.api.Verification.SwitchCheck;
import org.cloister.isolation.api.VerificationService;
import org.cloister.shell.Seconds;
import org.cloister.shell.Trailing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AdministrationTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void specificationIsWhatWasTyped() {
        SliceSpec spec = Specs.of(List.of("gpu-1-0", "gpu-2-0"), List.of(), Optional.empty(), "ring", 600,
                CircuitPolicy.FORBID);
        assertThat(spec.members()).extracting(member -> member.host()).containsExactly("gpu-1-0", "gpu-2-0");
        assertThat(spec.patterns()).singleElement().satisfies(each -> assertThat(each.type()).isEqualTo("ring"));
        assertThat(spec.leaseSeconds()).hasValue(600);
        assertThat(Specs.of(List.of(), List.of("gpu-1"), Optional.empty(), null, 0, CircuitPolicy.ALLOW).leaseSeconds()).isEmpty();
    }

    @Test
    void fileIsTheBodyOfPut(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("spec.json");
        Files.writeString(file, "{\"members\":[{\"host\":\"gpu-1-0\"}],\"leaseSeconds\":60}");
        assertThat(Specs.read(file.toString()).leaseSeconds()).hasValue(60);
        Files.writeString(file, "{\"member\":[]}");
        assertThatThrownBy(() -> Specs.read(file.toString())).isInstanceOf(CommandException.class)
                .hasMessageContaining("spec.json").hasMessageContaining("unknown field 'member'")
                .hasMessageContaining("members").hasMessageNotContaining("org.cloister");
        assertThatThrownBy(() -> Specs.read("/nowhere/spec.json")).isInstanceOf(CommandException.class)
                .hasMessageContaining("/nowhere/spec.json");
    }

    @Test
    void optionsMayStandBehindTheName() throws Exception {
        SliceCreateCommand command = new SliceCreateCommand();
        Trailing.apply(command, List.of("--host", "gpu-1-0", "--host", "gpu-2-0", "--lease", "60", "--json"));
        assertThat(command.hosts).containsExactly("gpu-1-0", "gpu-2-0");
        assertThat(command.lease).isEqualTo(60);
        assertThat(command.outputJson()).isTrue();
        assertThatThrownBy(() -> Trailing.apply(command, List.of("--hosts", "x")))
                .isInstanceOf(CommandException.class).hasMessageContaining("'--hosts'");
        assertThatThrownBy(() -> Trailing.apply(command, List.of("--wait", "soon")))
                .isInstanceOf(CommandException.class).hasMessageContaining("--wait");
        assertThatThrownBy(() -> Trailing.apply(command, List.of("--host")))
                .isInstanceOf(CommandException.class).hasMessageContaining("lacks its value");
    }

    @Test
    void aPlacementIsTypedWithWhatBelongsToIt() throws Exception {
        AtomicReference<SliceSpec> asked = new AtomicReference<>();
        SliceCreateCommand command = asking(asked);
        Trailing.apply(command, List.of("--place", "4", "--nics", "2", "--candidate", "gpu-1", "--candidate", "gpu-2",
                "--reserve"));
        command.text();
        assertThat(asked.get().placement()).contains(ImmutablePlacement.builder().hosts(4).nicsPerNode(2)
                .addCandidates("gpu-1", "gpu-2").bind(Placement.Bind.LATER).build());
        assertThat(asked.get().members()).isEmpty();
        SliceCreateCommand plain = asking(asked);
        plain.place = 3;
        plain.dryRun = true;
        assertThat(plain.text()).contains("slurma-1");
        assertThat(asked.get().placement()).contains(ImmutablePlacement.builder().hosts(3).build());
        SliceCreateCommand without = asking(asked);
        without.reserve = true;
        assertThatThrownBy(without::text).isInstanceOf(CommandException.class).hasMessageContaining("--place");
    }

    private static SliceCreateCommand asking(AtomicReference<SliceSpec> asked) {
        SliceCreateCommand command = new SliceCreateCommand() {
            @Override
            public <T> T getService(Class<T> type) {
                return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("slice")) {
                                return Optional.of(Samples.slice());
                            }
                            asked.set((SliceSpec) arguments[1]);
                            return CompletableFuture.completedFuture(method.getName().equals("plan") ? Samples.slice()
                                    : new SliceAdminService.PutResult(Samples.slice(),
                                            SliceAdminService.Outcome.CREATED, true));
                        }));
            }
        };
        command.id = "slurma-1";
        command.wait = 0;
        return command;
    }

    @Test
    void aRefusalNamesLinksThatWouldDoAndWhatIsNotProven() {
        Problem problem = Problem.builder().type(ProblemType.INSUFFICIENT_UPLINKS).detail("leaf-1 has 1 of 2 uplinks free")
                .shortage(Problem.Shortage.of("leaf-1", "uplinks", 2, 1)).build();
        assertThat(Refusals.text(problem)).isEqualTo("leaf-1 has 1 of 2 uplinks free (insufficient-uplinks)");
        assertThat(Refusals.text(Problem.builder().from(problem).unproven(true).shortage(ImmutableShortage.builder()
                .from(problem.shortage().orElseThrow()).addLinks("leaf-1/5->spine-1/1").build()).build()))
                .isEqualTo("leaf-1 has 1 of 2 uplinks free (insufficient-uplinks; it would do if these were free: "
                        + "leaf-1/5->spine-1/1; the search was bounded)");
    }

    @Test
    void changeLeavesASliceItsOwners() throws Exception {
        assertThat(ownerGiven(Optional.of(Samples.slice()), null)).isEqualTo("slurm");
        assertThat(ownerGiven(Optional.empty(), null)).isEqualTo("shell");
        assertThat(ownerGiven(Optional.empty(), "kueue")).isEqualTo("kueue");
    }

    /** Returns for whom the command asks. */
    private static String ownerGiven(Optional<Slice> present, String typed) throws Exception {
        AtomicReference<String> given = new AtomicReference<>();
        SliceCreateCommand command = new SliceCreateCommand() {
            @Override
            public <T> T getService(Class<T> type) {
                return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("slice")) {
                                return present;
                            }
                            given.set((String) arguments[2]);
                            return CompletableFuture.completedFuture(
                                    new SliceAdminService.PutResult(Samples.slice(),
                                            SliceAdminService.Outcome.CHANGED, true));
                        }));
            }
        };
        command.id = "slurma-1";
        command.hosts = List.of("gpu-1-0");
        command.owner = typed;
        command.wait = 0;
        command.text();
        return given.get();
    }

    @Test
    void waitsAreBounded() {
        assertThatThrownBy(() -> Seconds.within(601, 600)).hasMessageContaining("--wait 601");
        assertThatThrownBy(() -> Waits.await(new CompletableFuture<>(), 0, "nothing came"))
                .isInstanceOf(CommandException.class).hasMessageContaining("nothing came within 0 s");
        assertThatThrownBy(() -> Waits.await(CompletableFuture.failedFuture(new RefusedException(
                Problem.of(ProblemType.HOST_IN_USE, "taken"))), 1, "")).isInstanceOf(RefusedException.class);
    }

    @Test
    void refusalNamesTheField() {
        Problem problem = Problem.builder().type(ProblemType.UNKNOWN_HOST).detail("1 host is unknown")
                .addErrors(Problem.FieldError.of("/members/3/host", "gpu-9", "there is no host gpu-9")).build();
        assertThat(Refusals.text(problem))
                .isEqualTo("1 host is unknown (unknown-host; /members/3/host: there is no host gpu-9)");
    }

    @Test
    void lastLineOfAVerificationSaysWhetherAllIsWell() {
        SwitchCheck check = SwitchCheck.builder().name("leaf-1").device("of:0000000000000011").available(true)
                .lastRead(NOW).expected(12).present(12).missing(0).different(0).extra(0).metersExpected(1)
                .metersPresent(1).build();
        Verification ok = Verification.builder().slice(SliceId.of("job")).state(SliceState.ACTIVE).moving(false)
                .at(NOW).addSwitches(check).build();
        assertThat(VerificationReport.of(ok)).endsWith("ok: 12 rules and 1 meters are as they should be");
        Verification bad = Verification.builder().from(ok)
                .addDifferences(Difference.of("leaf-1", Kind.MISSING, "table 0")).build();
        assertThat(VerificationReport.of(bad)).contains("missing", "table 0").endsWith("NOT OK: 1 differences");
        VerifyCommand command = new VerifyCommand() {
            @Override
            public <T> T getService(Class<T> type) {
                return type.cast((VerificationService) id -> bad);
            }
        };
        command.text(Samples.slice());
        assertThatThrownBy(command::check).isInstanceOf(CommandException.class).hasMessageContaining("job");
    }

    @Test
    void valuesHaveAJsonForm() throws Exception {
        PurgeReport report = report(true, 0, List.of());
        assertThat(Json.mapper().readTree(CloisterCommand.json(report)).path("done").asBoolean()).isTrue();
        Verification verified = Verification.builder().slice(SliceId.of("job")).state(SliceState.ACTIVE).moving(false)
                .at(NOW).build();
        assertThat(Json.mapper().readTree(CloisterCommand.json(verified)).path("ok").asBoolean()).isTrue();
    }

    @Test
    void purgeWithoutYesDoesNothing() throws Exception {
        Purges purges = new Purges();
        PurgeCommand command = command(purges);
        String text = command.text();
        command.check();
        assertThat(purges.purged).isFalse();
        assertThat(text).contains("Slices: 1 (job)", "leaf-1", "Nothing was done", "cloister:purge --yes",
                "ONOS's own rules");
    }

    @Test
    void purgeTellsWhatIsLeft() throws Exception {
        Purges purges = new Purges();
        PurgeCommand command = command(purges);
        command.yes = true;
        command.wait = 0;
        assertThat(command.text()).contains("Left: 1 slices, 24 rules");
        assertThat(purges.purged).isTrue();
        assertThatThrownBy(command::check).isInstanceOf(CommandException.class).hasMessageContaining("not all is gone");
        purges.gone = true;
        assertThat(command.text()).contains("All is gone", "cloister:resume");
        command.check();
    }

    @Test
    void drainWaitsUntilNobodyHoldsIt() throws Exception {
        Drains drains = new Drains();
        DrainCommand command = new DrainCommand() {
            @Override
            public <T> T getService(Class<T> type) {
                return type.cast(drains);
            }
        };
        command.name = "spine-1";
        command.more = List.of("--wait", "10");
        assertThat(command.text()).contains("spine-1", "yes");
        command.check();
        drains.stuck = true;
        command.more = List.of("--wait", "1");
        assertThat(command.text()).contains("job", "no");
        assertThatThrownBy(command::check).isInstanceOf(CommandException.class)
                .hasMessageContaining("not drained after 1 s");
    }

    @Test
    void drainsAreTheListOfHttp() throws Exception {
        DrainsCommand command = new DrainsCommand() {
            @Override
            public <T> T getService(Class<T> type) {
                return type.cast(new Drains());
            }

            @Override
            protected boolean outputJson() {
                return true;
            }
        };
        assertThat(Json.mapper().readTree(command.text()).at("/items/0/name").textValue()).isEqualTo("spine-1");
    }

    private static PurgeCommand command(Purges purges) {
        return new PurgeCommand() {
            @Override
            public <T> T getService(Class<T> type) {
                return type.cast(purges);
            }
        };
    }

    private static PurgeReport report(boolean purged, int rules, List<String> slices) {
        return PurgeReport.builder().purge(purged ? Optional.of(Purge.of("karaf", NOW))
                : Optional.empty()).slices(slices)
                .addSwitches(SwitchContent.of("leaf-1", "of:0000000000000011", true, rules, 0)).build();
    }

    private static final class Purges implements PurgeService {

        private boolean purged;
        private boolean gone;

        @Override
        public PurgeReport report() {
            return gone ? AdministrationTest.report(purged, 0, List.of())
                    : AdministrationTest.report(purged, 24, List.of("job"));
        }

        @Override
        public PurgeReport purge(String by) {
            purged = true;
            return report();
        }

        @Override
        public void resume() {
            purged = false;
        }
    }

    private static final class Drains implements DrainService {

        private boolean stuck;
        private int asked;

        @Override
        public List<Drain> drains() {
            return List.of(one(stuck || asked++ < 1));
        }

        @Override
        public CompletableFuture<Drain> drain(String name) {
            return CompletableFuture.completedFuture(one(true));
        }

        @Override
        public CompletableFuture<Drain> undrain(String name) {
            return CompletableFuture.completedFuture(one(false));
        }

        private static Drain one(boolean held) {
            return Drain.builder().name("spine-1").since(NOW).addLinks("leaf-1/5->spine-1/1")
                    .slices(held ? List.of(SliceId.of("job")) : List.of()).build();
        }
    }
}
