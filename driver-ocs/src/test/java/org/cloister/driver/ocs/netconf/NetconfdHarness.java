package org.cloister.driver.ocs.netconf;

import org.cloister.driver.ocs.session.Capability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * netconfd of yuma123 behind OpenSSH, from Debian's packages, at the loopback address. OpenSSH needs root to check a
 * password, and one that root has: it sees, in a mount namespace of its own, a file {@code /etc/shadow} with that of
 * {@link #PASSWORD}. The machine's own is not touched, nor is its own OpenSSH server.
 */
final class NetconfdHarness extends NetconfHarness {

    /** {@link #PASSWORD} as {@code crypt} has it. */
    private static final String CRYPTED = "$6$cloister$"
            + "bDmNKuTsUr3oPuUX0nBm33ODq5EzIbyCHXSUL6Wh6..pQVgsoBr902OUekf2TchTdPeNvgT/B.N97PUkfzTOh1";

    private ServerProcess netconfd;
    private ServerProcess sshd;

    NetconfdHarness() throws IOException {
    }

    @Override
    public String name() {
        return "netconfd";
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.CONFIRMED_COMMIT, Capability.NOTIFICATIONS);
    }

    @Override
    public Duration restBetweenReadings() {
        return Duration.ofMillis(1500);
    }

    @Override
    void startProcesses() throws Exception {
        Path socket = directory().resolve("ncxserver.sock");
        Files.deleteIfExists(socket);
        netconfd = ServerProcess.start("netconfd", directory(), List.of("/usr/sbin/netconfd",
                "--module=optical-switch", "--modpath=" + MODELS + ":/usr/share/yuma/modules", "--no-startup",
                "--superuser=root", "--target=candidate", "--port=" + port(), "--ncxserver-sockname=" + socket));
        sshd = ServerProcess.start("netconfd-sshd", directory(), List.of("/usr/bin/unshare", "--mount", "/bin/sh", "-ec",
                "mount --bind \"$0\" /etc/shadow; mount -t tmpfs tmpfs /run; mkdir /run/sshd; exec /usr/sbin/sshd -D -e "
                + "-f \"$1\"", shadow().toString(), sshdConfig(socket).toString()));
    }

    private Path shadow() throws IOException {
        Path shadow = directory().resolve("shadow");
        Files.deleteIfExists(shadow);
        Files.createFile(shadow, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(shadow, "root:" + CRYPTED + ":::::::\n");
    }

    private Path sshdConfig(Path socket) throws IOException, InterruptedException {
        Path key = directory().resolve("host_key");
        if (Files.notExists(key)) {
            Process keygen = new ProcessBuilder("ssh-keygen", "-q", "-t", "ecdsa", "-N", "", "-f", key.toString())
                    .inheritIO().start();
            if (keygen.waitFor() != 0) {
                throw new IOException("ssh-keygen failed: " + keygen.exitValue());
            }
        }
        return Files.write(directory().resolve("sshd_config"), List.of("Port " + port(), "ListenAddress 127.0.0.1",
                "HostKey " + key, "PidFile none", "UsePAM no", "PermitRootLogin yes", "PasswordAuthentication yes",
                "PubkeyAuthentication no",
                "Subsystem netconf \"/usr/sbin/netconf-subsystem --ncxserver-sockname=" + port() + "@" + socket + "\""));
    }

    @Override
    void endProcesses() throws IOException {
        if (sshd != null) {
            sshd.close();
        }
        if (netconfd != null) {
            netconfd.close();
        }
    }

    @Override
    Optional<String> complaint() {
        return Stream.of(netconfd, sshd).filter(each -> !each.isAlive()).map(ServerProcess::output).findFirst();
    }
}
