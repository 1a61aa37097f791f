package org.cloister.isolation.cli;

import org.cloister.isolation.api.RefusedException;
import org.onlab.osgi.ServiceNotFoundException;
import org.onosproject.cli.AbstractChoicesCompleter;

import java.util.List;

/** Completes what a service knows; nothing while there is nobody to ask. */
abstract class ApiCompleter extends AbstractChoicesCompleter {

    @Override
    protected final List<String> choices() {
        try {
            return names();
        } catch (RefusedException | ServiceNotFoundException e) {
            return List.of();
        }
    }

    /** Returns what there is. */
    abstract List<String> names();
}
