package org.cloister.isolation.program.sim;

/** What a switch takes for the EtherType of a frame with several tags; the specification leaves room. */
public enum VlanReading {
    /** What follows the outer tag, as Open vSwitch does by default. */
    OUTER_TAG,
    /** What follows all tags. */
    ALL_TAGS;

    int etherType(Frame frame) {
        return this == OUTER_TAG && frame.tags().size() > 1 ? frame.tags().get(1).protocol() : frame.etherType();
    }
}
