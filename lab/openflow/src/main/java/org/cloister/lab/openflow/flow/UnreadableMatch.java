package org.cloister.lab.openflow.flow;

import java.util.Objects;
import org.onosproject.net.flow.criteria.Criterion;
import org.projectfloodlight.openflow.protocol.match.Match;

/**
 * A match found on a switch of which some field has no criterion here. It is carried whole beside the criteria that
 * could be read, so that the rule is never mistaken for another one and can be removed exactly as it stands.
 */
final class UnreadableMatch implements Criterion {

    private final Match match;

    UnreadableMatch(Match match) {
        this.match = match;
    }

    Match match() {
        return match;
    }

    @Override
    public Type type() {
        return Type.DUMMY;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UnreadableMatch && match.equals(((UnreadableMatch) other).match);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type().ordinal(), match);
    }

    @Override
    public String toString() {
        return "UNREADABLE:" + match;
    }
}
