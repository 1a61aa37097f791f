package org.cloister.isolation.program;

/**
 * The priorities of rules, by table. Those of table 0 outrank what ONOS asks of every switch (ARP, LLDP and the rest
 * at 40,000); nothing but Cloister uses tables 1 and 2.
 */
public final class Priorities {

    /** Table 0: lets a slice's packets in. */
    public static final int ADMIT = 50_000;

    /** Table 0: lets in the packets of a slice's other generation, while one replaces the other. */
    public static final int ADMIT_OTHER = 50_001;

    /** Table 0: drops what nothing admits. */
    public static final int DENY = 45_000;

    /** Table 1: hands a packet to the member or the leaf that it is for. */
    static final int DELIVER = 30_000;

    /** Table 1 of a leaf: whatever is for no member here. */
    static final int ELSEWHERE = 10_000;

    /** Table 2: ARP, where it goes another way than the rest. */
    static final int ASCEND_ARP = 30_001;

    /** Table 2: IPv4 to the members of one leaf, where it goes another way than the rest. */
    static final int ASCEND_LEAF_DETOUR = 30_001;

    /** Table 2: ARP to the members of one leaf, where it goes another way than the rest of ARP. */
    static final int ASCEND_ARP_DETOUR = 30_002;

    /** Table 2: IPv4 to one member, where it goes another way than to the rest of its leaf. */
    static final int ASCEND_DETOUR = 30_002;

    /** Table 2: everything a member sends to other leaves. */
    static final int ASCEND = 30_000;

    private Priorities() {
    }

    static int admit(AdmitLevel level) {
        return level == AdmitLevel.FIRST ? ADMIT : ADMIT_OTHER;
    }
}
