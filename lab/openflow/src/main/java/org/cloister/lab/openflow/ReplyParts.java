package org.cloister.lab.openflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.onosproject.openflow.controller.Dpid;
import org.projectfloodlight.openflow.protocol.OFStatsReply;
import org.projectfloodlight.openflow.protocol.OFStatsReplyFlags;

/**
 * Puts multipart replies together: the entries of a reply are handed out when its last part has come.
 * The controller does so itself for flows and tables, and not for ports and meters.
 *
 * @param <E> entry of the reply
 */
public final class ReplyParts<E> {

    private final Map<Dpid, Partial<E>> partials = new ConcurrentHashMap<>();

    /**
     * Takes a part.
     *
     * @return all entries of the reply if this was its last part, otherwise nothing
     */
    public Optional<List<E>> add(Dpid dpid, OFStatsReply part, List<E> entries) {
        Partial<E> partial = partials.compute(dpid, (id, former) -> {
            // a part of another reply: what came of the former one will never be completed
            Partial<E> current = former == null || former.xid != part.getXid() ? new Partial<>(part.getXid()) : former;
            current.entries.addAll(entries);
            return current;
        });
        if (part.getFlags().contains(OFStatsReplyFlags.REPLY_MORE)) {
            return Optional.empty();
        }
        partials.remove(dpid, partial);
        return Optional.of(partial.entries);
    }

    /** Forgets the parts of a switch that went away. */
    public void remove(Dpid dpid) {
        partials.remove(dpid);
    }

    private static final class Partial<E> {
        private final long xid;
        private final List<E> entries = new ArrayList<>();

        private Partial(long xid) {
            this.xid = xid;
        }
    }
}
