package org.cloister.isolation.allocation;

import org.cloister.isolation.api.Pattern;
import org.cloister.isolation.fabric.Host;
import org.immutables.value.Value;

import java.util.List;

/** A request with its hosts looked up: exclusive links for named hosts in rank order. */
@Value.Immutable
public interface Request {

    /** The hosts, by rank. */
    List<Host> members();

    /** The patterns, at least one, each with its groups filled in. */
    List<Pattern> patterns();
}
