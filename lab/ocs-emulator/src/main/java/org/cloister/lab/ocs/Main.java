package org.cloister.lab.ocs;

import org.cloister.lab.ocs.plant.MemoryPlant;
import org.cloister.lab.ocs.plant.Plant;
import org.cloister.lab.ocs.plant.TcPlant;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Logger;

/** Runs one optical switch until the process is told to end. Light stays then, unless {@code --clean}. */
@Command(name = "ocs-emulator", mixinStandardHelpOptions = true, sortOptions = false,
        description = "An optical circuit switch: gNMI, and light as packets between interfaces.")
public final class Main implements Callable<Integer> {

    private static final Logger LOG = Logger.getLogger(Main.class.getName());

    /** What carries light. */
    enum PlantKind { tc, memory }

    @Option(names = "--name", required = true, description = "the switch's name")
    private String name;
    @Option(names = "--ports", defaultValue = "16", description = "how many ports, named 1 and so on (${DEFAULT-VALUE})")
    private int ports;
    @Option(names = "--listen", required = true, paramLabel = "HOST:PORT", description = "where gNMI is served")
    private String listen;
    @Option(names = "--certificate", description = "PEM file; without it gNMI is plain text")
    private Path certificate;
    @Option(names = "--key", description = "PEM file")
    private Path key;
    @Option(names = "--username", required = true, description = "who may log in")
    private String username;
    @Option(names = "--password-file", required = true, description = "its first line is the password")
    private Path passwordFile;
    @Option(names = "--control", description = "Unix socket for faults and times, a line of JSON each")
    private Path control;
    @Option(names = "--state-dir", description = "where the configuration is kept; without it, in memory")
    private Path stateDir;
    @Option(names = "--interface-prefix", description = "interfaces are named so, the port's number behind it")
    private String interfacePrefix;
    @Option(names = "--preset", defaultValue = "instant", description = "instant, photonic, piezo or mems (${DEFAULT-VALUE})")
    private String preset;
    @Option(names = "--switching-millis", description = "how long mirrors move, instead of the preset's")
    private Double switchingMillis;
    @Option(names = "--optics-millis", description = "how long receivers take to lock on then, instead of the preset's")
    private Double opticsMillis;
    @Option(names = "--plant", defaultValue = "tc", description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE})")
    private PlantKind plantKind;
    @Option(names = "--clean", description = "take all light away when the process ends")
    private boolean clean;

    /** Runs it. */
    public static void main(String[] arguments) {
        System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tT.%1$tL %4$s %5$s%6$s%n");
        // identifies channels in its logs; looking for a hardware address takes time, and there may be none
        System.setProperty("io.grpc.netty.shaded.io.netty.machineId", "02:00:00:00:00:01");
        CommandLine line = new CommandLine(new Main());
        line.setExecutionExceptionHandler((problem, command, result) -> {
            LOG.severe(problem.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        });
        System.exit(line.execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Plant plant = plantKind == PlantKind.memory ? new MemoryPlant() : new TcPlant(prefix(), ports);
        EmulatorBuilder builder = Emulator.builder().name(name).ports(ports).listen(address()).times(times()).plant(plant)
                .credentials(username, Files.readString(passwordFile).lines().findFirst().orElse(""));
        if (certificate != null) {
            builder.tls(certificate, Optional.ofNullable(key)
                    .orElseThrow(() -> new IllegalArgumentException("--key is missing, with --certificate " + certificate)));
        }
        if (stateDir != null) {
            builder.state(stateDir);
        }
        Emulator emulator = builder.start();
        Optional<ControlSocket> socket = Optional.ofNullable(control).map(path -> new ControlSocket(emulator, path));
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            socket.ifPresent(ControlSocket::close);
            emulator.stop();
            if (clean) {
                plant.clean();
            }
            ended.countDown();
        }));
        LOG.info(name + ": " + ports + " ports, gNMI at " + emulator.address() + ", " + emulator.times());
        ended.await();
        return 0;
    }

    private String prefix() {
        return Optional.ofNullable(interfacePrefix)
                .orElseThrow(() -> new IllegalArgumentException("--interface-prefix is missing, with --plant tc"));
    }

    private InetSocketAddress address() {
        int colon = listen.lastIndexOf(':');
        if (colon < 1 || !listen.substring(colon + 1).matches("\\d{1,5}")) {
            throw new IllegalArgumentException("--listen is not HOST:PORT: " + listen);
        }
        return new InetSocketAddress(listen.substring(0, colon), Integer.parseInt(listen.substring(colon + 1)));
    }

    private Times times() {
        Times base = Optional.ofNullable(Times.PRESETS.get(preset))
                .orElseThrow(() -> new IllegalArgumentException("--preset is none of "
                        + new TreeSet<>(Times.PRESETS.keySet()) + ": " + preset));
        return new Times(switchingMillis == null ? base.switching() : Times.millis(switchingMillis),
                opticsMillis == null ? base.optics() : Times.millis(opticsMillis));
    }
}
