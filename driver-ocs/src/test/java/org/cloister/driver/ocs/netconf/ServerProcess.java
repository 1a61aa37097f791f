package org.cloister.driver.ocs.netconf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A process that a test needs. It ends with the test; what a killed test left behind is ended at the next start, by the
 * number and the time of its start that a file keeps, and its directory removed.
 */
final class ServerProcess implements AutoCloseable {

    private static final Path RUNNING = Path.of("target", "servers");
    private static final long SECONDS_TO_END = 10;

    private final Process process;
    private final Path pidFile;
    private final Path log;
    private final Thread hook = new Thread(this::end);

    private ServerProcess(Process process, Path pidFile, Path log) throws IOException {
        this.process = process;
        this.pidFile = pidFile;
        this.log = log;
        Files.writeString(pidFile, process.pid() + " " + started(process.toHandle()) + " " + log.getParent());
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Starts one, in a directory that also holds what it prints. */
    static ServerProcess start(String name, Path directory, List<String> command) throws IOException {
        Path pidFile = Files.createDirectories(RUNNING).resolve(name + ".pid");
        sweep(pidFile);
        Path log = directory.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
                .redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("HOME", directory.toString());
        return new ServerProcess(builder.start(), pidFile, log);
    }

    private static void sweep(Path pidFile) throws IOException {
        if (Files.exists(pidFile)) {
            String[] left = Files.readString(pidFile).split(" ", 3);
            // a crash may leave the file without what was to be in it
            if (left.length == 3) {
                ProcessHandle.of(Long.parseLong(left[0])).filter(process -> left[1].equals(started(process).toString()))
                        .ifPresent(ServerProcess::end);
                remove(Path.of(left[2]));
            }
            Files.delete(pidFile);
        }
    }

    /** Removes a directory with all that is in it, if it is there. */
    static void remove(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
    }

    private static Instant started(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Returns what it has printed. */
    String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() throws IOException {
        end();
        Runtime.getRuntime().removeShutdownHook(hook);
        Files.deleteIfExists(pidFile);
    }

    private void end() {
        end(process.toHandle());
    }

    /** Ends a process and those that it started, first politely. */
    private static void end(ProcessHandle process) {
        List<ProcessHandle> all = Stream.concat(Stream.of(process), process.descendants()).collect(Collectors.toList());
        all.forEach(ProcessHandle::destroy);
        all.forEach(each -> {
            CompletableFuture<ProcessHandle> ended = each.onExit();
            try {
                ended.get(SECONDS_TO_END, TimeUnit.SECONDS);
            } catch (TimeoutException | ExecutionException e) {
                each.destroyForcibly();
            } catch (InterruptedException e) {
                each.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        });
    }
}
