package org.cloister.benchmarks.replay.files;

import com.fasterxml.jackson.databind.JsonNode;
import org.cloister.benchmarks.replay.ReplayFabric;
import org.cloister.isolation.config.FabricConfig;
import org.cloister.isolation.config.Field;
import org.onosproject.net.config.InvalidFieldException;

import java.nio.file.Path;
import java.util.List;

/**
 * A fabric to replay on, in JSON: either in numbers ({@link FabricInNumbers}), or Cloister's own configuration of it, as
 * ONOS's network configuration holds it: the value of {@code fabric}, of {@code org.cloister}, or of {@code apps}, each
 * with its name.
 */
public final class FabricFile {

    private static final String NETWORK_CONFIGURATION = "/apps/org.cloister";

    private final ReplayFabric fabric;
    private final List<String> notes;

    FabricFile(ReplayFabric fabric, List<String> notes) {
        this.fabric = fabric;
        this.notes = List.copyOf(notes);
    }

    /** Returns what a fabric is called unless its file says. */
    public static String name(Path path) {
        return InputFile.stem(path);
    }

    /**
     * Reads one.
     *
     * @throws BadFileException naming the line and the first offending field
     */
    public static FabricFile read(Path file) throws BadFileException {
        JsonDocument document = JsonDocument.read(file);
        String name = InputFile.stem(file);
        String prefix = "";
        try {
            JsonNode root = document.root();
            if (root.has("apps")) {
                prefix = NETWORK_CONFIGURATION + "/fabric";
                root = root.path("apps").path("org.cloister");
                if (!root.has("fabric")) {
                    throw document.refuse(prefix, "is missing: there is no configuration of Cloister here");
                }
            }
            if (root.has("fabric")) {
                prefix = prefix.isEmpty() ? "/fabric" : prefix;
                root = root.path("fabric");
            }
            if (root.has("switches")) {
                return new ConfiguredFabric(FabricConfig.read(root), root).fabric(name);
            }
            return FabricInNumbers.read(Field.root(root), name);
        } catch (InvalidFieldException e) {
            throw document.refuse(prefix + ("/".equals(e.field()) ? "" : e.field()), e.reason());
        }
    }

    /** Returns the fabric. */
    public ReplayFabric fabric() {
        return fabric;
    }

    /** Returns what whoever wrote the file should know about how it was understood. */
    public List<String> notes() {
        return notes;
    }
}
