package org.cloister.isolation.cli;

import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.cloister.isolation.api.PatternType;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Completes types of patterns. */
@Service
public final class PatternCompleter extends ApiCompleter {

    @Override
    List<String> names() {
        return Arrays.stream(PatternType.values()).map(SliceReport::word).collect(Collectors.toList());
    }
}
