package org.cloister.lab.ocs.plant;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs {@code tc} and {@code ip}, which read their lines from standard input: one process for any number of lines. */
final class Commands {

    /** Longer than any batch takes; a kernel that hangs is told apart from a slow one. */
    private static final long SECONDS = 10;

    /** Returns what the program wrote; with lines that failed the others are carried out all the same. */
    String run(String program, List<String> lines) {
        if (lines.isEmpty()) {
            return "";
        }
        Path output = null;
        try {
            // a file never blocks the writer, whichever of the two ends talks first
            output = Files.createTempFile("plant", ".out");
            Process process = new ProcessBuilder(program, "-force", "-batch", "-")
                    .redirectErrorStream(true).redirectOutput(output.toFile()).start();
            try (OutputStream input = process.getOutputStream()) {
                input.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
            }
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new PlantException(program + " did not end within " + SECONDS + " s: " + lines.get(0) + " ...");
            }
            String text = Files.readString(output);
            if (process.exitValue() != 0) {
                throw new PlantException(program + " failed: " + text.strip());
            }
            return text;
        } catch (IOException e) {
            throw new PlantException(program + " cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlantException("interrupted while " + program + " ran", e);
        } finally {
            delete(output);
        }
    }

    private static void delete(Path file) {
        try {
            if (file != null) {
                Files.delete(file);
            }
        } catch (IOException e) {
            System.err.println(file + " is left behind: " + e.getMessage());
        }
    }
}
