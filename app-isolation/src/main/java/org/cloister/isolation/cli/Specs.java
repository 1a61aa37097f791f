package org.cloister.isolation.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import org.apache.karaf.shell.support.CommandException;
import org.cloister.isolation.api.CircuitPolicy;
import org.cloister.isolation.api.ImmutablePattern;
import org.cloister.isolation.api.ImmutableSliceSpec;
import org.cloister.isolation.api.Json;
import org.cloister.isolation.api.Member;
import org.cloister.isolation.api.Placement;
import org.cloister.isolation.api.SliceSpec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Makes a specification of what was typed. */
final class Specs {

    private Specs() {
    }

    /** Returns a file's specification: the body of {@code PUT /slices/ID}. */
    static SliceSpec read(String file) throws CommandException {
        Path path = Paths.get(file);
        try {
            return Json.mapper().readValue(new String(Files.readAllBytes(path), StandardCharsets.UTF_8),
                    SliceSpec.class);
        } catch (UnrecognizedPropertyException e) {
            throw new CommandException(file + " is not a slice's specification: unknown field '" + e.getPropertyName()
                    + "'; known there are " + new TreeSet<>(e.getKnownPropertyIds()), e);
        } catch (JsonProcessingException e) {
            throw new CommandException(file + " is not a slice's specification: " + e.getOriginalMessage(), e);
        } catch (NoSuchFileException e) {
            throw new CommandException("there is no file " + file + " on this node", e);
        } catch (IOException e) {
            throw new CommandException(file + " cannot be read on this node: " + e, e);
        }
    }

    /**
     * Returns what options say.
     *
     * @param lease seconds; 0 for none
     */
    static SliceSpec of(List<String> hosts, List<String> nodes, Optional<Placement> placement, String pattern,
                        int lease, CircuitPolicy circuits) {
        ImmutableSliceSpec.Builder spec = SliceSpec.builder().addAllNodes(nodes).placement(placement)
                .circuits(circuits);
        hosts.forEach(host -> spec.addMembers(Member.of(host)));
        if (pattern != null) {
            spec.addPatterns(ImmutablePattern.builder().type(pattern).build());
        }
        if (lease != 0) {
            spec.leaseSeconds(lease);
        }
        return spec.build();
    }
}
