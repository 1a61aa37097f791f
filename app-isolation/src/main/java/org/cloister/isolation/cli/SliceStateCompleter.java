package org.cloister.isolation.cli;

import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.cloister.isolation.api.SliceState;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Completes states of slices. */
@Service
public final class SliceStateCompleter extends ApiCompleter {

    @Override
    List<String> names() {
        return Arrays.stream(SliceState.values()).map(SliceState::name).collect(Collectors.toList());
    }
}
