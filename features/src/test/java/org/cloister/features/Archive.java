package org.cloister.features;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A zip in memory: an .oar, or a bundle of one. */
final class Archive {

    private final Map<String, byte[]> entries = new TreeMap<>();

    private Archive(InputStream in) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory()) {
                    entries.put(entry.getName(), zip.readAllBytes());
                }
            }
        }
    }

    /** Returns the .oar that was built. */
    static Archive oar() {
        return read(Path.of(System.getProperty("oar")));
    }

    /** Returns a zip on disk. */
    static Archive read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new Archive(in);
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    /** Returns what is in it, by path. */
    Map<String, byte[]> entries() {
        return entries;
    }

    /** Returns the jars below a folder, by path. */
    Map<String, Archive> jars(String folder) {
        Map<String, Archive> jars = new TreeMap<>();
        entries.forEach((path, bytes) -> {
            if (path.startsWith(folder) && path.endsWith(".jar")) {
                try {
                    jars.put(path, new Archive(new ByteArrayInputStream(bytes)));
                } catch (IOException e) {
                    throw new UncheckedIOException(path, e);
                }
            }
        });
        return jars;
    }

    /** Returns the classes, by path; without those for later Java versions in a multi-release jar. */
    Map<String, byte[]> classes() {
        Map<String, byte[]> classes = new TreeMap<>();
        entries.forEach((path, bytes) -> {
            if (path.endsWith(".class") && !path.startsWith("META-INF/")) {
                classes.put(path, bytes);
            }
        });
        return classes;
    }

    /** Returns a header of the manifest, empty if it has none of this name. */
    String header(String name) {
        try {
            String value = new Manifest(new ByteArrayInputStream(entries.get("META-INF/MANIFEST.MF")))
                    .getMainAttributes().getValue(name);
            return value == null ? "" : value;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a text file. */
    String text(String path) {
        return new String(entries.get(path), java.nio.charset.StandardCharsets.UTF_8);
    }
}
