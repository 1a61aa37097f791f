package org.cloister.driver.ocs.netconf;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ServerProcessTest {

    @TempDir
    Path directory;

    @Test
    void emptyFileOfACrashStopsNoLaterRun() throws Exception {
        Path pidFile = Files.createDirectories(Path.of("target", "servers")).resolve("swept.pid");
        Files.writeString(pidFile, "");
        try (ServerProcess process = ServerProcess.start("swept", directory, List.of("sleep", "30"))) {
            assertThat(process.isAlive()).isTrue();
            assertThat(Files.readString(pidFile).split(" ", 3)).hasSize(3).endsWith(directory.toString());
        }
        assertThat(pidFile).doesNotExist();
    }
}
