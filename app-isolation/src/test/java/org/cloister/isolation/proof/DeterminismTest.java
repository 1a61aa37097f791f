package org.cloister.isolation.proof;

import org.cloister.isolation.allocation.ImmutableLedger;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.api.ImmutableSliceSpec;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.ImmutableFabric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** The same input, the same answer: however the input was put together, and on every machine. */
class DeterminismTest {

    private static final int CASES = 150;
    private static final int CHILD_SECONDS = 300;

    @Test
    void theOrderInWhichTheInputWasPutTogetherDoesNotMatter() {
        for (long seed = 1; seed <= CASES; seed++) {
            Case problem = SmallCases.of(seed);
            Draws draws = new Draws(-seed);
            Case shuffled = new Case(seed, shuffled(problem.fabric(), draws), shuffled(problem.ledger(), draws),
                    labelled(problem.spec(), draws));
            assertThat(Answers.of(shuffled)).isEqualTo(Answers.of(problem)).isEqualTo(Answers.of(problem));
        }
    }

    /** One in which objects have other hashes, and sets and maps without an order have another one. */
    @Test
    @Timeout(CHILD_SECONDS)
    void anotherVirtualMachineAnswersTheSame(@TempDir Path directory) throws IOException, InterruptedException {
        Path theirs = directory.resolve("answers");
        Process child = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UnlockExperimentalVMOptions", "-XX:hashCode=3", "-XX:-UseCompressedOops",
                "-Djdk.util.zip.disableZip64ExtraFieldValidation=true",
                "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Answers.class.getName(), String.valueOf(CASES))
                .redirectOutput(theirs.toFile()).redirectError(directory.resolve("errors").toFile()).start();
        try {
            ByteArrayOutputStream ours = new ByteArrayOutputStream();
            Answers.print(CASES, new PrintStream(ours, false, StandardCharsets.UTF_8));
            assertThat(child.waitFor(CHILD_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(child.exitValue()).as(Files.readString(directory.resolve("errors"))).isZero();
            assertThat(Files.readString(theirs)).isEqualTo(ours.toString(StandardCharsets.UTF_8));
        } finally {
            child.destroyForcibly();
        }
    }

    private static Fabric shuffled(Fabric fabric, Draws draws) {
        ImmutableFabric.Builder builder = ImmutableFabric.builder().from(fabric)
                .switches(Map.of()).hosts(Map.of()).links(List.of()).availableDevices(List.of());
        draws.shuffled(new ArrayList<>(fabric.switches().values())).forEach(each -> builder.putSwitches(each.name(), each));
        draws.shuffled(new ArrayList<>(fabric.hosts().values())).forEach(host -> builder.putHosts(host.name(), host));
        return builder.addAllLinks(draws.shuffled(new ArrayList<>(fabric.links())))
                .addAllAvailableDevices(draws.shuffled(new ArrayList<>(fabric.availableDevices()))).build();
    }

    private static Ledger shuffled(Ledger ledger, Draws draws) {
        ImmutableLedger.Builder builder = ImmutableLedger.builder().from(ledger)
                .reserved(Map.of()).exclusive(List.of()).tags(List.of());
        draws.shuffled(new ArrayList<>(ledger.reserved().entrySet())).forEach(builder::putReserved);
        return builder.addAllExclusive(draws.shuffled(new ArrayList<>(ledger.exclusive())))
                .addAllTags(draws.shuffled(new ArrayList<>(ledger.tags()))).build();
    }

    private static SliceSpec labelled(SliceSpec spec, Draws draws) {
        Map<String, String> labels = new LinkedHashMap<>();
        draws.shuffled(List.of("one", "two", "three")).forEach(name -> labels.put(name, "value"));
        return ImmutableSliceSpec.copyOf(spec).withLabels(labels);
    }
}
