package org.cloister.ocs.store;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;

/**
 * Keeps leaders that were deposed without noticing from acting. A new leader puts its term into one place, and every
 * leader looks there before it writes or tells a switch. What it does between look and act is caught by the documents'
 * versions, by the switches' arbitration and by their refusal of circuits that meet. Belongs to the control thread.
 */
public final class LeaderFence {

    private static final String HEAD = "head";
    private static final int ATTEMPTS = 5;

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final Documents<Head> documents;
    private long outrankedBy;

    LeaderFence(Documents<Head> documents) {
        this.documents = documents;
    }

    /**
     * Takes the lead.
     *
     * @param name this leader's name, for people
     * @param term counts the leaders; a leader of a higher term is a later one
     * @return false if a later leader has taken over: this node does not lead any more, whatever it has heard
     */
    public boolean takeOver(String name, long term) {
        Head mine = ImmutableHead.builder().leader(name).term(term).build();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Stored<Head>> head = documents.get(HEAD);
            if (head.isPresent() && head.get().value().term() > term) {
                Head latest = head.get().value();
                if (latest.term() != outrankedBy) {
                    log.warn("{} leads in term {}; {} of term {} does not", latest.leader(), latest.term(), name, term);
                }
                outrankedBy = latest.term();
                return false;
            }
            if (head.isPresent() ? head.get().value().equals(mine)
                    || documents.replace(HEAD, head.get().version(), mine) : documents.create(HEAD, mine)) {
                return true;
            }
        }
        return false;
    }

    /** Asks the cluster whether nobody has taken over since. */
    public boolean holds(long term) {
        return documents.get(HEAD).filter(head -> head.value().term() == term).isPresent();
    }

    /** Who leads. */
    @Value.Immutable
    @JsonSerialize(as = ImmutableHead.class)
    @JsonDeserialize(as = ImmutableHead.class)
    interface Head {

        /** The node. */
        String leader();

        /** Counts the leaders. */
        long term();
    }
}
