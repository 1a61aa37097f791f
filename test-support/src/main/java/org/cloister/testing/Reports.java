package org.cloister.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What tests measured, as JSON files in {@code target/reports} of the repository (or where the property
 * {@code cloister.reports} says), each with the commit, the machine's processors and the mode of the run.
 */
public final class Reports {

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final int GIT_SECONDS = 10;

    private Reports() {
    }

    /** Removes a report, so that none of an earlier run is taken for one of this. */
    public static void clear(String name) throws IOException {
        Files.deleteIfExists(file(name));
    }

    /** Writes a report and returns where. */
    public static Path write(String name, boolean passed, Map<String, ?> figures) throws IOException {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("commit", commit());
        report.put("cores", Runtime.getRuntime().availableProcessors());
        report.put("mode", isFull() ? "full" : "short");
        report.put("passed", passed);
        report.putAll(figures);
        Path file = file(name);
        replace(file, out -> out.write(MAPPER.writeValueAsString(report)));
        return file;
    }

    /** Writes a file as a whole or not at all: beside it first, then moved to its place. */
    public static void replace(Path file, Content content) throws IOException {
        Files.createDirectories(file.getParent());
        Path draft = Files.createTempFile(file.getParent(), "." + file.getFileName(), ".new");
        try {
            try (Writer out = Files.newBufferedWriter(draft)) {
                content.write(out);
            }
            // files made for a moment only are their owner's alone
            draft.toFile().setReadable(true, false);
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** What is written into a file. */
    public interface Content {
        /** Writes all of it. */
        void write(Writer out) throws IOException;
    }

    /** Returns whether the long campaigns are wanted. */
    public static boolean isFull() {
        return "full".equals(System.getProperty("cloister.mode"));
    }

    /** Returns the directory that reports are in; it may not exist yet. */
    public static Path directory() {
        String directory = System.getProperty("cloister.reports");
        return directory != null ? Paths.get(directory) : repository().resolve("target/reports");
    }

    private static Path file(String name) {
        return directory().resolve(name + ".json");
    }

    /** What the property {@code cloister.repository} says, else the outermost directory above with a POM. */
    private static Path repository() {
        String said = System.getProperty("cloister.repository");
        if (said != null) {
            return Paths.get(said);
        }
        Path found = Paths.get("").toAbsolutePath();
        while (found.getParent() != null && Files.exists(found.getParent().resolve("pom.xml"))) {
            found = found.getParent();
        }
        return found;
    }

    /** The commit, marked when the files differ from it; unknown outside of a checkout. */
    private static String commit() {
        Optional<String> head = git("rev-parse", "HEAD");
        return head.map(hash -> hash + (git("status", "--porcelain").filter(String::isEmpty).isPresent()
                ? "" : "-dirty")).orElse("unknown");
    }

    private static Optional<String> git(String... arguments) {
        Process git;
        try {
            git = new ProcessBuilder(Stream.concat(Stream.of("git", "-c", "safe.directory=*"), Stream.of(arguments))
                    .collect(Collectors.toList())).directory(repository().toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        } catch (IOException e) {
            return Optional.empty();
        }
        try (InputStream output = git.getInputStream()) {
            String text = new String(output.readAllBytes(), StandardCharsets.UTF_8).trim();
            return git.waitFor(GIT_SECONDS, TimeUnit.SECONDS) && git.exitValue() == 0
                    ? Optional.of(text) : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } finally {
            git.destroyForcibly();
        }
    }
}
