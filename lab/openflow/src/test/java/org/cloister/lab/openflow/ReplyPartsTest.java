package org.cloister.lab.openflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.onosproject.openflow.controller.Dpid;
import org.projectfloodlight.openflow.protocol.OFPortStatsReply;
import org.projectfloodlight.openflow.protocol.OFStatsReplyFlags;

class ReplyPartsTest {

    private static final Dpid A = new Dpid(1);
    private static final Dpid B = new Dpid(2);
    private final ReplyParts<String> parts = new ReplyParts<>();

    private static OFPortStatsReply part(long xid, boolean more) {
        return Wire.OF13.buildPortStatsReply().setXid(xid)
                .setFlags(more ? Set.of(OFStatsReplyFlags.REPLY_MORE) : Set.of()).build();
    }

    @Test
    void entriesComeOutWithTheLastPart() {
        assertThat(parts.add(A, part(7, true), List.of("1", "2"))).isEmpty();
        assertThat(parts.add(A, part(7, true), List.of("3"))).isEmpty();
        assertThat(parts.add(A, part(7, false), List.of("4"))).contains(List.of("1", "2", "3", "4"));
        assertThat(parts.add(A, part(8, false), List.of("5"))).contains(List.of("5"));
    }

    @Test
    void switchesAreKeptApart() {
        parts.add(A, part(7, true), List.of("1"));
        assertThat(parts.add(B, part(7, false), List.of("2"))).contains(List.of("2"));
        assertThat(parts.add(A, part(7, false), List.of("3"))).contains(List.of("1", "3"));
    }

    @Test
    void aReplyThatWasCutOffIsNotMixedIntoTheNext() {
        parts.add(A, part(7, true), List.of("old"));
        assertThat(parts.add(A, part(8, false), List.of("new"))).contains(List.of("new"));
        parts.add(A, part(9, true), List.of("before the switch went away"));
        parts.remove(A);
        assertThat(parts.add(A, part(9, false), List.of("after"))).contains(List.of("after"));
    }
}
