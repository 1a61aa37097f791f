package org.cloister.lab.ocs;

import org.cloister.lab.ocs.device.FileStateStore;
import org.cloister.lab.ocs.device.MemoryStateStore;
import org.cloister.lab.ocs.device.StateStore;
import org.cloister.lab.ocs.plant.MemoryPlant;
import org.cloister.lab.ocs.plant.Plant;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** Describes an {@link Emulator}; without any call: 16 ports, loopback at a free port, plain text, no time, in memory. */
public final class EmulatorBuilder {

    String name = "ocs";
    int ports = 16;
    InetSocketAddress listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    Times times = Times.PRESETS.get("instant");
    String username = "admin";
    String password = "admin";
    Optional<Path> certificate = Optional.empty();
    Optional<Path> key = Optional.empty();
    Plant plant = new MemoryPlant();
    StateStore store = new MemoryStateStore();

    EmulatorBuilder() {
    }

    /** Sets the switch's name. */
    public EmulatorBuilder name(String value) {
        name = Objects.requireNonNull(value, "name is null");
        return this;
    }

    /** Sets how many ports it has, named {@code "1"} and so on. */
    public EmulatorBuilder ports(int value) {
        if (value < 2) {
            throw new IllegalArgumentException("ports: a switch has 2 at least: " + value);
        }
        ports = value;
        return this;
    }

    /** Sets where it listens; port 0 for any that is free. */
    public EmulatorBuilder listen(InetSocketAddress value) {
        listen = Objects.requireNonNull(value, "listen is null");
        return this;
    }

    /** Sets how long light takes to move. */
    public EmulatorBuilder times(Times value) {
        times = Objects.requireNonNull(value, "times is null");
        return this;
    }

    /** Sets who may come in; by default {@code admin} with the password {@code admin}. */
    public EmulatorBuilder credentials(String user, String secret) {
        username = Objects.requireNonNull(user, "user is null");
        password = Objects.requireNonNull(secret, "secret is null");
        return this;
    }

    /** Makes it speak TLS. Both are PEM files. */
    public EmulatorBuilder tls(Path certificateFile, Path keyFile) {
        certificate = Optional.of(certificateFile);
        key = Optional.of(keyFile);
        return this;
    }

    /** Sets what carries the light. */
    public EmulatorBuilder plant(Plant value) {
        plant = Objects.requireNonNull(value, "plant is null");
        return this;
    }

    /** Makes it remember in a directory. */
    public EmulatorBuilder state(Path directory) {
        store = new FileStateStore(directory);
        return this;
    }

    /** Starts it; it listens when this returns. */
    public Emulator start() {
        Emulator emulator = new Emulator(this);
        emulator.start();
        return emulator;
    }
}
